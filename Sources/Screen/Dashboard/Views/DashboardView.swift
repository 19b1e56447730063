import Cells
import Charts
import Themes

/// The whole screen as a pure function of the state, the size and what the terminal can show.
package enum DashboardView {
    /// Draws a frame; any size from 1 x 1 on is fine.
    package static func draw(
        _ state: DashboardState, size: Size, palette: Palette, glyphs: GlyphSet
    ) -> CellBuffer {
        let layout = ScreenLayout(size: size, state: state)
        var pen = Pen(
            buffer: CellBuffer(size: size, filledWith: Cell(" ", palette[.background])), state: state, layout: layout,
            palette: palette, glyphs: glyphs.isASCII ? .ascii : state.view.charts.glyphs ?? glyphs)
        pen.drawScreen()
        return pen.buffer
    }
}

extension Pen {
    mutating func drawScreen() {
        switch layout.style {
        case .status: drawStatus()
        case .figures:
            drawSmallScreen()
            drawOverlay()
        case .framed:
            drawFrame()
            drawStepCharts()
            drawRateRow()
            drawLayers()
            drawUpdates()
            drawLog()
            drawDepth()
            drawTrends()
            drawRateChanges()
            drawScheduleRest()
            drawLayerUpdates()
            drawStepTimes()
            drawDashboardCost()
            drawStory()
            drawHeader()
            drawFinding()
            drawFooter()
            drawOverlay()
        }
        if isASCII { replaceOthers() }
    }

    /// The rate as figures, where its chart found no room.
    private mutating func drawRateRow() {
        guard let row = layout.rateRow else { return }
        write(rateLine, x: 2, y: row, limit: layout.panelRects[.loss]?.width ?? size.width - 2)
    }

    /// A terminal of plain ASCII gets no other byte, whatever a run, a layer or a file is called.
    private mutating func replaceOthers() {
        for y in 0..<size.height {
            for x in 0..<size.width where buffer[x, y].glyph.value >= 0x7F {
                buffer[x, y].glyph = asciiGlyph(buffer[x, y].glyph)
            }
        }
    }
}
