import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

extension PanelID {
    /// The updates screen's norms.
    package static let gradientNorms = PanelID("gradientNorms", .steps)
}

/// The norm of the whole gradient with its range, every layer's, and the norm above which it is scaled down.
struct GradientNormsPanel: StepPanel {
    static let id = PanelID.gradientNorms

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable { .gradientNorms(of: state, in: id) }

    var title: String { layout.width >= .medium ? "gradient norm" : "gradient" }

    var readOuts: [[Span]] {
        let legend = Legend(scene: scene)
        let norm = FigureField.figure(scene.average(.gradientNorm, in: .gradientNorms))
        var groups = legend.cursorStep
        groups.append([Span(legend.sample(.solid) + " ", .train), .dim("all "), Span(norm, .train)])
        groups.append(legend.chosen(\.gradientNorm))
        if let bound = run.description.gradientBounds.norm {
            groups.append([
                Span(LineDash.dashed.sample(glyphs: glyphs), .warn), .dim(" clipped at \(Figure.plain(bound))"),
            ])
        }
        return groups + legend.otherLayers
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let isLogarithmic = state.view.isLogarithmic(Self.id, of: run)
        let smoothed = run.series.smoothed(.gradientNorm, edges: axis.edges, in: scene.space(of: Self.id))
        let raw = run.series.columns(.gradientNorm, edges: axis.edges)
        let lines = LayerLines(\.gradientNorm, of: Self.id, in: chart)
        let whole = smoothed.compactMap { $0 } + raw.lazy.compactMap { $0?.high }
        let scale = AxisScale.robust(
            lines.values + whole, kind: isLogarithmic ? .logarithmic : .linear, includingZero: !isLogarithmic)
        var layers = chart.outlierMarks(raw, y: scale) + lines.chosen
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        if let bound = run.description.gradientBounds.norm { layers.append(chart.level(bound, .warn)) }
        layers += lines.others
        layers.append(chart.envelope(raw))
        layers += chart.storyMarks()
        chart.draw(y: scale, layers: layers, on: &canvas)
    }
}
