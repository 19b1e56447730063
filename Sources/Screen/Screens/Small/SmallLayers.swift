import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

/// A row a layer around the selected one: its std, and its share of units that never fire where they are many; or the figures
/// of the one that is opened.
struct SmallLayers: ListedSmallScreen {
    let scene: Scene

    var lines: [[Span]] {
        let moment = scene.staleness(of: run.latestLayers)
        guard let opened = scene.openedLayer else { return moment }
        var lines = lines(ofLayer: opened)
        if let moment = moment.first {
            let first = lines[0] + [.dim("  ")] + moment
            lines.replaceSubrange(0..<1, with: width(of: first) <= size.width ? [first] : [lines[0], moment])
        }
        return lines
    }

    func drawPicture(in rect: Rect, on canvas: inout Canvas) {
        guard scene.openedLayer == nil else { return }
        let latest = run.latestLayers?.layers ?? []
        let list = LayerRows(window: state, rows: rect.height)
        let longest = list.indices.map { run.description.layers[$0].name.count }.max() ?? 2
        let names = layerNames(to: max(4, min(longest, rect.width - 19)))
        for (row, index) in list.indices.enumerated() {
            let layer = run.description.layers[index]
            let statistics = latest.indices.contains(index) ? latest[index] : .empty
            let y = rect.y + row
            let isSelected = index == state.view.layers.selected
            canvas.write(isSelected ? "▸" : " ", x: 0, y: y, .key)
            let x = canvas.write(names[index] + " ", x: 1, y: y, .dimText)
            let hasDeadUnits = scene.latestAlarms[index].contains(.deadUnits)
            let hasNever = rect.width >= 26 || hasDeadUnits
            let end = hasNever ? rect.width - 6 : rect.width
            canvas.write(layer.shortKind(max(0, end - x - 7)), x: x, y: y, isSelected ? .brightText : .text)
            canvas.drawFigure(statistics.std, endX: end, y: y)
            if hasNever {
                canvas.drawShare(statistics.neverFired, isOdd: hasDeadUnits, endX: rect.width, y: y)
            }
        }
        if let rest = list.rest { canvas.write(rest, x: 0, y: rect.y + list.indices.count, .dimText) }
    }

    private func lines(ofLayer index: Int) -> [[Span]] {
        let layer = run.description.layers[index]
        let statistics =
            run.latestLayers.flatMap { $0.layers.indices.contains(index) ? $0.layers[index] : nil } ?? .empty
        func line(_ name: String, _ value: Double) -> [Span] {
            [.dim(name.leftAligned(in: 9)), Span(FigureField.figure(value.isNaN ? nil : value))]
        }
        return [
            [Span("\(layer.name) \(layer.kind)", .brightText)], line("std", statistics.std),
            line("never", statistics.neverFired), line("signal", statistics.signalNorm),
            line("update", statistics.updateRatio), line("gradient", statistics.gradientNorm),
            line("mean", statistics.mean), line("zeros", statistics.zeros),
        ]
    }
}
