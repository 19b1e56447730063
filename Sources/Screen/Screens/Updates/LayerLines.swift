import Cells
import Charts
import Dashboard
import Runs
import Themes

/// One of the layers' numbers over the steps: the chosen layer as a line, the others as dots behind it.
struct LayerLines {
    /// With more layers than this only the selected one is drawn beside the whole network.
    private static let most = 12

    private(set) var chosen: [ChartLayer] = []
    private(set) var others: [ChartLayer] = []
    /// Every number that is drawn.
    private(set) var values: [Double] = []

    init(_ value: KeyPath<LayerStatistics, Double>, in chart: StepChart) {
        let run = chart.run
        for layer in run.description.layers.indices {
            let isChosen = layer == chart.scene.chosenLayer
            guard isChosen || run.description.layers.count <= Self.most else { continue }
            let points = run.layerPoints(layer: layer, value, over: chart.axis.range)
            values += points.lazy.map(\.y)
            if isChosen {
                chosen.append(.line(points: points, dash: .solid, style: chart.palette[.brightText]))
            } else {
                others.append(.line(points: points, dash: .dotted, style: chart.palette[.ghost]))
            }
        }
    }
}

extension Legend {
    /// The chosen layer's number, now or under the cursor.
    func chosen(_ value: KeyPath<LayerStatistics, Double>) -> [Span] {
        guard let index = scene.chosenLayer, let report = scene.shownLayers, report.layers.indices.contains(index)
        else {
            return []
        }
        let layer = run.description.layers[index]
        return [
            Span(LineDash.solid.sample(glyphs: glyphs) + " ", .brightText),
            .dim("\(layer.name) \(layer.shortKind(9)) "),
            .bright(FigureField.figure(report.layers[index][keyPath: value])),
        ]
    }

    /// Where the cursor stands, whether a step is known there or not.
    var cursorStep: [[Span]] {
        state.view.charts.cursorStep.map { [[Span("at " + FigureField.steps(Int($0), asWideAs: 0), .key)]] } ?? []
    }
}
