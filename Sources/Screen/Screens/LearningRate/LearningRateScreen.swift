import Cells
import Charts
import Dashboard

/// The rate over the steps left, changes and the rest of the plan right.
enum LearningRateScreen: PanelScreen {
    static let screen = Screen.learningRate
    static let panels: [any Panel.Type] = [SchedulePanel.self, RateChangesPanel.self, ScheduleRestPanel.self]
    static let small: any SmallScreen.Type = SmallLearningRate.self

    static func layOut(_ layout: inout ScreenLayout, layerCount: Int, clips: Bool) {
        let (size, frame) = (layout.size, layout.frame)
        let last = frame.endY - 1
        layout.dividerX = ScreenLayout.divider(width: size.width, splits: layout.splits)
        let chart = layout.add(.schedule, from: frame.y, to: last, left: 0, right: layout.dividerX ?? size.width - 1)
        if size.height >= 30 { layout.epochRow = last - 1 }
        layout.addChart(.schedule, in: chart, rowsBelow: layout.epochRow == nil ? 0 : 1)
        guard let left = layout.dividerX else { return }
        let rows = last - frame.y
        // Tall screens have the room for the rates to come.
        let restRows = min(rows - 3, size.height >= 50 ? rows / 2 : size.height >= 30 ? 14 : 12)
        guard restRows >= 4 else {
            layout.add(.scheduleRest, from: frame.y, to: last, left: left, right: size.width - 1)
            return
        }
        layout.add(.rateChanges, from: frame.y, to: last - restRows, left: left, right: size.width - 1)
        layout.add(.scheduleRest, from: last - restRows, to: last, left: left, right: size.width - 1)
    }
}
