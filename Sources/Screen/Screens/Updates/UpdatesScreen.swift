import Cells
import Charts
import Dashboard

/// Gradient norm, update over weight and clipping over the steps left, every layer right.
enum UpdatesScreen: PanelScreen {
    static let screen = Screen.updates
    static let panels: [any Panel.Type] = [
        GradientNormsPanel.self, UpdateRatiosPanel.self, ClippedStepsPanel.self, LayerUpdatesPanel.self,
    ]
    static let small: any SmallScreen.Type = SmallUpdates.self

    static func layOut(_ layout: inout ScreenLayout, layerCount: Int, clips: Bool) {
        let (size, frame) = (layout.size, layout.frame)
        let last = frame.endY - 1
        layout.dividerX = ScreenLayout.divider(width: size.width, splits: layout.splits)
        let edge = layout.dividerX ?? size.width - 1
        let rows = last - frame.y
        let clippedRows = clips && size.height >= 24 ? max(5, rows / 6) : 0
        let upper = (rows - clippedRows + 1) / 2
        var row = frame.y
        for (panel, height) in [
            (PanelID.gradientNorms, upper), (.updateRatios, rows - clippedRows - upper), (.clippedSteps, clippedRows),
        ] where height > 0 {
            layout.addChart(panel, in: layout.add(panel, from: row, to: row + height, left: 0, right: edge))
            row += height
        }
        guard let left = layout.dividerX else { return }
        layout.add(.layerUpdates, from: frame.y, to: last, left: left, right: size.width - 1)
        let room = rows - 1 - LayerUpdatesPanel.headerRows(size)
        // Strips grow with the room, to no more than can be told from an axis that is missing.
        layout.rowsPerLayer = max(1, min(LayerUpdatesPanel.mostRows, room / max(1, layerCount)))
        layout.hasLayerCharts = size.width - left - 2 >= 56 && room / max(1, layerCount) >= 6
        if layout.hasLayerCharts { layout.rowsPerLayer = min(24, room / max(1, layerCount)) }
    }
}
