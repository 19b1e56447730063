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
        let level = [Span(LineDash.dashed.sample(glyphs: glyphs), .good), .dim(" 1e-3")]
        // The axis has a label near the level; the names stand nowhere else in the panel.
        let rest = legend.hasWords ? [level] + legend.otherLayers : legend.otherLayers + [level]
        return legend.cursorStep + [legend.chosen(\.updateRatio)] + rest
    }

    func draw(_ chart: StepChart, on canvas: inout Canvas) {
        let isLogarithmic = state.view.isLogarithmic(Self.id, of: run)
        let lines = LayerLines(\.updateRatio, of: Self.id, in: chart)
        let layers = lines.chosen + [chart.level(1e-3, .good)] + lines.others + chart.storyMarks()
        let scale = AxisScale.robust(
            lines.values, kind: isLogarithmic ? .logarithmic : .linear, showing: [3e-4, 3e-3],
            includingZero: !isLogarithmic)
        chart.draw(y: scale, layers: layers, on: &canvas)
    }
}
