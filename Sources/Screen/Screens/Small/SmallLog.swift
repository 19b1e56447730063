import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The whole log.
struct SmallLog: ListedSmallScreen {
    let scene: Scene

    func drawPicture(in rect: Rect, on canvas: inout Canvas) {
        StoryPanel(scene: scene).drawRows(in: rect, on: &canvas)
    }
}
