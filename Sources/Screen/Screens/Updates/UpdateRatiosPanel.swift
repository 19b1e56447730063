import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The updates screen's updates over weights.
    package static let updateRatios = PanelID("updateRatios", .steps)
}

/// Every layer's update over its weights, with the level of a thousandth.
struct UpdateRatiosPanel: StepPanel {
    static let id = PanelID.updateRatios

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable {
        .layerHistory(of: state, ["updateRatio": \.updateRatio])
    }

    var title: String { "update ÷ weight" }

    var readOuts: [[Span]] {
        let legend = Legend(scene: scene)
        return legend.cursorStep + [
            legend.chosen(\.updateRatio), [Span(LineDash.dashed.sample(glyphs: glyphs), .good), .dim(" 1e-3")],
        ]
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let lines = LayerLines(\.updateRatio, in: chart)
        let layers = lines.chosen + [chart.level(1e-3, .good)] + lines.others + chart.changeMarks()
        chart.draw(y: StepChart.logarithmic(lines.values + [3e-4, 3e-3]), layers: layers, on: &canvas)
    }
}
