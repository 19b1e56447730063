import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// One layer: its histogram large, all figures beside it, and the histogram's history below.
struct CloseUp: SceneView {
    let scene: Scene
    /// The layer's place in the description.
    private let index: Int

    /// Nil while no layer is opened.
    init?(scene: Scene) {
        guard let index = scene.openedLayer else { return nil }
        self.scene = scene
        self.index = index
    }

    private var layer: LayerDescription { run.description.layers[index] }

    var title: String { "\(layer.name) \(layer.kind)" }

    var note: [Span] {
        let shape = layer.outputShape.map(String.init).joined(separator: " × ")
        var forms = [shape + "   \(Figure.count(layer.parameterCount)) parameters", shape]
        if let activation = layer.activation { forms.insert("\(activation)   " + forms[0], at: 0) }
        // Beside the name, the notch around it, and the way back.
        let room = size.width - 26 - displayWidth(title)
        return forms.first { displayWidth(shown($0)) <= room }.map { [.dim($0)] } ?? []
    }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        guard let latest = run.latestLayers, latest.layers.indices.contains(index) else {
            canvas.write("no statistics yet", x: panel.x + 2, y: panel.y + 1, .dimText)
            return
        }
        let inner = Rect(x: panel.x + 1, y: panel.y + 1, width: panel.width - 2, height: panel.height - 1)
        let figuresWidth = panel.width >= 70 ? 30 : panel.width >= 50 ? 24 : 0
        let hasHistory = inner.height >= 12
        let hasParameters = inner.height >= 16
        let middle = hasParameters ? max(5, inner.height / 4) : 0
        let upper = hasHistory ? max(middle > 0 ? 6 : 8, (inner.height - middle - 2) * 11 / 20) : inner.height
        let ridge = Rect(
            x: inner.x, y: inner.y + 1, width: inner.width - (figuresWidth > 0 ? figuresWidth + 2 : 0),
            height: upper - 1)
        let spreads = run.layerHistory(of: quantity).reports.last
        let what = LayerPictures.words(quantity, layer.activation)
        let moment = spreads.map { scene.moment(of: $0) } ?? "no statistics yet"
        canvas.write(
            what + (moment.hasPrefix("at") ? " " : ", ") + moment, x: inner.x, y: inner.y, .dimText, limit: ridge.width)
        // The layer's own scale: nothing beside it is compared.
        let scale = SpreadScales.own(layer, spreads?.histogram(index, quantity), quantity)
        if let spreads {
            LayerPictures(scene: scene).drawSpread(
                spreads, index, quantity, scale, rect: ridge, axis: palette[.dimText], on: &canvas)
        }
        if figuresWidth > 0 {
            drawFigures(
                latest.layers[index],
                in: Rect(x: ridge.endX + 2, y: inner.y, width: figuresWidth, height: upper + middle),
                on: &canvas)
        }
        if hasParameters {
            ParameterHistograms(scene: scene, layer: index).draw(
                in: Rect(x: inner.x, y: inner.y + upper, width: ridge.width, height: middle), on: &canvas)
        }
        guard hasHistory else { return }
        let top = upper + middle
        drawHistory(
            in: Rect(x: inner.x, y: inner.y + top, width: inner.width, height: inner.height - top),
            scale, on: &canvas)
    }

    private var quantity: LayerQuantity { state.view.layers.quantity }

    private func drawHistory(in rect: Rect, _ scale: SpreadScale, on canvas: inout Canvas) {
        let step = FigureField.steps(run.status.position.step, asWideAs: 0)
        canvas.write("the same over the steps 0 to \(step)", x: rect.x, y: rect.y, .dimText, limit: rect.width)
        let map = Rect(x: rect.x + 7, y: rect.y + 1, width: rect.width - 7, height: rect.height - 1)
        guard !map.isEmpty else { return }
        LayerPictures(scene: scene).drawHeat(index, quantity, scale, rect: map, on: &canvas)
        let middle = (scale.low + scale.high) / 2
        for (value, row) in [(scale.high, map.y), (middle, map.y + map.height / 2), (scale.low, map.endY - 1)] {
            canvas.write(Figure.plain(value), endX: map.x - 1, y: row, .dimText)
        }
        guard let change = run.story.rateChanges.last, run.status.position.step > 0 else { return }
        let share = Double(change.position.step) / state.run.history.measuredEnd
        let x = map.x + min(map.width - 1, Int(share * Double(map.width)))
        if x > rect.x + 40 { canvas.write("▾ " + change.label, x: x, y: rect.y, .you, limit: rect.endX - x) }
    }

    /// Every figure of the layer with its whole name.
    private func drawFigures(_ layer: LayerStatistics, in rect: Rect, on canvas: inout Canvas) {
        let endX = rect.endX
        let alarms = scene.latestAlarms[index]
        let rows: [(String, Double, Bool, Bool)] = [
            ("mean", layer.mean, false, false), ("std", layer.std, false, false),
            ("std between units", layer.unitStd, false, alarms.contains(.equalUnits)),
            ("minimum", Double(layer.minimum), false, false), ("maximum", Double(layer.maximum), false, false),
            ("zeros", layer.zeros, true, false), ("saturated", layer.saturated, true, alarms.contains(.saturated)),
            ("never fire", layer.neverFired, true, alarms.contains(.deadUnits)),
            ("backward signal", layer.signalNorm, false, false), ("gradient", layer.gradientNorm, false, false),
            ("update ÷ weight", layer.updateRatio, false, alarms.contains(.oddUpdate)),
        ]
        for (row, figure) in rows.enumerated() where row < rect.height {
            let y = rect.y + row
            canvas.write(figure.0, x: rect.x, y: y, .dimText)
            if figure.2 {
                canvas.drawShare(figure.1, isOdd: figure.3, endX: endX, y: y)
            } else {
                canvas.drawFigure(figure.1, endX: endX, y: y, isOdd: figure.3)
            }
        }
        if rect.height > rows.count {
            RatioGauge(
                ratio: scene.latestBand.scaled(layer.updateRatio), track: palette[.frame],
                dot: palette[alarms.contains(.oddUpdate) ? .warn : .good]
            ).draw(into: &canvas.buffer, x: rect.x, y: rect.y + rows.count, width: rect.width, glyphs: glyphs)
        }
        if rect.height > rows.count + 2, layer.sampled {
            canvas.write("histogram of a sample", x: rect.x, y: rect.y + rows.count + 2, .dimText)
        }
    }
}
