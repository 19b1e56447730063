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

    static func table(of state: DashboardState) -> PanelTable { .gradientNorms(of: state) }

    var title: String { "gradient norm" }

    var readOuts: [[Span]] {
        let legend = Legend(scene: scene)
        let norm = FigureField.figure(scene.average(.gradientNorm))
        var groups = legend.cursorStep
        groups.append([Span(LineDash.solid.sample(glyphs: glyphs) + " ", .train), .dim("all "), Span(norm, .train)])
        groups.append(legend.chosen(\.gradientNorm))
        if let bound = run.description.gradientBounds.norm {
            groups.append([
                Span(LineDash.dashed.sample(glyphs: glyphs), .warn), .dim(" clipped at \(Figure.plain(bound))"),
            ])
        }
        return groups
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let axis = chart.axis
        let smoothed = run.smoothed(.gradientNorm, over: axis.range, count: axis.count)
        let raw = run.columns(.gradientNorm, over: axis.range, count: axis.count)
        let lines = LayerLines(\.gradientNorm, in: chart)
        var layers = lines.chosen
        layers.append(.line(points: axis.points(smoothed), dash: .solid, style: palette[.train]))
        if let bound = run.description.gradientBounds.norm { layers.append(chart.level(bound, .warn)) }
        layers += lines.others
        layers.append(chart.envelope(raw))
        layers += chart.changeMarks()
        let whole = smoothed.compactMap { $0 } + raw.lazy.compactMap { $0?.high }
        chart.draw(y: StepChart.logarithmic(lines.values + whole), layers: layers, on: &canvas)
    }
}
