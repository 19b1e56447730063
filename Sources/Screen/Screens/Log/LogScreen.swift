import Cells
import Charts
import Dashboard

/// The whole log alone.
enum LogScreen: PanelScreen {
    static let screen = Screen.log
    static let panels: [any Panel.Type] = [StoryPanel.self]
    static let small: any SmallScreen.Type = SmallLog.self

    static func layOut(_ layout: inout ScreenLayout, layerCount: Int, clips: Bool) {
        layout.add(.story, from: layout.frame.y, to: layout.frame.endY - 1, left: 0, right: layout.size.width - 1)
    }
}
