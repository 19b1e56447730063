import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// All keys and signs.
    mutating func drawHelp(scroll: Int) {
        let width = min(size.width >= 140 ? 132 : 92, size.width - 4)
        let rect = box("keys: \(state.screen.name)", width: width, rows: max(1, size.height - 4))
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
        for binding in state.keys.bindings(on: state.screen) {
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
