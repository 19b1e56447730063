import Cells
import Dashboard
import Screens
import Testing

@Suite struct ScreenLayoutTests {
    private func overview(_ width: Int, _ height: Int, layers: Int = 8) -> ScreenLayout {
        ScreenLayout(size: Size(width: width, height: height), screen: .overview, layerCount: layers)
    }

    @Test func `120 x 40 is the layout guide's grid`() {
        let layout = overview(120, 40)
        #expect(layout.frame == Rect(x: 0, y: 3, width: 120, height: 36))
        #expect(layout.dividerX == 77)
        #expect(layout.plotRects[.loss] == Rect(x: 7, y: 4, width: 69, height: 17))
        #expect(layout.plotRects[.accuracy] == Rect(x: 7, y: 22, width: 69, height: 7))
        #expect(layout.plotRects[.learningRate] == Rect(x: 7, y: 30, width: 69, height: 7))
        #expect(layout.epochRow == 37)
        #expect(layout.panelRects[.log]?.y == layout.panelRects[.accuracy]?.y)
        #expect(layout.rowsPerLayer == 2)
    }

    @Test func `80 x 24 is the layout guide's grid`() {
        let layout = overview(80, 24)
        #expect(layout.dividerX == 48)
        #expect(layout.plotRects[.loss] == Rect(x: 7, y: 4, width: 40, height: 8))
        #expect(layout.plotRects[.accuracy] == Rect(x: 7, y: 13, width: 40, height: 4))
        #expect(layout.plotRects[.learningRate] == Rect(x: 7, y: 18, width: 40, height: 4))
        #expect(layout.epochRow == nil)
        #expect(layout.rowsPerLayer == 1)
    }

    @Test func `charts over steps share their columns at every size`() {
        for width in stride(from: 40, through: 260, by: 7) {
            for height in stride(from: 10, through: 90, by: 5) {
                let plots = overview(width, height).plotRects.values
                #expect(Set(plots.map(\.x)).count == 1)
                #expect(Set(plots.map(\.width)).count == 1)
            }
        }
    }

    @Test func `panels never overlap and stay inside the frame`() {
        for width in stride(from: 40, through: 260, by: 11) {
            for height in stride(from: 10, through: 90, by: 3) {
                for screen in Screen.allCases {
                    for layers in [1, 8, 40] {
                        let size = Size(width: width, height: height)
                        let layout = ScreenLayout(
                            size: size, screen: screen, layerCount: layers, clips: layers == 8)
                        var rects = Array(layout.panelRects.values)
                        if let updates = layout.updatesRect { rects.append(updates) }
                        for (index, rect) in rects.enumerated() {
                            #expect(rect.intersection(layout.frame) == rect, "\(size) \(rect)")
                            for other in rects[(index + 1)...] {
                                #expect(rect.intersection(other).isEmpty, "\(size) \(rect) \(other)")
                            }
                        }
                    }
                }
            }
        }
    }

    @Test func `what goes with the height goes in the guide's order`() {
        #expect(overview(120, 50).rowsPerLayer == 3)
        #expect(overview(120, 49).rowsPerLayer == 2)
        #expect(overview(120, 39).rowsPerLayer == 1)
        #expect(overview(120, 39).epochRow == nil)
        #expect(overview(120, 24).panelRects[.accuracy] != nil)
        #expect(overview(120, 23).panelRects[.accuracy] == nil)
        #expect(overview(120, 23).headerRows == 1)
        #expect(overview(120, 16).panelRects[.learningRate] != nil)
        #expect(overview(120, 15).panelRects[.learningRate] == nil)
        #expect(overview(120, 15).rateRow != nil)
        #expect(overview(120, 15).findingRow == nil)
        #expect(overview(120, 9).style == .figures)
        #expect(overview(120, 5).style == .status)
    }

    @Test func `what goes with the width goes in the guide's order`() {
        #expect(overview(80, 24).panelRects[.layers] != nil)
        #expect(overview(79, 24).panelRects[.layers] == nil)
        #expect(overview(79, 24).panelRects[.log] == nil)
        #expect(overview(40, 24).style == .framed)
        #expect(overview(39, 24).style == .figures)
        #expect(overview(19, 24).style == .status)
    }

    @Test func `the right pane keeps 31 columns`() throws {
        for width in 80...200 {
            let divider = try #require(overview(width, 40).dividerX)
            #expect(width - divider - 1 >= 31)
        }
    }

    @Test func `a place of the screen belongs to the panel drawn there`() {
        let layout = overview(120, 40)
        #expect(layout.places.panel(atX: 20, y: 10) == .loss)
        #expect(layout.places.panel(atX: 20, y: 21) == .accuracy)
        #expect(layout.places.panel(atX: 20, y: 33) == .learningRate)
        #expect(layout.places.panel(atX: 90, y: 10) == .layers)
        #expect(layout.places.panel(atX: 90, y: 30) == .log)
        #expect(layout.places.panel(atX: 20, y: 1) == nil)
        #expect(layout.places.panel(atX: 77, y: 10) == nil)
    }

    @Test func `an enlarged panel has the frame to itself`() {
        for screen in Screen.allCases {
            for panel in ScreenCatalogue.standard.panels(on: screen) {
                let layout = ScreenLayout(
                    size: Size(width: 100, height: 30), screen: screen, enlarged: panel, layerCount: 8)
                #expect(Array(layout.panelRects.keys) == [panel])
            }
        }
    }

    @Test func `the table over depth leaves rows for the charts below it`() {
        for height in 24...60 {
            let layout = ScreenLayout(size: Size(width: 120, height: height), screen: .layers, layerCount: 8)
            #expect(layout.plotRects[.stdTrend]?.height ?? 0 >= 4)
            #expect(layout.plotRects[.stdTrend]?.y == layout.plotRects[.signalTrend]?.y)
        }
    }
}
