import Cells
import Charts
import Dashboard

/// Speed and memory over the steps left, figures right; with one pane the figures come first.
enum SystemScreen: PanelScreen {
    static let screen = Screen.system
    static let panels: [any Panel.Type] = [
        SpeedPanel.self, MemoryPanel.self, StepTimesPanel.self, DashboardCostPanel.self,
    ]
    static let small: any SmallScreen.Type = SmallSystem.self

    static func layOut(_ layout: inout ScreenLayout, layerCount: Int, clips: Bool) {
        let (size, frame) = (layout.size, layout.frame)
        let last = frame.endY - 1
        let right = size.width - 1
        let rows = last - frame.y
        layout.dividerX = ScreenLayout.divider(width: size.width, splits: layout.splits)
        guard let left = layout.dividerX else {
            let figures = min(rows, 9)
            let top = rows - figures >= 5 ? frame.y + figures : last
            layout.add(.stepTimes, from: frame.y, to: top, left: 0, right: right)
            guard top < last else { return }
            layout.addChart(.speed, in: layout.add(.speed, from: top, to: last, left: 0, right: right))
            return
        }
        let upper = frame.y + (rows * 3 + 4) / 5
        for (panel, top, bottom) in [(PanelID.speed, frame.y, upper), (.memory, upper, last)] {
            layout.addChart(panel, in: layout.add(panel, from: top, to: bottom, left: 0, right: left))
        }
        var split = rows >= 17 ? frame.y + max(10, min(14, rows / 2)) : frame.y + max(4, rows * 3 / 5)
        // Wide and tall screens give each part of a step a chart, and the dashboard the rows of its figures.
        if right - left - 1 >= 56, rows >= 41 { split = last - 13 }
        layout.add(.stepTimes, from: frame.y, to: split, left: left, right: right)
        layout.add(.dashboardCost, from: split, to: last, left: left, right: right)
    }
}
