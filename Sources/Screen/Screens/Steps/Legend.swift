import Charts
import Dashboard
import History
import Runs
import Themes

/// The parts of read-outs: line samples, words and figures.
struct Legend: SceneView {
    let scene: Scene

    /// Words stand in legends from 100 columns on; below that glyph and figure stay.
    var hasWords: Bool { layout.width >= .medium }

    /// A line sample before its figure.
    func sample(_ dash: LineDash) -> String {
        let sample = dash.sample(glyphs: glyphs)
        return hasWords ? sample : String(sample.prefix(1))
    }

    func entry(
        _ glyph: String, _ word: String, _ value: String, _ role: ColorRole, glyphRole: ColorRole? = nil
    ) -> [Span] {
        [Span(glyph + " ", glyphRole ?? role), .dim(hasWords && !word.isEmpty ? word + " " : ""), Span(value, role)]
    }

    /// Where the cursor stands, before the figures there.
    var cursor: [[Span]] {
        scene.cursorReport.map { [[Span("at " + FigureField.steps($0.step, asWideAs: 0), .key)]] } ?? []
    }

    /// The other runs' averages with their names, at the cursor or at their end.
    /// - Parameter isNamed: false where there is little room and another panel has the names.
    func ghosts(
        _ metric: Metric, _ space: AverageSpace, isNamed: Bool = true, _ text: (Double?) -> String
    ) -> [[Span]] {
        // As much of a name as stands beside the run's own figures.
        let most = hasWords ? 12 : 6
        let left: [[Span]] =
            run.leftLine.map { line in
                let step = state.view.charts.cursorStep ?? Double(line.series.stepRange?.upperBound ?? 0)
                let figure = text(line.series.average(metric, at: step, in: space))
                return [
                    [
                        Span(sample(.dotted) + " ", .you), .dim(isNamed && hasWords ? "left " : ""),
                        Span(hasWords ? figure : String(figure.drop { $0 == " " }), .you),
                    ]
                ]
            } ?? []
        return left
            + state.run.references.prefix(4).map { reference in
                let step = state.view.charts.cursorStep ?? Double(reference.series.stepRange?.upperBound ?? 0)
                let figure = text(reference.series.average(metric, at: step, in: space))
                return [
                    Span(sample(.dotted) + " ", .ghost),
                    .dim(isNamed ? clip(reference.name, to: most) + " " : ""),
                    Span(hasWords ? figure : String(figure.drop { $0 == " " }), .ghost),
                ]
            }
    }
}
