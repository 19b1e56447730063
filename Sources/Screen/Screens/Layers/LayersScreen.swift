import Cells
import Charts
import Dashboard

/// The table of all layers above two charts over depth.
enum LayersScreen: PanelScreen {
    static let screen = Screen.layers
    static let panels: [any Panel.Type] = [DepthPanel.self, StdTrendPanel.self, SignalTrendPanel.self]
    static let small: any SmallScreen.Type = SmallLayers.self

    static func layOut(_ layout: inout ScreenLayout, layerCount: Int, clips: Bool) {
        let (size, frame) = (layout.size, layout.frame)
        let last = frame.endY - 1
        let right = size.width - 1
        let rows = last - frame.y - 1
        let header = DepthPanel.headerRows(size)
        let count = max(1, layerCount)
        // The charts give way where only without them every layer has a row.
        let fitsAlone = header + count <= rows && header + count > rows - 6
        let hasTrends = rows >= header + 4 + 5 && layerCount > 1 && !fitsAlone
        var height = 3
        if hasTrends, rows - header - 4 * count >= 12 { height = 4 }
        // Very tall screens give two thirds to the layers.
        height = max(height, min(10, (rows - header - max(16, rows / 3)) / count))
        while height > 1, header + height * count + (hasTrends ? 6 : 0) > rows { height -= 1 }
        layout.rowsPerLayer = height
        guard hasTrends else {
            layout.add(.depth, from: frame.y, to: last, left: 0, right: right)
            return
        }
        let used = min(header + height * count, rows - 6)
        let trendRow = frame.y + 1 + used
        layout.add(.depth, from: frame.y, to: trendRow, left: 0, right: right)
        if layout.width >= .compact {
            let middle = (size.width - 2) / 2
            layout.dividerX = middle
            layout.dividerTop = trendRow
            place(.stdTrend, &layout, from: trendRow, left: 0, right: middle)
            place(.signalTrend, &layout, from: trendRow, left: middle, right: right)
        } else {
            place(.stdTrend, &layout, from: trendRow, left: 0, right: right)
        }
    }

    private static func place(_ trend: PanelID, _ layout: inout ScreenLayout, from top: Int, left: Int, right: Int) {
        let rect = layout.add(trend, from: top, to: layout.frame.endY - 1, left: left, right: right)
        layout.plotRects[trend] = Rect(
            x: left + ScreenLayout.plotStart, y: top + 1, width: right - left - ScreenLayout.plotStart - 1,
            height: rect.height - 1)
    }
}
