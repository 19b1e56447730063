import Dashboard
import Runs
import Screens
import Testing

@Suite("The palette")
struct PaletteTests {
    static func run(_ text: String, phase: RunPhase = .training) -> Desk {
        var desk = Desk(phase: phase)
        desk.type(":")
        desk.type(text)
        desk.wait(0.5)
        desk.press(.enter)
        return desk
    }

    @Test(
        arguments: [
            ("pause", RunCommand.pause), ("resume", .resume), ("step", .step(1)), ("step 20", .step(20)),
            ("rate 0.01", .rescaleSchedule(0.01)), ("lr 0.01", .rescaleSchedule(0.01)),
            ("validate", .evaluate), ("halt", .pause), ("continue", .resume),
            ("rescale 0.01", .rescaleSchedule(0.01)), ("hold /4", .holdLearningRate(0.25)),
            ("restore best", .restore(Restoration(from: .best))), ("rate /2", .scaleLearningRate(0.5)),
            ("hold 0.01", .setLearningRate(0.01)),
            ("scale 0.5", .scaleLearningRate(0.5)), ("scale /4", .scaleLearningRate(0.25)), ("plan", .followSchedule),
            ("weightdecay 1e-3", .setWeightDecay(1e-3)), ("momentum 0.5", .setMomentum(0.5)),
            ("beta1 0.5", .setBeta1(0.5)), ("clipping 1", .setGradientClipping(1)), ("patience 9", .setPatience(9)),
            ("setWeightDecay 0.1", .setWeightDecay(0.1)), ("dropout 0.3", .setDropout(DropoutChange(p: 0.3))),
            ("dropout 0.3 4", .setDropout(DropoutChange(p: 0.3, layer: "4"))),
            ("lock 0", .freeze("0")), ("freeze 3.body.0", .freeze("3.body.0")), ("unfreeze 0", .unfreeze("0")),
            ("reinitialize 0", .reinitialize("0")), ("revive 0", .reinitializeDeadUnits("0")),
            ("clearoptimizer", .clearOptimizerState), ("clearOptimizerState", .clearOptimizerState),
            ("interval 200", .setEvaluationInterval(200)), ("interval epoch", .setEvaluationInterval(0)),
            ("epochs 20", .setEpochs(20)), ("batchsize 128", .setBatchSize(128)), ("bs 128", .setBatchSize(128)),
            ("evaluate", .evaluate), ("stop best", .stop(keep: .best)), ("  stop   last ", .stop(keep: .last)),
        ])
    func `commands are sent at once`(text: String, command: RunCommand) {
        let desk = Self.run(text, phase: .paused(.asked))
        #expect(desk.sent == [command])
        #expect(desk.state.overlay.shown == nil)
    }

    /// A run that says what its numbers are.
    private static func numbered() -> Desk {
        var desk = Desk(phase: .paused(.asked))
        var changes = desk.changes()
        changes.description.numbers = [
            "setWeightDecay": 0.001, "setMomentum": 0.8, "setGradientClipping": 0, "setDropout": 0.5,
            "setDropout 4": 0.25,
            "setPatience": 5, "setEvaluationInterval": 300, "setEpochs": 30,
        ]
        desk.frame(changes: changes)
        return desk
    }

    @Test(
        arguments: [
            ("weightdecay *0.5", RunCommand.setWeightDecay(0.0005)), ("weightdecay /4", .setWeightDecay(0.00025)),
            ("weightdecay x 2", .setWeightDecay(0.002)), ("momentum ÷2", .setMomentum(0.4)),
            ("dropout /2", .setDropout(DropoutChange(p: 0.25))),
            ("dropout × 2 4", .setDropout(DropoutChange(p: 0.5, layer: "4"))), ("patience *3", .setPatience(15)),
            ("patience /2", .setPatience(3)), ("interval /3", .setEvaluationInterval(100)),
            ("epochs *2", .setEpochs(60)), ("weightdecay 0.1", .setWeightDecay(0.1)),
        ])
    func `every number takes a factor of what it is, whole ones the nearest`(text: String, command: RunCommand) {
        var desk = Self.numbered()
        desk.type(":" + text)
        desk.wait(0.5)
        let words = desk.state.overlay.numberDraft(of: desk.state.run.live)
        #expect(words?.contains("→") == true)
        desk.press(.enter)
        #expect(desk.sent == [command])
    }

    @Test(
        arguments: [
            ("clipping *2", "0 now"), ("beta1 /2", "not known"), ("patience *1e300", "patience takes"),
            ("momentum *-2", "momentum takes"), ("momentum /0", "momentum takes"), ("dropout *2 9", "not known"),
            ("momentum /", "momentum takes"), ("epochs *2 3", "epochs takes"),
        ])
    func `a factor of nothing is said`(text: String, words: String) {
        var desk = Self.numbered()
        desk.type(":" + text)
        desk.wait(0.5)
        desk.press(.enter)
        #expect(desk.sent == [])
        #expect(desk.state.overlay.paletteError?.contains(words) == true)
    }

