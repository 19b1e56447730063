import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The sheet of a learning-rate range test: the curve, a row a suggestion, and which one the run goes on at.
struct RateTestView: SceneView {
    let scene: Scene
    let sheet: RateTestSheet

    func draw(on canvas: inout Canvas) {
        guard let result = sheet.result(of: live) else { return drawQuestion(on: &canvas) }
        let selected = sheet.selected(of: live)
        let suggestions = result.isOver ? result.suggestions : []
        let below = max(2, suggestions.count + 2)
        let width = min(84, size.width - 6)
        let height = max(4, min(16, size.height - 3 - below - 3))
        let rect = canvas.box(
            "rate finder at step \(Figure.count(result.position.step))", width: width, rows: height + below)
        RateTestChart(
            result, chosen: selected.map { suggestions[$0].rate }, palette: palette, glyphs: glyphs, screen: size
        ).draw(into: &canvas.buffer, in: Rect(x: rect.x, y: rect.y, width: rect.width, height: height))
        var lines: [[Span]] = suggestions.indices.map { row(suggestions[$0], isSelected: $0 == selected) }
        let concern = result.isOver ? result.concern.map { [Span("▲ " + $0.words, .warn)] } : nil
        lines.append(concern ?? [])
        lines.append(foot(result, hasSuggestion: selected != nil))
        canvas.write(lines, in: Rect(x: rect.x, y: rect.y + height, width: rect.width, height: lines.count))
    }

    private func drawQuestion(on canvas: inout Canvas) {
        let rect = canvas.box("rate finder", width: min(66, size.width - 6), rows: 5)
        var does: [Span] = [.dim("the rate is \(Figure.plain(live.status.learningRate)) now")]
        if let error = sheet.error { does = [Span("▲ " + error, .warn)] }
        if sheet.isStarted { does = [.dim("starting…")] }
        canvas.write(
            [
                [.dim("a copy of the run trains from here at rates that rise from step to")],
                [.dim("step, then a few at one rate each; the run stands still meanwhile")],
                [], does,
                [Span("Enter", .key), .dim(" begin   "), Span("Esc", .key), .dim(" drop")],
            ], in: rect)
    }

    private func row(_ suggestion: RateSuggestion, isSelected: Bool) -> [Span] {
        [
            Span(isSelected ? "▸ " : "  ", .key),
            Span(suggestion.way.words.leftAligned(in: 12), isSelected ? .brightText : .text),
            Span(Figure.plain(suggestion.rate).leftAligned(in: 10), .rate), .dim(suggestion.way.reason),
        ]
    }

    private func foot(_ result: RateTestResult, hasSuggestion: Bool) -> [Span] {
        guard result.isOver else {
            let trials = result.trials.isEmpty ? "" : ", \(result.trials.count) rates tried"
            return [
                .dim("\(percent(result.share, width: 4)) done\(trials)   "), Span("Esc", .key),
                .dim(" ends it, and the run goes on as before"),
            ]
        }
        let choice: [Span] =
            hasSuggestion
            ? [Span("Enter", .key), .dim(" take this rate   "), Span("↑ ↓", .key), .dim(" choose   ")]
            : [Span("no rate is suggested   ", .warn)]
        return choice + [Span("Esc", .key), .dim(" as before")]
    }
}
