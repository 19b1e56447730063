import Cells
import Dashboard
import Screens
import Testing
import Themes

@Suite("Rulings that are dragged")
struct SplitsTests {
    private let size = Size(width: 120, height: 40)

    private func desk() -> Desk {
        var desk = Desk()
        desk.state.window.size = size
        desk.state.view.screens = .standard
        return desk
    }

    private func layout(_ desk: Desk) -> ScreenLayout { ScreenLayout(size: size, state: desk.state) }

    private func drag(_ desk: inout Desk, from start: (x: Int, y: Int), to end: (x: Int, y: Int)) {
        for (kind, place) in [(InputEvent.Mouse.Kind.press, start), (.drag, end), (.release, end)] {
            desk.input(.mouse(InputEvent.Mouse(kind: kind, x: place.x, y: place.y)))
        }
    }

    @Test
    func `the ruling between the panes follows the mouse, on every screen`() throws {
        var desk = desk()
        let before = try #require(layout(desk).dividerX)
        drag(&desk, from: (before, 20), to: (60, 20))
        #expect(layout(desk).dividerX == 60)
        desk.state.view.show(.updates, of: desk.state.run.history)
        #expect(layout(desk).dividerX == 60)
    }

    @Test
    func `loss and layers end in one row wherever it is dragged`() throws {
        var desk = desk()
        let accuracy = try #require(layout(desk).panelRects[.accuracy])
        drag(&desk, from: (40, accuracy.y), to: (40, 12))
        #expect(layout(desk).panelRects[.accuracy]?.y == 12)
        #expect(layout(desk).panelRects[.log]?.y == 12)
        let rate = try #require(layout(desk).panelRects[.learningRate])
        drag(&desk, from: (40, rate.y), to: (40, 30))
        #expect(layout(desk).panelRects[.learningRate]?.y == 30)
        #expect(layout(desk).panelRects[.accuracy]?.endY == 30)
    }

    @Test(arguments: [-50, 0, 5, 39, 500])
    func `no drag closes a panel`(place: Int) throws {
        var desk = desk()
        let divider = try #require(layout(desk).dividerX)
        drag(&desk, from: (divider, 20), to: (place, 20))
        let accuracy = try #require(layout(desk).panelRects[.accuracy])
        drag(&desk, from: (20, accuracy.y), to: (20, place))
        let rate = try #require(layout(desk).panelRects[.learningRate])
        drag(&desk, from: (20, rate.y), to: (20, place))
        let after = layout(desk)
        for panel in [PanelID.loss, .accuracy, .learningRate, .layers, .log] {
            let rect = try #require(after.panelRects[panel])
            #expect(rect.height >= 4 && rect.width >= 28, "\(panel): \(rect)")
        }
        for height in 1...60 {
            for width in [1, 20, 40, 80, 120, 200] {
                let frame = DashboardView.draw(
                    desk.state, size: Size(width: width, height: height),
                    palette: Palette(theme: .sitterDark, depth: .mono), glyphs: .unicode)
                #expect(frame.size == Size(width: width, height: height))
            }
        }
    }

    @Test
    func `a drag that began elsewhere moves no ruling, and :rulings puts them back`() throws {
        var desk = desk()
        let usual = layout(desk)
        drag(&desk, from: (30, 10), to: (60, 20))
        #expect(layout(desk).panelRects == usual.panelRects)
        drag(&desk, from: (try #require(usual.dividerX), 20), to: (60, 20))
        desk.type(":rulings", every: 0.15)
        desk.wait(1)
        desk.press(.enter)
        #expect(layout(desk).panelRects == usual.panelRects)
    }

    @Test
    func `a remembered view is restored`() {
        var desk = desk()
        desk.state.view.show(.learningRate, of: desk.state.run.history)
        desk.state.person.splits.column = 0.5
        desk.state.view.charts.logarithmicLoss = false
        desk.state.view.charts.xAxis = .epochs
        let next = DashboardState(history: desk.state.run.history, remembered: desk.state.remembered)
        #expect(next.view.screen == .learningRate && next.person.splits.column == 0.5)
        #expect(!next.view.charts.logarithmicLoss && next.view.charts.xAxis == .epochs)
        #expect(next.notices.message == nil)
    }
}
