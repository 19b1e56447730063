import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// Update over weight of every layer on a gauge whose middle is a thousandth, below the overview's layers on tall screens.
struct UpdateGauges: SceneView {
    let scene: Scene

    func heading(_ rect: Rect) -> Frame.Heading {
        Frame.Heading(
            y: rect.y, from: rect.x - 1, through: rect.endX,
            title: shown("update ÷ weight, ┿ \(scene.latestBand.label)"), titleStyle: palette[.title])
    }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let latest = run.latestLayers?.layers ?? []
        let list = LayerRows(state: state, rows: panel.height - 1)
        let band = scene.latestBand
        let names = layerNames(to: 4)
        for (row, index) in list.indices.enumerated() {
            let y = panel.y + 1 + row
            let layer = run.description.layers[index]
            let ratio = latest.indices.contains(index) ? latest[index].updateRatio : .nan
            let isOdd = scene.latestAlarms[index].contains(.oddUpdate)
            canvas.write(names[index], endX: panel.x + 4, y: y, .dimText)
            canvas.write(layer.shortKind(9), x: panel.x + 5, y: y)
            RatioGauge(ratio: band.scaled(ratio), track: palette[.frame], dot: palette[isOdd ? .warn : .good]).draw(
                into: &canvas.buffer, x: panel.x + 15, y: y, width: panel.width - 25, glyphs: glyphs)
            canvas.drawFigure(ratio, endX: panel.endX - 1, y: y, isOdd: isOdd)
        }
    }
}
