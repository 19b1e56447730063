import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// The sheet, prompt or overlay that takes the keys.
    mutating func drawOverlay() {
        switch state.overlay {
        case nil: break
        case .help(let scroll): drawHelp(scroll: scroll)
        case .palette(let field): drawPalette(field)
        case .search(let field): drawSearch(field)
        case .rate(let sheet): drawRateSheet(sheet)
        case .stop: drawStopSheet()
        case .quit: drawQuitSheet()
        }
    }

    /// An empty box in the middle of the screen with a title in its border.
    /// - Returns: the inside, a blank column on both sides left out.
    private mutating func box(_ title: String, width: Int, rows: Int, top: Int? = nil) -> Rect {
        let columns = min(size.width, width + 4)
        let height = min(size.height, rows + 2)
        let bounds = Rect(
            x: (size.width - columns) / 2, y: top ?? max(0, (size.height - height) / 2), width: columns, height: height)
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
    private mutating func write(_ lines: [[Span]], in rect: Rect) {
        for (row, line) in lines.enumerated() where row < rect.height {
            write(line, x: rect.x, y: rect.y + row, limit: rect.width)
        }
    }

    private mutating func drawField(_ field: TextField, prompt: String, x: Int, y: Int, limit: Int) {
        let start = write(prompt, x: x, y: y, .key)
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

    // MARK: Prompts

    private mutating func drawPalette(_ field: TextField) {
        let found = PaletteCommand.suggestions(for: field.text)
        let rows = max(1, min(found.count, size.height - 9))
        let rect = box("command", width: min(76, size.width - 12), rows: rows + 2, top: size.height >= 16 ? 3 : 0)
        drawField(field, prompt: ":", x: rect.x, y: rect.y, limit: rect.width)
        if let error = state.paletteError {
            write("▲ " + error, x: rect.x, y: rect.y + 1, .warn, limit: rect.width)
        }
        let listed = found.count > rect.height - 2 ? rect.height - 3 : found.count
        if listed < found.count {
            write("\(found.count - max(0, listed)) more", x: rect.x, y: rect.endY - 1, .dimText)
        }
        for (row, command) in found.prefix(max(0, listed)).enumerated() {
            let y = rect.y + 2 + row
            let x = write(command.name, x: rect.x, y: y, .brightText, limit: rect.width)
            write(" " + command.argument, x: x, y: y, .key, limit: rect.endX - x)
            let place = rect.x + 28
            let words = command.steers ? palette[.you] : palette[.dimText]
            guard place < rect.endX else { continue }
            buffer.fill(Rect(x: place - 1, y: y, width: 1, height: 1), with: Cell(" ", palette[.background]))
            buffer.write(
                shown(clip(command.description, to: rect.endX - place)), x: place, y: y, style: words,
                limit: rect.endX - place)
        }
    }

    private mutating func drawSearch(_ field: TextField) {
        let row = layout.footerRow ?? size.height - 1
        buffer.fill(Rect(x: 0, y: row, width: size.width, height: 1), with: Cell(" ", palette[.background]))
        let listsLayers = state.screen == .layers || state.focus.listsLayers
        let what = listsLayers ? "filter layers" : "search the log"
        drawField(field, prompt: "/ ", x: 1, y: row, limit: max(4, size.width - 24))
        if size.width >= 60 {
            write([.dim(what + "   "), Span("Esc", .key), .dim(" back")], endX: size.width - 1, y: row)
        }
    }

    // MARK: Help

    private mutating func drawHelp(scroll: Int) {
        let width = min(size.width >= 140 ? 132 : 76, size.width - 4)
        let rect = box("keys", width: width, rows: max(1, size.height - 4))
        let isDouble = rect.width >= 120
        let lines = helpLines(width: isDouble ? rect.width / 2 - 2 : rect.width)
        let perColumn = rect.height
        if isDouble {
            let middle = (lines.firstIndex { $0.first?.text == "looking" } ?? lines.count / 2)
            write(
                Array(lines.prefix(middle)),
                in: Rect(x: rect.x, y: rect.y, width: rect.width / 2 - 2, height: rect.height))
            write(
                Array(lines.dropFirst(middle)),
                in: Rect(x: rect.x + rect.width / 2, y: rect.y, width: rect.width / 2, height: rect.height))
            return
        }
        let first = min(max(0, scroll), max(0, lines.count - perColumn))
        write(Array(lines.dropFirst(first).prefix(perColumn)), in: rect)
        if lines.count > first + perColumn {
            write(" \(lines.count - first - perColumn) more below ", endX: rect.endX, y: rect.endY, .dimText)
        }
    }

    private func helpLines(width: Int) -> [[Span]] {
        var lines: [[Span]] = [[Span("steering", .title), .dim("  changes the run; every key gives a receipt")]]
        var group = KeyBinding.Group.steering
        for binding in KeyMap.bindings {
            if binding.group != group {
                group = binding.group
                lines += [[], [Span("looking", .title), .dim("  never changes the run")]]
            }
            lines.append([
                Span(filled(binding.shown, to: 8), .key), Span(clip(binding.help, to: max(8, width - 8))),
            ])
        }
        lines += [[], [Span("signs", .title)]]
        let signs: [(String, ColorRole, String)] = [
            (LineDash.solid.sample(glyphs: glyphs), .train, "train, averaged; faint: the range of raw values"),
            ("○", .validation, "evaluation on the validation set"), ("◆", .best, "the best evaluation so far"),
            ("┊", .you, "a change of the rate"), ("▲", .warn, "a finding, or a number that is not finite"),
            (LineDash.dashed.sample(glyphs: glyphs), .planned, "the rate to come"),
            (LineDash.dotted.sample(glyphs: glyphs), .ghost, "the plan without your multiplier"),
        ]
        for sign in signs { lines.append([Span(filled(sign.0, to: 8), sign.1), Span(sign.2)]) }
        return lines
    }
}
