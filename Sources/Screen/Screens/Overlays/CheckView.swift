import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The card of the pre-flight ladder: a row a rung with its figures, below it what to do.
struct CheckView: SceneView {
    let scene: Scene
    let sheet: CheckSheet

    func draw(on canvas: inout Canvas) {
        guard let result = sheet.result(of: live) else { return drawQuestion(on: &canvas) }
        let width = min(110, size.width - 6)
        let lines = rows(result, width: width)
        let most = max(3, size.height - 7)
        let hidden = max(0, lines.count - most)
        let shown = lines.dropFirst(min(sheet.scroll, hidden)).prefix(most)
        let rect = canvas.box("pre-flight check", width: width, rows: shown.count + 2)
        canvas.write(
            Array(shown), in: Rect(x: rect.x, y: rect.y, width: rect.width, height: shown.count))
        canvas.write(foot(result, isLonger: hidden > 0), x: rect.x, y: rect.endY - 1, limit: rect.width)
    }

    private func drawQuestion(on canvas: inout Canvas) {
        let rect = canvas.box("pre-flight check", width: min(66, size.width - 6), rows: 5)
        var does: [Span] = []
        if let error = sheet.error { does = [Span("▲ " + error, .warn)] }
        if sheet.isStarted { does = [.dim("starting…")] }
        canvas.write(
            [
                [.dim("initial loss, gradients, a few examples learned by heart and more,")],
                [.dim("with a network that begins anew; the run stands still meanwhile")],
                [], does,
                [Span("Enter", .key), .dim(" begin   "), Span("Esc", .key), .dim(" drop")],
            ], in: rect)
    }

    private func rows(_ result: CheckResult, width: Int) -> [[Span]] {
        let column = CheckItem.Rung.allCases.map(\.title.count).max() ?? 0
        var lines: [[Span]] = []
        for item in result.items {
            let (glyph, role) = Self.mark(item.verdict)
            let text = Self.wrapped(item.figures, to: width - column - 4)
            for (place, part) in text.enumerated() {
                let head =
                    place == 0
                    ? [Span(glyph + " ", role), Span(item.rung.title.leftAligned(in: column + 2), .brightText)]
                    : [Span(String(repeating: " ", count: column + 4))]
                lines.append(head + [Span(part)])
            }
            for part in item.advice.map({ Self.wrapped("→ " + $0, to: width - column - 4) }) ?? [] {
                lines.append([Span(String(repeating: " ", count: column + 4)), Span(part, role)])
            }
        }
        if let rung = result.current { lines.append([.dim("· \(rung.title)…")]) }
        return lines
    }

    private static func mark(_ verdict: CheckItem.Verdict) -> (String, ColorRole) {
        switch verdict {
        case .green: ("●", .good)
        case .amber: ("▲", .warn)
        case .red: ("■", .bad)
        }
    }

    /// Words in lines of so many columns.
    private static func wrapped(_ text: String, to width: Int) -> [String] {
        var lines = [""]
        for word in text.split(separator: " ") {
            let line = lines[lines.count - 1]
            if line.isEmpty {
                lines[lines.count - 1] = String(word)
            } else if displayWidth(line) + 1 + displayWidth(String(word)) <= width {
                lines[lines.count - 1] = line + " " + word
            } else {
                lines.append(String(word))
            }
        }
        return lines
    }

    private func foot(_ result: CheckResult, isLonger: Bool) -> [Span] {
        let scroll: [Span] = isLonger ? [.dim("   "), Span("↑ ↓", .key), .dim(" scroll")] : []
        guard result.isOver else {
            return [Span("Esc", .key), .dim(" ends it, and the run goes on as before")] + scroll
        }
        return [Span("Enter", .key), .dim(" go on")] + scroll
    }
}
