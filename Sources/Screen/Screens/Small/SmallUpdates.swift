import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// The norm of the gradient, and the layers' updates.
struct SmallUpdates: ListedSmallScreen {
    let scene: Scene

    var lines: [[Span]] {
        [[.dim("gradient "), Span(FigureField.figure(scene.average(.gradientNorm, in: .gradientNorms)), .train)]]
            + scene.staleness(of: run.latestLayers).map { [.dim("layers ")] + $0 }
    }

    /// A row a layer, around the selected one.
    func drawPicture(in rect: Rect, on canvas: inout Canvas) {
        let latest = run.latestLayers?.layers ?? []
        let list = LayerRows(window: state, rows: rect.height)
        let longest = list.indices.map { run.description.layers[$0].name.count }.max() ?? 2
        let names = layerNames(to: max(4, min(longest, rect.width - 13)))
        for (row, index) in list.indices.enumerated() {
            let layer = run.description.layers[index]
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            let y = rect.y + row
            let isSelected = index == state.view.layers.selected
            canvas.write(isSelected ? "▸" : " ", x: 0, y: y, .key)
            let x = canvas.write(names[index] + " ", x: 1, y: y, .dimText)
            canvas.write(layer.shortKind(max(0, rect.width - x - 8)), x: x, y: y, isSelected ? .brightText : .text)
            canvas.drawFigure(
                statistics.updateRatio, endX: rect.width, y: y,
                isOdd: scene.latestAlarms[index].contains(.oddUpdate))
        }
        if let rest = list.rest { canvas.write(rest, x: 0, y: rect.y + list.indices.count, .dimText) }
    }
}
