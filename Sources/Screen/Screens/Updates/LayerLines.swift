import Cells
import Charts
import Dashboard
import Runs
import Themes

/// One of the layers' numbers over the steps: the chosen layer's as a line through the measurements, and where there is much
/// room those of the others as dots behind it.
struct LayerLines {
    /// With more layers than this only the selected one is drawn beside the whole network.
    private static let most = 12

    private(set) var chosen: [ChartLayer] = []
    private(set) var others: [ChartLayer] = []
    /// Every number that is drawn in the shown range.
    private(set) var values: [Double] = []

    init(_ value: KeyPath<LayerStatistics, Double>, of panel: PanelID, in chart: StepChart) {
        let run = chart.run
        let hasOthers = Self.drawsOthers(chart.scene)
        for layer in run.description.layers.indices {
            let isChosen = layer == chart.scene.chosenLayer
            guard isChosen || hasOthers else { continue }
            var points: [ChartPoint]
            if isChosen {
                // Out of the whole run, so that the line is the same at every zoom.
                let measured = run.layerPoints(layer: layer, value, over: 0...Double.greatestFiniteMagnitude)
                let line = run.series.average.line(
                    through: measured.map { ($0.x, $0.y) }, in: chart.scene.space(of: panel))
                points = zip(measured, line).map { ChartPoint(x: $0.x, y: $1) }
                chosen.append(.line(points: points, dash: .solid, style: chart.palette[.brightText]))
            } else {
                points = run.layerPoints(layer: layer, value, over: chart.axis.range)
                others.append(.line(points: points, dash: .dotted, style: chart.palette[.ghost]))
            }
            values += points.lazy.filter { chart.axis.range.contains($0.x) }.map(\.y)
        }
    }

    /// Whether the other layers have lines; elsewhere the legend names them.
    static func drawsOthers(_ scene: Scene) -> Bool {
        scene.layout.width >= .wide && scene.run.description.layers.count <= most
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
            Span(sample(.solid) + " ", .brightText),
            .dim(layer.name + (hasWords ? " " + layer.shortKind(9) : "") + " "),
            .bright(FigureField.figure(report.layers[index][keyPath: value])),
        ]
    }

    /// The names of the layers that are not chosen, which keys choose; none where they have lines of their own beside a list
    /// that names them.
    var otherLayers: [[Span]] {
        guard !LayerLines.drawsOthers(scene) else { return [] }
        let names = run.description.layers.indices.filter { $0 != scene.chosenLayer }
            .map { run.description.layers[$0].name }
        guard !names.isEmpty else { return [] }
        let word = hasWords ? "others " : "+ "
        let room = layout.width >= .full ? 26 : hasWords ? 16 : 8
        // Where not even one name is whole their number says more.
        guard names.count == 1 || displayWidth(word + names[0]) < room else {
            return [[.dim(hasWords ? "\(names.count) others" : "+ \(names.count)")]]
        }
        return [[.dim(clip(word + names.joined(separator: " "), to: room))]]
    }

    /// Where the cursor stands, whether a step is known there or not.
    var cursorStep: [[Span]] {
        state.view.charts.cursorStep.map { [[Span("at " + FigureField.steps(Int($0), asWideAs: 0), .key)]] } ?? []
    }
}
