import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// One of the layers' numbers over the steps: the chosen layer's as a line through the measurements, with a mark at each where
/// they are far apart, and where there is much room those of the others as dots behind it.
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
            if isChosen {
                let line = LayerLine(
                    layer, value, of: run, in: chart.scene.space(of: panel), x: chart.axis.scale,
                    columns: chart.axis.count)
                chosen = line.layers(chart.palette[.brightText])
                values += line.values
            } else {
                let points = run.layerPoints(layer: layer, value, over: chart.axis.range)
                others.append(.line(points: points, dash: .dotted, style: chart.palette[.ghost]))
                values += points.lazy.filter { chart.axis.range.contains($0.x) && $0.y.isFinite }.map(\.y)
            }
        }
    }

    /// Whether the other layers have lines; elsewhere the legend names them.
    static func drawsOthers(_ scene: Scene) -> Bool {
        scene.layout.width >= .wide && scene.run.description.layers.count <= most
    }
}

/// One of a layer's numbers over the steps, as a line through the measurements, with a mark at each where they are far apart.
struct LayerLine {
    /// Columns of dots between two measurements beyond which the line between them would be read as measured.
    private static let farthest = 10.0

    private let points: [ChartPoint]
    private let marks: [ChartPoint]
    /// Every number that is drawn in the shown range.
    let values: [Double]

    /// - Parameters:
    ///   - x: the steps that are shown, and where they stand.
    ///   - columns: of dots in the plot.
    init(
        _ layer: Int, _ value: KeyPath<LayerStatistics, Double>, of run: RunHistory, in space: AverageSpace,
        x: AxisScale, columns: Int
    ) {
        // Out of the whole run, so that the line is the same at every zoom.
        let measured = run.layerPoints(layer: layer, value, over: 0...Double.greatestFiniteMagnitude)
        let (apart, shown) = Self.farApart(measured, on: x, columns: columns)
        // An average needs many values: few are shown as they are, so that the line and what is read from it agree.
        points = 2 * apart.count >= shown ? measured : Self.smoothed(measured, by: run.series.average, in: space)
        marks = apart
        values =
            apart.map(\.y) + points.lazy.filter { x.low <= $0.x && $0.x <= x.high && $0.y.isFinite }.map(\.y)
    }

    /// The marks above the line.
    func layers(_ style: Style) -> [ChartLayer] {
        let line = ChartLayer.line(points: points, dash: .solid, style: style)
        return marks.isEmpty ? [line] : [.marker(points: marks, glyph: "●", ascii: "@", style: style), line]
    }

    /// The line through what was measured; where that is no number it has a gap, and goes on behind it as if there were none.
    private static func smoothed(
        _ measured: [ChartPoint], by average: MovingAverage, in space: AverageSpace
    ) -> [ChartPoint] {
        let numbers = measured.filter(\.y.isFinite)
        var line = average.line(through: numbers.map { ($0.x, $0.y) }, in: space).makeIterator()
        return measured.map { $0.y.isFinite ? ChartPoint(x: $0.x, y: line.next() ?? .nan) : $0 }
    }

    /// The shown numbers with a neighbour that is far away, or with none at all, and how many numbers are shown.
    private static func farApart(
        _ points: [ChartPoint], on axis: AxisScale, columns: Int
    ) -> (apart: [ChartPoint], shown: Int) {
        func column(_ index: Int) -> Double? {
            guard points.indices.contains(index) else { return nil }
            return axis.fraction(points[index].x).map { $0 * Double(columns) }
        }
        var apart: [ChartPoint] = []
        var shown = 0
        var (before, here) = (Double?.none, column(0))
        for (index, point) in points.enumerated() {
            let next = column(index + 1)
            defer { (before, here) = (here, next) }
            guard let here, point.y.isFinite, axis.low <= point.x, point.x <= axis.high else { continue }
            shown += 1
            let isFar = before.map { here - $0 > farthest } ?? false || next.map { $0 - here > farthest } ?? false
            guard isFar || (before == nil && next == nil) else { continue }
            apart.append(ChartPoint(x: point.x, y: point.y, keep: true))
        }
        return (apart, shown)
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

    /// The names of the layers that are not chosen, which keys choose, or how many they are; none where they have lines of their own beside a list
    /// that names them.
    var otherLayers: [[Span]] {
        guard !LayerLines.drawsOthers(scene) else { return [] }
        let names = run.description.layers.indices.filter { $0 != scene.chosenLayer }
            .map { run.description.layers[$0].name }
        guard !names.isEmpty else { return [] }
        let word = hasWords ? "others " : "+ "
        let room = layout.width >= .full ? 26 : hasWords ? 16 : 8
        let all = word + names.joined(separator: " ")
        // Where a name would be cut their number says more.
        guard displayWidth(all) <= room else {
            return [[.dim("\(names.count) \(hasWords ? "others" : "more")")]]
        }
        return [[.dim(all)]]
    }

    /// Where the cursor stands, whether a step is known there or not.
    var cursorStep: [[Span]] {
        state.view.charts.cursorStep.map { [[Span("at " + FigureField.steps(Int($0), asWideAs: 0), .key)]] } ?? []
    }
}
