import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// The rest of the plan in words, or its editor.
    mutating func drawScheduleRest() {
        guard let panel = layout.panelRects[.scheduleRest] else { return }
        let inner = Rect(x: panel.x + 1, y: panel.y + 1, width: panel.width - 2, height: panel.height - 1)
        if let sheet = state.overlay.scheduleSheet {
            drawScheduleEditor(sheet, in: inner)
        } else {
            let lines = restLines(width: inner.width)
            write(lines, in: inner)
            let below = Rect(
                x: inner.x, y: inner.y + lines.count + 1, width: inner.width, height: inner.height - lines.count - 1)
            drawRatesToCome(in: below)
        }
    }

    /// The editor in a box where no panel has room for it.
    mutating func drawScheduleBox(_ sheet: ScheduleSheet) {
        guard layout.style == .framed, layout.panelRects[.scheduleRest] == nil else { return }
        let rows = min(size.height - 2, sheet.shape.fields.count + 2)
        let rect = box("edit the rest", width: min(44, size.width - 4), rows: rows, top: max(0, size.height - rows - 3))
        drawScheduleEditor(sheet, in: rect)
    }

    private func restLines(width: Int) -> [[Span]] {
        let description = run.description
        let status = run.status
        let left = max(0, description.totalSteps - status.position.step)
        guard !status.phase.isFinished, left > 0 else { return [[.dim("the run has ended")]] }
        let epochs = Double(left) / Double(max(1, description.stepsPerEpoch))
        let last = status.control.rate(at: description.totalSteps - 1, schedule: description.schedule)
        var lines: [[Span]] = [
            [.dim("now    "), Span(Figures.figure(status.learningRate), .rate)] + controlSpans(status.control),
            [
                .dim("last   "), Span(Figures.figure(last), .planned),
                .dim(" at \(Figure.count(description.totalSteps))"),
            ],
            [.dim("left   "), Span(padded(Figure.count(left), to: 6)), .dim(" = \(Figure.plain(epochs)) epochs")],
        ]
        let plan = wrapped(ScheduleWords.plan(description.schedule, at: status.position.step), to: width)
        lines = plan.map { [Span($0)] } + [[]] + lines
        if !state.steering.isReadOnly {
            lines += [
                [], [Span("i", .key), .dim(" edit the rest")],
                [
                    Span("=", .key), .dim(" set   "), Span("} {", .key), .dim(" ×2 ÷2   "), Span("p", .key),
                    .dim(" plan"),
                ],
            ]
        }
        return lines
    }

    private func controlSpans(_ control: LearningRateControl) -> [Span] {
        switch control {
        case .following(let multiplier) where multiplier == 1: [.dim(" as planned")]
        case .following(let multiplier): [.dim(" = plan "), Span(Figure.factor(multiplier), .you)]
        case .held: [Span(" held", .you)]
        }
    }

    /// A row a field: name, value, what may stand there; below them what Enter does.
    mutating func drawScheduleEditor(_ sheet: ScheduleSheet, in rect: Rect) {
        guard let draft = state.overlay.scheduleDraft(of: state.run.live) else { return }
        for (row, field) in sheet.shape.fields.enumerated() where row < rect.height {
            drawField(field, of: sheet, x: rect.x, y: rect.y + row, limit: rect.width)
        }
        let row = rect.y + sheet.shape.fields.count + (rect.height > sheet.shape.fields.count + 2 ? 1 : 0)
        guard row < rect.endY else { return }
        if let error = sheet.error ?? draft.error {
            let lines = wrapped("▲ " + error, to: rect.width)
            for (offset, line) in lines.enumerated() where row + offset < rect.endY {
                write(line, x: rect.x, y: row + offset, .warn, limit: rect.width)
            }
        } else if let new = draft.new, let last = draft.last {
            let first: [Span] = [.dim("rate "), Span("\(Figure.plain(draft.old)) → \(Figure.plain(new))", .you)]
            let second: [Span] = [.dim("ends with "), Span(Figure.plain(last), .you)]
            if width(of: first + second) + 2 <= rect.width || row + 1 >= rect.endY {
                write(first + [.dim(", ")] + second, x: rect.x, y: row, limit: rect.width)
            } else {
                write([first, second], in: Rect(x: rect.x, y: row, width: rect.width, height: 2))
            }
        }
    }

    private mutating func drawField(
        _ field: ScheduleSheet.Field, of sheet: ScheduleSheet, x: Int, y: Int, limit: Int
    ) {
        let isSelected = sheet.selected == field
        var column = write(isSelected ? "▸ " : "  ", x: x, y: y, .key)
        column = write(filled(field.name, to: 8), x: column, y: y, isSelected ? .brightText : .dimText)
        let text = field == .shape ? "‹ \(sheet.shape.name) ›" : sheet.text(field)
        let standard = standardText(field)
        if text.isEmpty {
            column = write(standard, x: column, y: y, isSelected ? .text : .dimText, limit: x + limit - column)
        } else {
            column = write(text, x: column, y: y, .you, limit: x + limit - column)
        }
        if isSelected, field != .shape, column < x + limit {
            buffer.restyle(Rect(x: column, y: y, width: 1, height: 1)) { _ in palette[.brightText].adding(.reverse) }
            column += 1
        }
        guard isSelected else { return }
        let hint = hint(field)
        let room = x + limit - column - 2
        if displayWidth(shown(hint)) <= room { write(hint, endX: x + limit, y: y, .dimText) }
    }

    /// What holds where a field is empty.
    private func standardText(_ field: ScheduleSheet.Field) -> String {
        let status = live.status
        let left = max(0, live.description.totalSteps - status.position.step)
        return switch field {
        case .shape: ""
        case .start: Figure.plain(status.learningRate)
        case .length: "\(Figure.count(left)) steps"
        case .floor, .warmup: "0"
        case .period: "\(Figure.count(max(1, left / 5))) steps"
        case .factor: "0.5"
        case .peak: "×4"
        }
    }

    private func hint(_ field: ScheduleSheet.Field) -> String {
        switch field {
        case .shape: ""
        case .start: "or *2, /3"
        case .length, .period, .warmup: "steps, or 2e epochs"
        case .floor: "the lowest rate"
        case .factor: "per stair"
        case .peak: "times from"
        }
    }

    /// A text in lines of at most so many columns.
    func wrapped(_ text: String, to width: Int) -> [String] { HelpPage.wrapped(text, to: width) }
}
