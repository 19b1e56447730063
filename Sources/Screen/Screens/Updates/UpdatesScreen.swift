import Cells

extension ScreenLayout {
    /// The rate over the steps left, changes and the rest of the plan right.
    mutating func layOutLearningRate() {
        let last = frame.endY - 1
        dividerX = Self.divider(width: size.width, splits: splits)
        let chart = panel(from: frame.y, to: last, left: 0, right: dividerX ?? size.width - 1)
        panelRects[.schedule] = chart
        if size.height >= 30 { epochRow = last - 1 }
        plotRects[.schedule] = plot(in: chart, rowsBelow: epochRow == nil ? 0 : 1)
        guard let left = dividerX else { return }
        let rows = last - frame.y
        // Tall screens have the room for the rates to come.
        let restRows = min(rows - 3, size.height >= 50 ? rows / 2 : size.height >= 30 ? 14 : 12)
        guard restRows >= 4 else {
            panelRects[.scheduleRest] = panel(from: frame.y, to: last, left: left, right: size.width - 1)
            return
        }
        panelRects[.rateChanges] = panel(from: frame.y, to: last - restRows, left: left, right: size.width - 1)
        panelRects[.scheduleRest] = panel(from: last - restRows, to: last, left: left, right: size.width - 1)
    }

    /// Gradient norm, update over weight and clipping over the steps left, every layer right.
    mutating func layOutUpdates(layerCount: Int, clips: Bool) {
        let last = frame.endY - 1
        dividerX = Self.divider(width: size.width, splits: splits)
        let edge = dividerX ?? size.width - 1
        let rows = last - frame.y
        let clippedRows = clips && size.height >= 24 ? max(5, rows / 6) : 0
        let upper = (rows - clippedRows + 1) / 2
        var row = frame.y
        for (panel, height) in [
            (Panel.gradientNorms, upper), (.updateRatios, rows - clippedRows - upper), (.clippedSteps, clippedRows),
        ] where height > 0 {
            let rect = self.panel(from: row, to: row + height, left: 0, right: edge)
            panelRects[panel] = rect
            plotRects[panel] = plot(in: rect)
            row += height
        }
        guard let left = dividerX else { return }
        panelRects[.layerUpdates] = panel(from: frame.y, to: last, left: left, right: size.width - 1)
        let room = rows - 1 - layerHeaderRows
        rowsPerLayer = max(1, min(3, room / max(1, layerCount)))
        hasLayerCharts = size.width - left - 2 >= 56 && room / max(1, layerCount) >= 6
        if hasLayerCharts { rowsPerLayer = min(24, room / max(1, layerCount)) }
    }

    /// Rows of column heads above a list of layers.
    package var layerHeaderRows: Int { size.height >= 16 ? 1 : 0 }

    /// Speed and memory over the steps left, figures right; with one pane the figures come first.
    mutating func layOutSystem() {
        let last = frame.endY - 1
        let right = size.width - 1
        let rows = last - frame.y
        dividerX = Self.divider(width: size.width, splits: splits)
        guard let left = dividerX else {
            let figures = min(rows, 9)
            let top = rows - figures >= 5 ? frame.y + figures : last
            panelRects[.stepTimes] = panel(from: frame.y, to: top, left: 0, right: right)
            guard top < last else { return }
            panelRects[.speed] = panel(from: top, to: last, left: 0, right: right)
            plotRects[.speed] = plot(in: panel(from: top, to: last, left: 0, right: right))
            return
        }
        let upper = frame.y + (rows * 3 + 4) / 5
        for (panel, top, bottom) in [(Panel.speed, frame.y, upper), (.memory, upper, last)] {
            panelRects[panel] = self.panel(from: top, to: bottom, left: 0, right: left)
            plotRects[panel] = plot(in: self.panel(from: top, to: bottom, left: 0, right: left))
        }
        var split = rows >= 17 ? frame.y + max(10, min(14, rows / 2)) : frame.y + max(4, rows * 3 / 5)
        // Wide and tall screens give each part of a step a chart, and the dashboard the rows of its figures.
        if right - left - 1 >= 56, rows >= 41 { split = last - 13 }
        panelRects[.stepTimes] = panel(from: frame.y, to: split, left: left, right: right)
        panelRects[.dashboardCost] = panel(from: split, to: last, left: left, right: right)
    }

    /// The layer whose row of a list lies at `y`.
    package func layer(atY y: Int, in panel: Panel, state: DashboardState) -> Int? {
        guard let rect = panelRects[panel] else { return nil }
        let header: Int
        switch panel {
        case .depth: header = depthHeaderRows
        case .layerUpdates: header = layerHeaderRows
        case .layers: header = size.height >= 30 ? 1 : 0
        default: return nil
        }
        let offset = y - rect.y - 1 - header
        guard offset >= 0 else { return nil }
        let rows = max(1, (rect.height - 1 - header) / rowsPerLayer)
        let list = panel == .layers ? LayerRows(state: state, rows: rows) : LayerRows(window: state, rows: rows)
        let row = offset / rowsPerLayer
        return list.indices.indices.contains(row) ? list.indices[row] : nil
    }
}
