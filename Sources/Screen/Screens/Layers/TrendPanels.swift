import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The layers screen's spread over depth.
    package static let stdTrend = PanelID("stdTrend", .depth)
    /// The layers screen's backward signal over depth.
    package static let signalTrend = PanelID("signalTrend", .depth)
}

/// A panel with a chart of one of the layers' numbers over depth.
protocol TrendPanel: Panel {
    /// What the chart shows, and the export's name for it.
    static var value: KeyPath<LayerStatistics, Double> & Sendable { get }
    static var column: String { get }
}

extension TrendPanel {
    private var chart: TrendChart { TrendChart(scene: scene, panel: Self.id, value: Self.value) }

    var readOuts: [[Span]] { chart.readOuts }
    var insets: HeadingInsets { HeadingInsets(left: 0) }
    func ticks(below rect: Rect) -> Frame.Axis? { chart.ticks(below: rect) }
    func draw(in rect: Rect, on canvas: inout Canvas) { chart.draw(on: &canvas) }

    static func layOutAlone(_ layout: inout ScreenLayout, _ rect: Rect) {
        layout.plotRects[id] = layout.plot(in: rect)
    }

    /// A row a layer: the number now, when the rate was last changed, and at the beginning.
    static func table(of state: DashboardState) -> PanelTable {
        let run = state.run.history
        var table = PanelTable("layer", "kind", "step", column, column + "AtChange", column + "AtStart")
        guard let now = run.latestLayers else { return table }
        let change = run.story.rateChanges.last.flatMap { run.layerHistory.nearest(to: Double($0.position.step)) }
        func number(_ layer: Int, of report: LayersReport?) -> String {
            guard let report, report.layers.indices.contains(layer) else { return "" }
            return PanelTable.number(report.layers[layer][keyPath: value])
        }
        for (index, layer) in run.description.layers.enumerated() where index < now.layers.count {
            table.add([
                layer.name, layer.kind, String(now.position.step), number(index, of: now), number(index, of: change),
                number(index, of: run.layerHistory.reports.first),
            ])
        }
        return table
    }
}

/// How widely the outputs of each layer are spread.
struct StdTrendPanel: TrendPanel {
    static let id = PanelID.stdTrend
    static let value: KeyPath<LayerStatistics, Double> & Sendable = \.std
    static let column = "std"

    let scene: Scene

    var title: String { "std" }
}

/// How much of the back-propagated signal reaches each layer.
struct SignalTrendPanel: TrendPanel {
    static let id = PanelID.signalTrend
    static let value: KeyPath<LayerStatistics, Double> & Sendable = \.signalNorm
    static let column = "signalNorm"

    let scene: Scene

    // So short where the words of all lines would not fit beside it.
    var title: String { layout.width >= .medium ? "backward signal" : "signal" }
}
