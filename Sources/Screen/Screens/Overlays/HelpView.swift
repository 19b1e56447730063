import Cells
import Charts
import Dashboard
import Runs
import Themes

/// All keys and signs.
struct HelpView: SceneView {
    let scene: Scene
    /// Rows scrolled down.
    let scroll: Int

    func draw(on canvas: inout Canvas) {
        let page = HelpPage(keys: state.person.keys, screen: state.view.screen, size: size)
        let rect = canvas.box(
            "keys: \(state.view.screen.name)", width: page.width, rows: max(1, size.height - 4))
        let lines = page.rows.map(spans)
        if page.isDouble {
            canvas.write(
                Array(lines.prefix(page.middle)),
                in: Rect(x: rect.x, y: rect.y, width: rect.width / 2 - 2, height: rect.height))
            canvas.write(
                Array(lines.dropFirst(page.middle)),
                in: Rect(x: rect.x + rect.width / 2, y: rect.y, width: rect.width / 2, height: rect.height))
            return
        }
        let first = min(max(0, scroll), page.lastScroll)
        canvas.write(Array(lines.dropFirst(first).prefix(rect.height)), in: rect)
        if lines.count > first + rect.height {
            canvas.write(" \(lines.count - first - rect.height) more below ", endX: rect.endX, y: rect.endY, .dimText)
        }
    }

    private func spans(of row: HelpPage.Row) -> [Span] {
        switch row {
        case .blank: []
        case .heading(let title, let words): [Span(title, .title), .dim(words)]
        case .keys(let keys, let words): [Span(keys.leftAligned(in: 8), .key), Span(words)]
        case .sign(let place): signSpans(place)
        }
    }

    private func signSpans(_ place: Int) -> [Span] {
        let signs: [(String, ColorRole, String)] = [
            (LineDash.solid.sample(glyphs: glyphs), .train, "train, averaged; faint: the range of raw values"),
            ("○", .validation, "evaluation on the validation set"), ("◆", .best, "the best evaluation so far"),
            ("┊", .you, "a change of the rate"), ("▲", .warn, "a finding, or a number that is not finite"),
            (LineDash.dashed.sample(glyphs: glyphs), .planned, "the rate to come"),
            (LineDash.dotted.sample(glyphs: glyphs), .ghost, "the plan without your multiplier"),
        ]
        guard signs.indices.contains(place) else { return [] }
        return [Span(signs[place].0.leftAligned(in: 8), signs[place].1), Span(signs[place].2)]
    }
}
