import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// The sheet, prompt or overlay that takes the keys.
    mutating func drawOverlay() {
        switch state.overlay.shown {
        case nil: break
        case .help(let scroll): drawHelp(scroll: scroll)
        case .palette(let field): drawPalette(field)
        case .search(let field): drawSearch(field)
        case .rate(let sheet): drawRateSheet(sheet)
        case .form(let form): draw(form)
        case .schedule(let sheet): drawScheduleBox(sheet)
        case .stop: drawStopSheet()
        case .quit: drawQuitSheet()
        }
    }

    /// An empty box in the middle of the screen with a title in its border.
    /// - Returns: the inside, a blank column on both sides left out.
    mutating func box(_ title: String, width: Int, rows: Int, top: Int? = nil, left: Int? = nil) -> Rect {
        let columns = min(size.width, width + 4)
        let height = min(size.height, rows + 2)
        let bounds = Rect(
            x: left.map { max(0, $0) } ?? (size.width - columns) / 2, y: top ?? max(0, (size.height - height) / 2),
            width: columns, height: height)
        buffer.fill(bounds, with: Cell(" ", palette[.background]))
        var frame = Frame(bounds: bounds, style: palette[.focusFrame])
        frame.headings = [
            Frame.Heading(
                y: bounds.y, from: bounds.x, through: bounds.endX - 1, title: shown(title), titleStyle: palette[.title])
        ]
        frame.draw(into: &buffer, glyphs: glyphs)
        return bounds.inset(columns: 2, rows: 1)
    }

    /// Lines of spans inside a rectangle.
    mutating func write(_ lines: [[Span]], in rect: Rect) {
        for (row, line) in lines.enumerated() where row < rect.height {
            write(line, x: rect.x, y: rect.y + row, limit: rect.width)
        }
    }

    mutating func drawField(_ field: TextField, prompt: String, x: Int, y: Int, limit: Int) {
        // A prompt leaves at least half of the row to what is typed.
        let start = write(clip(prompt, to: max(2, limit / 2)), x: x, y: y, .key)
        let room = max(1, limit - (start - x) - 1)
        // The part of the text that holds the cursor.
        let first = max(0, field.cursor - room)
        write(String(field.text.dropFirst(first).prefix(room)), x: start, y: y, .brightText)
        let cursor = start + min(field.cursor - first, room)
        buffer.restyle(Rect(x: cursor, y: y, width: 1, height: 1)) { _ in palette[.brightText].adding(.reverse) }
    }

    // MARK: Rate

    private mutating func drawRateSheet(_ sheet: Overlay.RateSheet) {
        let status = live.status
        let draft = RateDraft(sheet, status: status)
        let rect = box("learning rate", width: min(62, size.width - 6), rows: 7)
        let plan = live.description.schedule.rate(at: status.position.step)
        var now: [Span] = [.dim("now "), Span(Figure.plain(status.learningRate), .rate)]
        switch status.control {
        case .following(let multiplier) where multiplier == 1: now.append(.dim(", as planned"))
        case .following(let multiplier):
            now.append(.dim(", the plan's \(Figure.plain(plan)) \(Figure.factor(multiplier))"))
        case .held: now.append(.dim(", held; the plan says \(Figure.plain(plan))"))
        }
        write([now], in: rect)
        drawField(sheet.field, prompt: "rate = ", x: rect.x, y: rect.y + 2, limit: rect.width)
        var does: [Span] = [.dim("a number, *0.5 or /3")]
        if let error = sheet.error ?? draft.error {
            does = [Span("▲ " + error, .warn)]
        } else if !draft.description.isEmpty {
            does = [Span(draft.description, .you)]
        }
        let mode: [Span] = [
            Span(sheet.holds ? "○" : "●", sheet.holds ? .dimText : .you),
            Span(" rescale the plan   ", sheet.holds ? .dimText : .text),
            Span(sheet.holds ? "●" : "○", sheet.holds ? .you : .dimText),
            Span(" hold the value", sheet.holds ? .text : .dimText), .dim("   "), Span("tab", .key), .dim(" changes"),
        ]
        write([[], [], [], does, [], mode], in: rect)
        write(keyRow([("Enter", "apply"), ("Esc", "drop")]), x: rect.x, y: rect.endY - 1, limit: rect.width)
    }

    private func keyRow(_ keys: [(String, String)]) -> [Span] {
        keys.flatMap { [Span($0.0, .key), .dim(" \($0.1)   ")] }
    }

    // MARK: Stop and quit

    private mutating func drawStopSheet() {
        let description = live.description
        let step = live.status.position.step
        let rect = box("stop", width: min(58, size.width - 6), rows: 7)
        let left = max(0, description.totalSteps - step)
        var best: [Span] = [Span("b", .key), Span("      keep best  ")]
        if let report = live.best {
            best += [
                Span("◆ ", .best), .dim("step "),
                Span(Figures.steps(report.position.step, asWideAs: description.totalSteps)),
                .dim("  loss "), Span(Figures.figure(report.loss)),
            ]
            if let accuracy = report.accuracy { best += [.dim("  "), Span(shareText(accuracy))] }
        } else {
            best.append(.dim(description.hasValidation ? "  evaluates first" : "  no validation: the same as last"))
        }
        var last: [Span] = [Span("l", .key), Span("      keep last  ")]
        last += [
            Span("  "), .dim("step "), Span(Figures.steps(step, asWideAs: description.totalSteps)), .dim("  loss "),
            Span(Figures.figure(average(.loss))), .dim("  train"),
        ]
        write(
            [
                [
                    Span("stop training at step \(Figure.count(step))?", .brightText),
                    .dim("  \(Figure.count(left)) are left"),
                ],
                [], best, last, [], [Span("Enter", .key), Span("  go on training")],
            ], in: rect)
    }

    private mutating func drawQuitSheet() {
        let rect = box("quit", width: min(58, size.width - 6), rows: 6)
        let words = live.status.phase.isPaused ? "the run stands still" : "the run is alive"
        let saved =
            live.description.runDirectory.map { "the step is finished, last is saved in \($0)" }
            ?? "no run directory: its weights are lost"
        write(
            [
                [Span("quit? \(words) at step \(Figure.count(live.status.position.step))", .brightText)],
                [.dim(saved)], [], [Span("y", .key), Span("      quit and interrupt the run")],
                [Span("Enter", .key), Span("  go on training")],
                [Span("ctrl-C", .key), Span(" again within 2 s interrupts at once")],
            ], in: rect)
    }
}
