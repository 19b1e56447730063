import Dashboard
import Runs
import Testing

@Suite("Steering keys")
struct SteeringKeyTests {
    @Test(
        arguments: [
            (RunPhase.training, RunCommand.pause), (.evaluating, .pause), (.paused(.asked), .resume),
        ])
    func `space pauses a training run and resumes a paused one`(phase: RunPhase, command: RunCommand) {
        var desk = Desk(phase: phase)
        desk.type(" ")
        desk.wait(1)
        #expect(desk.sent == [command])
    }

    @Test
    func `what a key asks for is shown at once and sent 0.4 s later, once`() {
        var desk = Desk()
        desk.type(" ")
        #expect(desk.state.steering.heldCommands.map(\.command) == [.pause])
        desk.wait(0.39)
        #expect(desk.sent == [])
        desk.wait(0.02)
        #expect(desk.sent == [.pause])
        desk.wait(2)
        #expect(desk.sent == [.pause])
    }

    @Test
    func `space twice at once asks for nothing`() {
        var desk = Desk()
        desk.type("  ", every: 0.2)
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test(arguments: [0.21, 0.35, 0.5, 0.66], [0.025, 0.04, 0.09])
    func `a space that is held down pauses once`(delay: Double, interval: Double) {
        for count in 1...20 {
            var desk = Desk()
            desk.type(" ")
            desk.wait(delay)
            desk.type(String(repeating: " ", count: count), every: interval)
            desk.wait(1)
            // One repetition alone cannot be told from a second press.
            #expect(count == 1 || desk.sent == [.pause], "\(count)")
        }
    }

    @Test
    func `a space held down again resumes once, and pressed again it pauses`() {
        var desk = Desk()
        desk.type(" ")
        desk.wait(0.5)
        desk.type("                    ", every: 0.03)
        desk.wait(0.5)
        desk.type(" ")
        desk.wait(0.5)
        desk.type("                    ", every: 0.03)
        desk.wait(1)
        #expect(desk.sent == [.pause, .resume])
        desk.type(" ")
        desk.wait(1)
        #expect(desk.sent == [.pause, .resume, .pause])
    }

    @Test
    func `space twice, so far apart that the pause was sent, resumes`() {
        var desk = Desk()
        desk.type("  ", every: 0.5)
        desk.wait(1)
        #expect(desk.sent == [.pause, .resume])
    }

    @Test
    func `space after a pause that was sent but not yet answered resumes`() {
        var desk = Desk()
        desk.type(" ")
        desk.wait(1)
        desk.type(" ")
        desk.wait(1)
        #expect(desk.sent == [.pause, .resume])
    }

    @Test
    func `. makes one step while paused, and quick presses become one command`() {
        var desk = Desk(phase: .paused(.asked))
        desk.type("...", every: 0.1)
        desk.wait(1)
        #expect(desk.sent == [.step(3)])
    }

    @Test
    func `. while training asks for a pause first`() {
        var desk = Desk()
        desk.type(".")
        desk.wait(1)
        #expect(desk.sent == [])
        #expect(desk.said.contains("pause first"))
    }

    @Test(arguments: [("p", RunCommand.followSchedule), ("e", .evaluate)])
    func `p goes back to the plan, e evaluates`(key: String, command: RunCommand) {
        var desk = Desk()
        desk.type(key)
        desk.wait(1)
        #expect(desk.sent == [command])
    }

    @Test
    func `e without a validation set says so`() {
        var desk = Desk(hasValidation: false)
        desk.type("e")
        desk.wait(1)
        #expect(desk.sent == [])
        #expect(desk.said.contains("no validation set"))
    }

    @Test
    func `c where no checkpoint is kept says what the run itself would say`() {
        var desk = Desk()
        desk.type("c")
        desk.wait(1)
        let rules = CommandRules(
            phase: .training, control: .planned, learningRate: 0.04, hasValidation: true, canResume: true,
            stepsLeft: 1, stepsPerEpoch: 1)
        #expect(desk.sent == [])
        #expect(!desk.said.isEmpty && desk.said == rules.refusal(of: .checkpoint, from: .person))
        desk = Desk()
        desk.state.run.history.description.origin.directory = "runs/a"
        desk.type("c")
        desk.wait(1)
        #expect(desk.sent == [.checkpoint])
    }

    @Test
    func `keys are called as the person has them`() {
        var desk = Desk()
        desk.state.person.keys = KeyTable.standard.binding(.togglePause, to: [.character("P")])
            .binding(.singleStep, to: [.character("S")]).binding(.mouse, to: [.control("t")])
        desk.type("S")
        #expect(desk.said == "pause first (P): S makes one step while paused")
        desk.press(.control("t"))
        #expect(desk.said.hasSuffix("ctrl-t takes it back"))
    }

    @Test(arguments: Array(" .}{=pes"))
    func `a read-only dashboard sends nothing and says why`(key: Character) {
        var desk = Desk(phase: .paused(.asked))
        desk.state.steering.isReadOnly = true
        desk.press(.character(key))
        desk.wait(1)
        #expect(desk.sent == [])
        #expect(desk.state.overlay.shown == nil)
        #expect(desk.state.steering.stagedRate == nil)
        #expect(desk.state.notices.message?.text.contains("read only") == true)
    }

    @Test(arguments: Array(" .}{=pes"))
    func `after the end steering keys do nothing and say why`(key: Character) {
        var desk = Desk(phase: .finished(.completed))
        desk.press(.character(key))
        desk.wait(1)
        #expect(desk.sent == [])
        #expect(desk.state.overlay.shown == nil)
        #expect(desk.state.notices.message?.text == "the run has ended")
    }

    @Test
    func `what waits when the run ends is not sent`() {
        var desk = Desk()
        desk.type(" }", every: 0.1)
        desk.enter(.finished(.completed))
        desk.wait(1)
        #expect(desk.sent == [])
        #expect(desk.state.steering.stagedRate == nil)
    }

    @Test func `d leaves the run going, once a burst of typing would have dropped it`() {
        var desk = Desk()
        desk.type("d")
        desk.wait(1)
        #expect(desk.state.exit == nil)
        #expect(desk.state.notices.message?.text == "no run directory to go on in: begin with --save or --run DIR")
        desk.state.run.history.description.origin.directory = "runs/one"
        desk.type("d")
        #expect(desk.state.exit == nil)
        #expect(desk.state.notices.message?.text == "leaving the run going: sitter attach runs/one")
        desk.wait(1)
        #expect(desk.state.exit == nil && desk.sent == [] && desk.effects.contains(.detach))
        desk.answer(.detached(.waiting))
        #expect(desk.state.exit == nil && desk.said == "leaving as soon as a checkpoint is on the disk")
        desk.answer(.detached(.ready))
        #expect(desk.state.exit == .detached)
    }

    @Test func `d in the quit sheet leaves it going too, and Esc after d stays`() {
        var desk = Desk()
        desk.state.run.history.description.origin.directory = "runs/one"
        desk.type("d")
        desk.press(.escape)
        desk.wait(2)
        #expect(desk.state.exit == nil)
        desk.type("q")
        desk.wait(0.5)
        desk.type("d")
        desk.wait(1)
        #expect(desk.effects == [.detach])
    }

    @Test func `a run whose checkpoint cannot be written stays, and d says why`() {
        var desk = Desk()
        desk.state.run.history.description.origin.directory = "runs/one"
        desk.type("d")
        desk.wait(1)
        desk.answer(.detached(.waiting))
        desk.answer(.detached(.refused("no space left on the disk")))
        #expect(desk.state.exit == nil && desk.said == "the run stays here: no space left on the disk")
        desk.type("d")
        desk.wait(1)
        #expect(desk.effects == [.detach, .detach])
    }

    @Test func `where nothing would go on, d says so, and who only watches just leaves`() {
        var over = Desk(phase: .finished(.completed))
        over.state.run.history.description.origin.directory = "runs/one"
        over.type("d")
        over.wait(1)
        #expect(over.state.exit == nil)
        #expect(over.state.notices.message?.text == "the run has ended: nothing would go on")
        var watcher = Desk()
        watcher.state.steering.isReadOnly = true
        watcher.type("d")
        #expect(watcher.state.exit == .done)
    }
}
