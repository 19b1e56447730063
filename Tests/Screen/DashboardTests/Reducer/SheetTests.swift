import Cells
import Dashboard
import Runs
import Testing

@Suite("Sheets")
struct SheetTests {
    @Test(
        arguments: [
            (InputEvent.Key.character("b"), [RunCommand.stop(keep: .best)]), (.character("l"), [.stop(keep: .last)]),
            (.enter, []), (.escape, []),
        ])
    func `the stop sheet keeps best, keeps last, or goes on`(key: InputEvent.Key, sent: [RunCommand]) {
        var desk = Desk()
        desk.type("s")
        desk.wait(0.5)
        desk.press(key)
        #expect(desk.state.overlay.shown == nil)
        desk.wait(0.5)
        #expect(desk.sent == sent)
    }

    @Test
    func `other keys leave the stop sheet open`() {
        var desk = Desk()
        desk.type("s")
        desk.wait(0.5)
        desk.type("x")
        desk.wait(1)
        desk.press(.tab)
        desk.wait(1)
        #expect(desk.state.overlay.shown != nil)
        #expect(desk.sent == [])
    }

    @Test(
        arguments: [
            ("s", InputEvent.Key.character("b")), ("s", .character("l")), ("s", .enter), ("q", .character("y")),
            ("q", .enter),
        ])
    func `sheets ignore what decides for their first 400 ms`(opening: String, key: InputEvent.Key) {
        for (delay, isOpen) in [(0.39, true), (0.41, false)] {
            var desk = Desk()
            desk.type(opening)
            desk.wait(delay)
            desk.press(key)
            #expect(desk.sent == [])
            #expect(desk.state.exit == nil)
            #expect((desk.state.overlay.shown != nil) == isOpen)
        }
    }

    @Test
    func `a resize keeps the stop sheet from stopping for 300 ms`() {
        var desk = Desk()
        desk.type("s")
        desk.wait(1)
        desk.resize()
        desk.type("b")
        #expect(desk.sent == [])
    }

    @Test
    func `q asks while the run is alive and does not answer; y quits`() {
        var desk = Desk()
        desk.type("q")
        #expect(desk.state.exit == nil)
        desk.wait(0.5)
        desk.type("q")
        desk.wait(0.5)
        #expect(desk.state.exit == nil && desk.state.overlay.shown != nil)
        desk.type("y")
        #expect(desk.state.exit == nil)
        #expect(desk.said.contains("its weights are lost"), "there is no run directory")
        desk.wait(0.5)
        #expect(desk.state.exit == .quit)
        #expect(desk.effects == [])
    }

    @Test
    func `with a run directory quitting says that the weights are saved`() {
        var desk = Desk()
        desk.state.run.history.description.origin.directory = "runs/a"
        desk.type("qy", every: 0.5)
        #expect(desk.said.contains("last is saved"))
    }

    @Test
    func `a quit that the run's end overtakes just leaves`() {
        var desk = Desk()
        desk.type("q")
        desk.wait(0.5)
        desk.type("y")
        desk.enter(.finished(.completed))
        desk.wait(0.5)
        #expect(desk.state.exit == .done)
    }

    @Test(arguments: ["qy", "sb"])
    func `esc takes back a quit or a stop that was just confirmed`(keys: String) {
        var desk = Desk()
        desk.type(keys, every: 0.5)
        desk.press(.escape)
        desk.wait(2)
        #expect(desk.state.exit == nil)
        #expect(desk.sent == [])
    }

    @Test(arguments: [InputEvent.Key.enter, .escape])
    func `Enter and Esc in the quit sheet go on training`(key: InputEvent.Key) {
        var desk = Desk()
        desk.type("q")
        desk.wait(0.5)
        desk.press(key)
        #expect(desk.state.overlay.shown == nil)
        #expect(desk.state.exit == nil)
    }

    @Test(
        arguments: [
            InputEvent.Key.character("q"), .control("c"),
        ], [true, false])
    func `after the end, and where the run is only watched, q and ctrl-C leave at once`(
        key: InputEvent.Key, isFinished: Bool
    ) {
        var desk = Desk(phase: isFinished ? .finished(.completed) : .training)
        desk.state.steering.isReadOnly = !isFinished
        desk.press(key)
        #expect(desk.state.exit == .done)
    }

    @Test
    func `ctrl-C asks, again within 2 s interrupts, later asks again`() {
        var desk = Desk()
        desk.press(.control("c"))
        #expect(desk.state.exit == nil)
        #expect(desk.state.overlay.shown == .quit(openedAt: desk.state.clock.now))
        desk.wait(2.1)
        desk.press(.control("c"))
        #expect(desk.state.exit == nil)
        desk.wait(0.1)
        desk.press(.control("c"))
        #expect(desk.state.exit == .interrupted)
    }

    @Test
    func `ctrl-C after going on asks anew`() {
        var desk = Desk()
        desk.press(.control("c"))
        desk.wait(0.5)
        desk.press(.enter)
        desk.press(.control("c"))
        #expect(desk.state.exit == nil)
    }

    @Test(
        arguments: [
            ("0.01", false, RunCommand.rescaleSchedule(0.01)), ("*0.5", false, .scaleLearningRate(0.5)),
            ("/4", false, .scaleLearningRate(0.25)), ("0.01", true, .setLearningRate(0.01)),
            ("/4", true, .holdLearningRate(0.25)),
        ])
    func `the rate sheet sends one command`(text: String, holds: Bool, command: RunCommand) {
        var desk = Desk()
        desk.type("=")
        desk.type(text)
        if holds { desk.press(.tab) }
        desk.wait(0.5)
        desk.press(.enter)
        #expect(desk.sent == [command])
        #expect(desk.state.overlay.shown == nil)
    }

    @Test
    func `Enter in a young rate sheet sends nothing and keeps the text`() {
        var desk = Desk()
        desk.type("=0.01")
        desk.press(.enter)
        #expect(desk.sent == [])
        guard case .rate(let sheet)? = desk.state.overlay.shown else {
            Issue.record("the sheet is closed")
            return
        }
        #expect(sheet.field.text == "0.01")
        #expect(sheet.error != nil)
    }

    @Test(
        arguments: ["", "abc", "-1", "0", "*0", "/0", "1e999", "0,1"])
    func `nonsense in the rate sheet is said, not sent`(text: String) {
        var desk = Desk()
        desk.type("=")
        desk.type(text)
        desk.wait(0.5)
        desk.press(.enter)
        #expect(desk.sent == [])
        guard case .rate(let sheet)? = desk.state.overlay.shown else {
            Issue.record("the sheet is closed")
            return
        }
        #expect(sheet.error != nil)
        desk.type("5")
        guard case .rate(let edited)? = desk.state.overlay.shown else { return }
        #expect(edited.error == nil)
    }

    @Test
    func `sheets close when the run ends`() {
        for key in ["s", "=", "q"] {
            var desk = Desk()
            desk.type(key)
            desk.enter(.finished(.completed))
            #expect(desk.state.overlay.shown == nil)
        }
    }
}
