import Cells
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
        return state.run.references.prefix(4).map { reference in
            let step = state.view.charts.cursorStep ?? Double(reference.series.stepRange?.upperBound ?? 0)
            let figure = text(reference.series.average(metric, at: step, in: space))
            return [
                Span(sample(.dotted) + " ", .ghost),
                .dim(isNamed ? clip(reference.name, to: most) + " " : ""),
                Span(String(figure.drop { $0 == " " }), .ghost),
            ]
        }
    }

    /// The average of the line that the run left by going back in time, at the cursor or at its end.
    func leftLine(_ metric: Metric, _ space: AverageSpace, _ text: (Double?) -> String) -> [[Span]] {
        guard let line = run.leftLine else { return [] }
        let step = state.view.charts.cursorStep ?? Double(line.series.stepRange?.upperBound ?? 0)
        let figure = String(text(line.series.average(metric, at: step, in: space)).drop { $0 == " " })
        return [[Span(sample(.dotted) + " ", .you), .dim(hasWords ? "left " : ""), Span(figure, .you)]]
    }

    /// The groups of other runs with the lines through their evaluations, in as many words as find room.
    /// - Parameters:
    ///   - ghosts: the groups without these lines.
    ///   - own: the groups that stand before them.
    ///   - value: what the panel shows of an evaluation.
    /// - Returns: nil where no run has any, or where there is no room for the samples: a line without one would say nothing.
    func evaluated(
        _ ghosts: [[Span]], after own: [[Span]], in panel: PanelID, title: String,
        _ value: (EvaluationReport) -> Double?, _ text: (Double?) -> String
    ) -> [[Span]]? {
        let end = state.view.charts.cursorStep ?? .infinity
        let figures = state.run.references.map { reference in
            reference.evaluations.last { value($0) != nil && Double($0.position.step) <= end }.map {
                Span(String(text(value($0)).drop { $0 == " " }), .ghost)
            }
        }
        guard state.run.references.contains(where: { $0.evaluations.contains { value($0) != nil } }) else { return nil }
        let sample = Span(" " + LineDash.dashed.sample(glyphs: glyphs), .ghost)
        let forms: [(Span) -> [Span]] = [
            { [sample, .dim(" validation "), $0] }, { [sample, Span(" "), $0] }, { _ in [sample] },
        ]
        let room = room(in: panel, title: title)
        return forms.lazy.map { form in
            zip(ghosts, figures).map { $0 + ($1.map(form) ?? []) }
        }.first { width(of: own + $0) <= room }
    }

    /// A figure of the run's own; without the room that it might take where other runs' lines need all there is.
    func figure(_ text: String) -> String {
        !hasWords && hasEvaluatedGhosts ? String(text.drop { $0 == " " }) : text
    }

    /// Whether lines of other runs' evaluations stand beside the run's own.
    var hasEvaluatedGhosts: Bool { state.run.references.contains { !$0.evaluations.isEmpty } }

    /// Columns for read-outs beside a panel's title, its notch in focus, and the ends of the ruling.
    func room(in panel: PanelID, title: String) -> Int {
        let notch = state.view.focus == panel && state.overlay.shown == nil ? 4 : 2
        return (layout.panelRects[panel]?.width ?? 0) - displayWidth(shown(title)) - notch - 4
    }

    /// Columns that groups take with the gaps between them.
    func width(of groups: [[Span]]) -> Int {
        let gap = layout.width >= .full ? 3 : 2
        return groups.reduce(0) { $0 + look.width(of: $1) } + gap * max(0, groups.count - 1)
    }
}
