import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The editor of the rest of the schedule.
struct ScheduleEditor: SceneView {
    let scene: Scene
    let sheet: ScheduleSheet

    /// Draws it in a box where no panel has room for it.
    func drawBox(on canvas: inout Canvas) {
        guard layout.style == .framed, layout.panelRects[.scheduleRest] == nil else { return }
        let rows = min(size.height - 2, sheet.shape.fields.count + 2)
        let rect = canvas.box(
            "edit the rest", width: min(44, size.width - 4), rows: rows, top: max(0, size.height - rows - 3))
        draw(in: rect, on: &canvas)
    }

    /// A row a field: name, value, what may stand there; below them what Enter does.
    func draw(in rect: Rect, on canvas: inout Canvas) {
        guard let draft = state.overlay.scheduleDraft(of: state.run.live) else { return }
        for (row, field) in sheet.shape.fields.enumerated() where row < rect.height {
            drawRow(field, x: rect.x, y: rect.y + row, limit: rect.width, on: &canvas)
        }
        let row = rect.y + sheet.shape.fields.count + (rect.height > sheet.shape.fields.count + 2 ? 1 : 0)
        guard row < rect.endY else { return }
        if let error = sheet.error ?? draft.error {
            let lines = HelpPage.wrapped("▲ " + error, to: rect.width)
            for (offset, line) in lines.enumerated() where row + offset < rect.endY {
                canvas.write(line, x: rect.x, y: row + offset, .warn, limit: rect.width)
            }
        } else if let new = draft.new, let last = draft.last {
            let first: [Span] = [.dim("rate "), Span("\(Figure.plain(draft.old)) → \(Figure.plain(new))", .you)]
            let second: [Span] = [.dim("ends with "), Span(Figure.plain(last), .you)]
            if width(of: first + second) + 2 <= rect.width || row + 1 >= rect.endY {
                canvas.write(first + [.dim(", ")] + second, x: rect.x, y: row, limit: rect.width)
            } else {
                canvas.write([first, second], in: Rect(x: rect.x, y: row, width: rect.width, height: 2))
            }
        }
    }

    private func drawRow(
        _ field: ScheduleSheet.Field, x: Int, y: Int, limit: Int, on canvas: inout Canvas
    ) {
        let isSelected = sheet.selected == field
        var column = canvas.write(isSelected ? "▸ " : "  ", x: x, y: y, .key)
        column = canvas.write(field.name.leftAligned(in: 8), x: column, y: y, isSelected ? .brightText : .dimText)
        let text = field == .shape ? "‹ \(sheet.shape.name) ›" : sheet.text(field)
        let standard = standardText(field)
        if text.isEmpty {
            column = canvas.write(standard, x: column, y: y, isSelected ? .text : .dimText, limit: x + limit - column)
        } else {
            column = canvas.write(text, x: column, y: y, .you, limit: x + limit - column)
        }
        if isSelected, field != .shape, column < x + limit {
            canvas.drawCursor(x: column, y: y)
            column += 1
        }
        guard isSelected else { return }
        let hint = Self.hint(field)
        let room = x + limit - column - 2
        if displayWidth(shown(hint)) <= room { canvas.write(hint, endX: x + limit, y: y, .dimText) }
    }

    /// What holds where a field is empty.
    private func standardText(_ field: ScheduleSheet.Field) -> String {
        let status = live.status
        let left = max(0, live.description.lengths.totalSteps - status.position.step)
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

    private static func hint(_ field: ScheduleSheet.Field) -> String {
        switch field {
        case .shape: ""
        case .start: "or *2, /3"
        case .length, .period, .warmup: "steps, or 2e epochs"
        case .floor: "the lowest rate"
        case .factor: "per stair"
        case .peak: "times from"
        }
    }
}
