import Dashboard
import Runs
import Screens
import Testing

@Suite("Guards against stray input")
struct GuardTests {
    static let words = ["please stop", "  pp", "e.. }}}", "quit now", "space = 0.1", "sbbb", ":quit\n", "peel"]

    @Test(arguments: words)
    func `text that arrives at once changes nothing`(text: String) {
        var desk = Desk(phase: .paused(.asked))
        for character in text { desk.press(character == "\n" ? .enter : .character(character)) }
        desk.wait(3)
        #expect(desk.sent == [])
        #expect(desk.state.exit == nil)
        #expect(desk.state.steering.stagedRate == nil)
    }

    @Test
    func `a burst says what it looks like and takes back its first key`() {
        var desk = Desk()
        desk.type("peel", every: 0.12)
        #expect(desk.said.contains("looks like typing for another window"))
        #expect(desk.state.steering.heldCommands.isEmpty)
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `typing goes on being typing until no key came for 0.4 s`() {
        var desk = Desk()
        desk.type("xxxxyyp", every: 0.1)
        desk.wait(0.35)
        desk.type("p")
        desk.wait(0.41)
        desk.type("e")
        desk.wait(1)
        #expect(desk.sent == [.evaluate])
    }

    @Test
    func `four keys in more than 0.4 s are four keys`() {
        var desk = Desk()
        desk.type("peyx", every: 0.14)
        desk.wait(1)
        #expect(desk.sent == [.followSchedule, .evaluate])
    }

    @Test
    func `a key may be held down or pressed five times fast`() {
        var desk = Desk()
        desk.type("hhhhhhhhhh", every: 0.03)
        #expect(desk.state.notices.message?.text.contains("typing") != true)
        let step = desk.state.view.charts.cursorStep ?? 0
        #expect(abs(step - (499 - 10 * 500.0 / 70)) < 1e-6)
        desk.wait(1)
        desk.type("}}}}}", every: 0.03)
        #expect(!desk.said.contains("typing"))
        desk.wait(2)
        #expect(desk.sent == [.scaleLearningRate(8)])
    }

    @Test(arguments: [0.26, 0.35, 0.5, 0.66])
    func `a key that is repeated late is that key, not typing for another window`(delay: Double) {
        // Keyboards wait before they repeat a key that is held down.
        var desk = Desk()
        desk.type("}")
        desk.wait(delay)
        desk.type("}}", every: 0.03)
        #expect(!desk.said.contains("typing"))
        desk.wait(2)
        let factor = desk.sent.reduce(1.0) { factor, command in
            guard case .scaleLearningRate(let own) = command else { return .nan }
            return factor * own
        }
        #expect(factor == 8)
    }

    @Test(arguments: ["qqqqqqqqqqqqqqqqqqqqqqqq", "qyyyyyyyyyyyyyyyyyyyyyy"])
    func `a key that is held down does not answer the sheet that is open`(keys: String) {
        var desk = Desk()
        desk.type(keys, every: 0.05)
        desk.wait(2)
        #expect(desk.state.exit == nil)
    }

    @Test
    func `a burst closes the sheet that its keys opened`() {
        var desk = Desk()
        desk.type("stop", every: 0.1)
        #expect(desk.state.overlay.shown == nil)
        desk.wait(1)
        #expect(desk.sent == [])
    }

    @Test
    func `a burst takes back what its keys did to the view`() {
        var desk = Desk()
        desk.state.view.charts.cursorStep = 100
        let charts = desk.state.view.charts
        desk.type("2vwl", every: 0.1)
        #expect(desk.state.view.screen == .overview)
        #expect(desk.state.view.focus == .loss)
        #expect(desk.state.run.frozenSince == nil)
        #expect(desk.state.view.charts == charts)
        #expect(desk.state.run.history.series.average.share == charts.smoothing)
    }

    @Test
    func `a burst takes back its own keys, not those before`() {
        var desk = Desk()
        desk.type("2")
        desk.wait(0.5)
        desk.type("ovwx", every: 0.05)
        #expect(desk.state.view.screen == .layers)
        #expect(!desk.state.view.layers.byTrouble)
    }

    @Test(arguments: ["ball", "last", "yes!", "quit"])
    func `words typed into an open sheet do not answer it`(word: String) {
        for sheet in ["s", "q"] {
            var desk = Desk()
            desk.type(sheet)
            desk.wait(5)
            desk.type(word, every: 0.1)
            desk.wait(2)
            #expect(desk.sent == [])
            #expect(desk.state.exit == nil)
        }
    }

    @Test(arguments: 0..<4)
    func `nothing steers for 300 ms after a lone Esc, a resize or a focus event`(kind: Int) {
        for (delay, command) in [(0.29, nil), (0.31, RunCommand.pause)] {
            var desk = Desk()
            switch kind {
            case 0: desk.press(.escape)
            case 1: desk.resize()
            case 2: desk.input(.focus(gained: true))
            default: desk.input(.ignored)
            }
            desk.wait(delay)
            desk.type(" ")
            desk.wait(1)
            #expect(desk.sent == (command.map { [$0] } ?? []))
        }
    }

    @Test(arguments: Array(" .}{><=pes"))
    func `every steering key is quiet after a resize`(key: Character) {
        var desk = Desk(phase: .paused(.asked))
        desk.resize()
        desk.press(.character(key))
        #expect(desk.state.overlay.shown == nil)
        desk.wait(2)
        #expect(desk.sent == [])
    }

    @Test
    func `viewing keys work after a resize`() {
        var desk = Desk()
        desk.resize()
        desk.type("2")
        #expect(desk.state.view.screen == .layers)
    }

    @Test
    func `a resize delays what waits, it does not send it within 300 ms`() {
        var desk = Desk()
        desk.type(" ")
        desk.wait(0.3)
        desk.resize()
        desk.wait(0.25)
        #expect(desk.sent == [])
        desk.wait(0.1)
        #expect(desk.sent == [.pause])
    }

    @Test(arguments: ["pause", " ", "}", "stop best\n", "e"])
    func `a paste never steers`(text: String) {
        var desk = Desk()
        desk.input(.paste(text))
        desk.wait(2)
        #expect(desk.effects == [])
        #expect(desk.state.overlay.shown == nil)
    }

    @Test
    func `a paste fills a prompt, its line breaks press nothing`() {
        var desk = Desk()
        desk.type(":")
        desk.wait(1)
        desk.input(.paste("stop best\n\n"))
        desk.wait(2)
        #expect(desk.sent == [])
        #expect(desk.state.overlay.shown == .palette(TextField("stop best")))
    }

    @Test(
        arguments: ["?", ":", "/"], Array(" .}{=pes"))
    func `steering keys are dead while help, palette or search is open`(overlay: String, key: Character) {
        var desk = Desk(phase: .paused(.asked))
        desk.type(overlay)
        desk.wait(1)
        desk.press(.character(key))
        desk.wait(2)
        #expect(desk.sent == [])
        #expect(desk.state.steering.stagedRate == nil)
        #expect(desk.state.steering.heldCommands.isEmpty)
    }

    @Test
    func `the clock never goes back`() {
        var desk = Desk()
        let now = desk.state.clock.now
        _ = desk.state.reduce(.clock(now: 0))
        _ = desk.state.reduce(.clock(now: .nan))
        #expect(desk.state.clock.now == now)
    }

    // MARK: Other keyboards

    @Test(arguments: [("й", "q"), ("ц", "w"), ("з", "p"), ("у", "e"), ("ы", "s"), ("π", "p"), ("ε", "e")])
    func `a letter of another layout is the key it lies on`(letter: String, key: String) {
        var (other, latin) = (Desk(control: .held(0.1)), Desk(control: .held(0.1)))
        other.type(letter)
        latin.type(key)
        other.wait(1)
        latin.wait(1)
        #expect(other.sent == latin.sent && other.state.overlay == latin.state.overlay)
        #expect(other.state.view == latin.state.view && other.said == latin.said)
    }

    @Test
    func `a sheet is answered on another layout too, and text is taken as it is typed`() {
        var desk = Desk()
        desk.type("йн", every: 0.5)
        desk.wait(0.5)
        #expect(desk.state.exit == .quit)
        desk = Desk()
        desk.type(":")
        desk.wait(0.5)
        desk.type("йц")
        #expect(desk.state.overlay.shown == .palette(TextField("йц")))
    }

    /// What opens an overlay, and the text that stands in it after the keys.
    static let fields: [(keys: String, text: @Sendable (Overlay?) -> String?)] = [
        (":", { if case .palette(let field)? = $0 { field.text } else { nil } }),
        ("/", { if case .search(let field)? = $0 { field.text } else { nil } }),
        ("=", { if case .rate(let sheet)? = $0 { sheet.field.text } else { nil } }),
        ("m", { if case .form(.note(let field))? = $0 { field.text } else { nil } }),
        ("E", { if case .form(.export(let form))? = $0 { form.field.text } else { nil } }),
        ("t", { if case .form(.themes(let chooser))? = $0 { chooser.field.text } else { nil } }),
    ]

    @Test(arguments: fields.indices)
    func `a letter of another layout is text wherever text is taken`(index: Int) {
        let (keys, text) = Self.fields[index]
        var desk = Desk()
        desk.state.person.themeNames = ["a", "b"]
        desk.type(keys)
        desk.wait(1)
        desk.type("йцλ", every: 0.5)
        #expect(text(desk.state.overlay.shown)?.hasSuffix("йцλ") == true)
        #expect(desk.state.exit == nil && desk.sent == [])
    }

    @Test
    func `in the schedule's editor it is no key`() {
        var desk = Desk()
        desk.type("3")
        desk.wait(1)
        desk.type("i")
        desk.wait(1)
        desk.press(.down)
        let before = desk.state.overlay.scheduleSheet
        // Where r lies, which would begin a warm restart.
        desk.type("к")
        #expect(before != nil && desk.state.overlay.scheduleSheet == before)
        desk.type("r")
        #expect(desk.state.overlay.scheduleSheet != before)
    }

    @Test
    func `a key of one's own comes before the layout`() throws {
        var desk = Desk()
        desk.state.person.keys = KeyTable.standard.binding(.help, to: [.character("й")])
        desk.type("й")
        #expect(desk.state.overlay.shown == .help(scroll: 0))
    }

    @Test(arguments: ["ä", "ш", "Q", "語"])
    func `a letter that is no key says so once`(letter: String) {
        var desk = Desk()
        desk.type(letter)
        #expect(desk.said == "no key is \(letter) here: ? lists them")
        desk.wait(5)
        desk.type(letter)
        #expect(desk.said == "" && desk.effects == [])
    }
}
