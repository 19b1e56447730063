import Cells
import Dashboard
import Runs
import Screens
import Testing

@Suite("Saving the weights of a run without a directory")
struct KeepingTests {
    private func desk(_ phase: RunPhase = .training) -> Desk {
        var desk = Desk(phase: phase)
        desk.state.keeping.canSave = true
        return desk
    }

    private func saves(_ desk: Desk) -> [SaveRequest] {
        desk.effects.compactMap { if case .save(let request) = $0 { request } else { nil } }
    }

    @Test
    func `leaving a run that is over asks whether its weights are to be saved`() {
        var desk = desk(.finished(.completed))
        desk.type("q")
        #expect(desk.state.exit == nil && desk.state.overlay.shown == .quit(openedAt: desk.state.clock.now))
        desk.wait(0.5)
        desk.type("y")
        #expect(desk.state.exit == .done)
    }

    @Test
    func `the question stays while the run's last news come in`() throws {
        var desk = desk(.finished(.completed))
        desk.type("q")
        let asked = desk.state.overlay.shown
        for _ in 0..<5 {
            let changes = try #require(desk.state.run.live.changes(since: RunCursor()))
            desk.frame(changes: changes)
        }
        #expect(asked != nil && desk.state.overlay.shown == asked)
        desk.wait(0.5)
        desk.type("y")
        #expect(desk.state.exit == .done)
    }

    @Test
    func `ctrl-C twice leaves without them`() {
        var desk = desk(.finished(.completed))
        desk.press(.control("c"))
        #expect(desk.state.exit == nil)
        desk.press(.control("c"))
        #expect(desk.state.exit == .done)
    }

    @Test
    func `a path is asked for, and the dashboard leaves once they are there`() {
        var desk = desk(.finished(.completed))
        desk.type("q")
        desk.wait(0.5)
        desk.type("w")
        desk.wait(0.5)
        desk.press(.control("u"))
        desk.type("a.safetensors")
        desk.press(.enter)
        let request = SaveRequest(path: "a.safetensors", mayReplace: false)
        #expect(saves(desk) == [request] && desk.state.exit == nil)
        desk.answer(.saved(request, .exists))
        desk.press(.enter)
        let again = SaveRequest(path: "a.safetensors", mayReplace: true)
        #expect(saves(desk) == [request, again])
        desk.answer(.saved(again, .failed("no room")))
        guard case .form(.save(let form))? = desk.state.overlay.shown else {
            Issue.record("the prompt is gone")
            return
        }
        #expect(form.error == "no room" && desk.state.exit == nil)
        desk.answer(.saved(again, .written(path: "/here/a.safetensors")))
        #expect(desk.state.exit == .done && desk.state.keeping.saved == "/here/a.safetensors")
    }

    @Test
    func `while they are written the dashboard goes on, and says so`() {
        var desk = desk(.finished(.completed))
        desk.type("q")
        desk.wait(0.5)
        desk.type("w")
        desk.wait(0.5)
        desk.press(.enter)
        let request = saves(desk)[0]
        desk.answer(.saved(request, .writing))
        #expect(desk.state.exit == nil && desk.state.overlay.shown == nil && desk.state.keeping.isWriting)
        #expect(desk.state.notices.message?.text == "writing the weights to \(request.path)")
        desk.type("2")
        #expect(desk.state.view.screen == .layers)
        desk.answer(.saved(request, .failed("no room")))
        guard case .form(.save(let form))? = desk.state.overlay.shown else {
            Issue.record("nobody is asked again")
            return
        }
        #expect(form.error == "no room" && !desk.state.keeping.isWriting)
        #expect(desk.state.notices.message?.text == "the weights are not written")
        desk.answer(.saved(request, .written(path: "/here")))
        #expect(desk.state.exit == .done)
    }

    @Test
    func `a run that is alive is stopped once the path is known to do, and saved when it has ended`() {
        var desk = desk()
        desk.type("q")
        desk.wait(0.5)
        desk.type("w")
        desk.wait(0.5)
        desk.press(.enter)
        let request = SaveRequest(path: "test.safetensors", mayReplace: false)
        #expect(saves(desk) == [request] && desk.sent == [])
        desk.answer(.saved(request, .possible))
        #expect(desk.sent == [.stop(keep: .last)] && desk.state.exit == nil)
        desk.enter(.finished(.stopped))
        #expect(saves(desk).last == SaveRequest(path: "test.safetensors", mayReplace: true))
        desk.answer(.saved(request, .written(path: "/here/test.safetensors")))
        #expect(desk.state.exit == .done)
    }

    @Test
    func `with a directory, and once they are saved, q leaves at once`() {
        var desk = Desk(phase: .finished(.completed))
        desk.type("q")
        #expect(desk.state.exit == .done)
        desk = self.desk(.finished(.completed))
        desk.state.keeping.saved = "/here/a"
        desk.type("q")
        #expect(desk.state.exit == .done)
    }

    // MARK: The terminal's mouse and clipboard

    @Test
    func `M gives the terminal its mouse and takes it back, and that is remembered`() {
        var desk = Desk()
        desk.type("M")
        #expect(desk.effects == [.mouse(false)] && desk.state.remembered.mouse == false)
        desk.wait(1)
        desk.type("M")
        #expect(desk.effects == [.mouse(false), .mouse(true)] && desk.state.remembered.mouse == true)
    }

    @Test
    func `Y copies the numbers of the panel in focus`() {
        var desk = Desk()
        desk.type("Y")
        #expect(desk.effects == [.copy(.loss)])
        desk.answer(.copied(rows: 500, problem: nil))
        #expect(desk.said == "500 rows sent to the clipboard")
        desk.answer(.copied(rows: 500, problem: "too many"))
        #expect(desk.said == "too many")
    }

    // MARK: Times that stand still

    @Test
    func `since when the run is paused does not flicker`() {
        var desk = Desk()
        var status = desk.state.run.live.status
        status.phase = .paused(.asked)
        var began: Set<Double> = []
        for tick in 0..<40 {
            // The time of day comes in whole seconds, the run's own does not.
            let now = desk.state.clock.now + 0.13
            status.secondsInPhase = Double(tick) * 0.13
            var changes = desk.changes(status: status)
            changes.cursor.stamp += tick
            desk.effects += desk.state.reduce(
                .frame(now: now, timeOfDay: (50_000 + now).rounded(.down), changes: changes))
            began.insert(desk.state.run.phaseBeganTimeOfDay ?? -1)
        }
        #expect(began.count == 1)
        // Resumed and paused again between two looks.
        status.secondsInPhase = 0.1
        let now = desk.state.clock.now + 10
        desk.effects += desk.state.reduce(
            .frame(now: now, timeOfDay: 50_000 + now, changes: desk.changes(status: status)))
        #expect(abs((desk.state.run.phaseBeganTimeOfDay ?? -1) - (50_000 + now - 0.1)) < 1e-6)
        desk.type("v")
        let frozen = desk.state.run.frozenTimeOfDay
        desk.wait(3)
        #expect(frozen != nil && desk.state.run.frozenTimeOfDay == frozen)
    }
}
