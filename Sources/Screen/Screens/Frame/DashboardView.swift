import Cells
import Charts
import Dashboard
import Themes

/// The whole screen as a pure function of the state, the size and what the terminal can show.
package enum DashboardView {
    /// Draws a frame; any size from 1 x 1 on is fine.
    package static func draw(
        _ state: DashboardState, size: Size, palette: Palette, glyphs: GlyphSet
    ) -> CellBuffer {
        let look = Look(palette: palette, glyphs: glyphs.isASCII ? .ascii : state.view.charts.glyphs ?? glyphs)
        let scene = Scene(state: state, size: size, look: look)
        var canvas = Canvas(size: size, look: look)
        switch scene.layout.style {
        case .status: StatusLines(scene: scene).draw(on: &canvas)
        case .figures:
            drawSmall(scene, on: &canvas)
            OverlayView(scene: scene).draw(on: &canvas)
        case .framed:
            drawPanels(scene, on: &canvas)
            Header(scene: scene).draw(on: &canvas)
            FindingRow(scene: scene).draw(on: &canvas)
            Footer(scene: scene).draw(on: &canvas)
            OverlayView(scene: scene).draw(on: &canvas)
        }
        canvas.buffer.mendHalves()
        canvas.replaceOthers()
        return canvas.buffer
    }

    private static func drawSmall(_ scene: Scene, on canvas: inout Canvas) {
        if let sheet = scene.state.overlay.scheduleSheet {
            SmallHeader(scene: scene).draw(on: &canvas)
            ScheduleEditor(scene: scene, sheet: sheet).draw(
                in: Rect(x: 0, y: 1, width: canvas.size.width, height: canvas.size.height - 1), on: &canvas)
        } else {
            ScreenList.screen(scene.state.view.screen).small.init(scene: scene).draw(on: &canvas)
        }
    }

    private static func drawPanels(_ scene: Scene, on canvas: inout Canvas) {
        let screen = ScreenList.screen(scene.state.view.screen)
        PanelFrame(scene: scene, screen: screen).draw(on: &canvas)
        for type in scene.panels {
            guard let rect = scene.layout.panelRects[type.id], rect.width >= type.smallest.width,
                rect.height >= type.smallest.height
            else { continue }
            type.init(scene: scene).draw(in: rect, on: &canvas)
        }
        if let rows = StepAxisRows(scene: scene) {
            rows.draw(on: &canvas)
            StepCursor(scene: scene, axis: rows.axis).draw(on: &canvas)
        }
        screen.drawRest(scene, on: &canvas)
    }
}