    @Test(
        arguments: [
            ("dance", "no command dance"), ("stop", "stop best or stop last"), ("stop worst", "stop best"),
            ("step -3", "step 20"), ("step x", "step 20"), ("rate", "rate 0.01"), ("rate fast", "not a number"),
            ("rate 1 2", "rate 0.01"), ("pause now", "takes nothing"), ("res", "resume"), ("screen 9", "1 to 6"),
            ("zoom 5", "zoom 1000 2000"), ("zoom 9 5", "zoom 1000 2000"), ("goto nan", "goto 1180"),
            ("dropout", "dropout 0.3 4"), ("dropout 4 x y", "dropout 0.3 4"), ("momentum x", "number"),
            ("smoothing 0.9", "from 0 to 0.5"),
            ("s", "not a command"),
        ])
    func `what is wrong is said under the field, and nothing is sent`(text: String, words: String) {
        let desk = Self.run(text, phase: .paused(.asked))
        #expect(desk.effects == [])
        #expect(desk.state.overlay.paletteError?.contains(words) == true)
        #expect(desk.state.overlay.shown == .palette(TextField(text)))
    }

    @Test
    func `an edit takes the error away`() {
        var desk = Self.run("dance")
        desk.press(.backspace)
        #expect(desk.state.overlay.paletteError == nil)
    }

    @Test
    func `step asks for a pause first`() {
        #expect(Self.run("step 3").state.overlay.paletteError?.contains("pause first") == true)
    }

    @Test
    func `Enter right after the palette opened does nothing: a pasted line ends in one`() {
        var desk = Desk()
        desk.type(":stop best")
        desk.press(.enter)
        #expect(desk.sent == [])
        #expect(desk.state.overlay.shown != nil)
    }

    @Test
    func `viewing commands change what is shown`() {
        #expect(Self.run("screen layers").state.view.screen == .layers)
        #expect(Self.run("screen 2").state.view.screen == .layers)
        #expect(Self.run("zoom 100 200").state.view.charts.zoom == 100...200)
        #expect(Self.run("goto 118").state.view.charts.cursorStep == 118)
        #expect(Self.run("smoothing 0.5").state.run.history.series.average.share == 0.5)
        #expect(Self.run("filter linear").state.visibleLayers == [2])
        #expect(Self.run("freeze").state.run.frozenSince != nil)
        #expect(Self.run("help").state.overlay.shown == .help(scroll: 0))
        #expect(Self.run("redraw").effects == [.redraw])
        #expect(Self.run("fr").state.run.frozenSince != nil)
    }

    @Test
    func `quit asks as q does`() {
        let desk = Self.run("quit")
        #expect(desk.state.exit == nil)
        #expect(desk.state.overlay.shown == .quit(openedAt: desk.state.clock.now))
    }

    @Test
    func `a read-only dashboard refuses what steers`() {
        var desk = Desk()
        desk.state.steering.isReadOnly = true
        desk.type(":pause")
        desk.wait(1)
        desk.press(.enter)
        #expect(desk.sent == [])
        #expect(desk.state.overlay.paletteError?.contains("read only") == true)
    }

    @Test(
        arguments: [
            ("pau", "pause"), ("rat", "rate "), ("sto", "stop "), ("st", "st"), ("stop b", "stop best"),
            ("stop ", "stop "),
            ("re", "re"), ("sm", "smoothing "), ("zzz", "zzz"), ("", ""),
        ])
    func `tab completes as far as it is clear`(text: String, completed: String) {
        var desk = Desk()
        desk.type(":")
        desk.type(text)
        desk.press(.tab)
        #expect(desk.state.overlay.shown == .palette(TextField(completed)))
    }

    @Test
    func `every command has a name of its own and a description`() {
        #expect(Set(PaletteCommand.all.map(\.name)).count == PaletteCommand.all.count)
        #expect(PaletteCommand.all.allSatisfy { !$0.description.isEmpty })
        #expect(PaletteCommand.suggestions(for: "").count == PaletteCommand.all.count)
        #expect(PaletteCommand.suggestions(for: "st").map(\.name) == ["step", "stop"])
        #expect(PaletteCommand.suggestions(for: "stop b").map(\.name) == ["stop"])
        // What a person means, by other words.
        for (words, names) in [
            ("halve", ["rate", "scale"]), ("lr", ["rate"]), ("exit", ["quit"]), ("tensor", []),
            ("rollback", ["restore"]), ("fork", ["race"]),
        ] {
            #expect(PaletteCommand.suggestions(for: words).map(\.name) == names, "\(words)")
        }
    }
}
