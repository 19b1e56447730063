import Dashboard
import Runs
import Testing

@Suite("The key map")
struct KeyMapTests {
    @Test(arguments: Screen.allCases)
    func `no key has two meanings on a screen`(screen: Screen) {
        let keys = KeyMap.bindings.filter { $0.screens.contains(screen) }.flatMap { $0.triggers.map(\.key) }
        #expect(Set(keys).count == keys.count)
    }

    @Test
    func `every binding says what it does`() {
        for binding in KeyMap.bindings {
            #expect(!binding.shown.isEmpty && !binding.label.isEmpty && binding.help.count > 5)
            #expect(!binding.help.hasSuffix("."))
        }
    }

    @Test(
        arguments: [
            (" ", KeyCommand.togglePause), (".", .singleStep), ("}", .rateUp), (">", .rateUp), ("{", .rateDown),
            ("<", .rateDown), ("=", .rateSheet), ("p", .followSchedule), ("e", .evaluate), ("s", .stopSheet),
            ("q", .quit), ("1", .screen(1)), ("2", .screen(2)), ("h", .left), ("j", .down), ("k", .up), ("l", .right),
            ("+", .zoomIn), ("-", .zoomOut), ("0", .fit), ("]", .nextMark), ("[", .previousMark), ("y", .logarithm),
            ("x", .xAxis), ("w", .smoothing), ("z", .enlarge), ("/", .search), ("n", .nextMatch), ("N", .previousMatch),
            ("g", .top), ("G", .bottom), ("v", .freeze), (":", .palette), ("?", .help),
        ])
    func `the design's keys are bound`(key: String, command: KeyCommand) {
        #expect(KeyMap.command(for: .character(Character(key)), on: .overview) == command)
    }

    @Test
    func `the footer shows what matters now, the most important first`() {
        var desk = Desk()
        #expect(KeyMap.footer(for: desk.state).steering.map(\.key) == ["space", "} {", "=", "s", "e"])
        #expect(KeyMap.footer(for: desk.state).viewing.prefix(5).map(\.key) == ["?", "q", "tab", "1-6", "z"])
        desk = Desk(phase: .paused(.asked), hasValidation: false, control: .held(0.1))
        let paused = KeyMap.footer(for: desk.state).steering
        #expect(paused.map(\.key) == ["space", ".", "} {", "=", "s", "p"])
        #expect(paused[0].label == "resume")
        desk = Desk(phase: .finished(.completed))
        #expect(KeyMap.footer(for: desk.state).steering.isEmpty)
    }

    @Test
    func `staged presses bring their own keys`() {
        var desk = Desk()
        desk.type("}")
        #expect(KeyMap.footer(for: desk.state).steering.prefix(2).map(\.key) == ["Enter", "Esc"])
    }

    @Test(
        arguments: [
            (120, "space pause  } { rate  = set  e evaluate  s stop…", "1-6 screens  tab panel  z zoom"),
            (80, "space pause  } { rate  = set  e evaluate  s stop…", "tab panel  ? help  q quit"),
            (79, "space pause  } { rate  = set  s stop…", "tab panel  ? help  q quit"), (7, "", "? help"),
        ])
    func `what fits is shown in the map's order, ? last of all to go`(width: Int, steering: String, viewing: String) {
        let fitting = KeyMap.footer(for: Desk().state).fitting(width)
        func line(_ keys: [FooterKey]) -> String { keys.map { "\($0.key) \($0.label)" }.joined(separator: "  ") }
        #expect(line(fitting.steering).hasPrefix(steering))
        #expect(line(fitting.viewing).hasPrefix(viewing))
        #expect(line(fitting.steering).count + line(fitting.viewing).count + 2 <= max(width, 8))
    }

    /// The rule as it is said, with every width counted anew.
    private func plainly(_ keys: FooterKeys, _ width: Int) -> (steering: [FooterKey], viewing: [FooterKey]) {
        var (left, right) = (keys.steering, keys.viewing)
        func length(_ keys: [FooterKey]) -> Int {
            keys.map { "\($0.key) \($0.label)" }.joined(separator: "  ").count
        }
        while 2 + length(left) + length(right) + (left.isEmpty || right.isEmpty ? 0 : 4) > width,
            !left.isEmpty || right.count > 1
        {
            if right.count > 3 || left.count <= 4 && right.count > 1 { right.removeLast() } else { left.removeLast() }
        }
        return (left.sorted { $0.place < $1.place }, right.sorted { $0.place < $1.place })
    }

    @Test(arguments: Screen.allCases)
    func `what fits is what the rule leaves, at every width`(screen: Screen) {
        for phase in [RunPhase.training, .paused(.asked), .finished(.completed)] {
            var desk = Desk(phase: phase, control: .held(0.1))
            desk.type("\(screen.rawValue)")
            let keys = KeyMap.footer(for: desk.state)
            for width in 0...220 {
                let (shown, due) = (keys.fitting(width), plainly(keys, width))
                #expect(shown.steering == due.steering && shown.viewing == due.viewing, "\(phase) \(width)")
            }
        }
    }

    @Test
    func `the key that turns histograms names what comes next`() {
        var desk = Desk()
        desk.type("2")
        var labels: [String] = []
        for _ in 0..<4 {
            labels += KeyMap.footer(for: desk.state).viewing.filter { $0.key == "b" }.map(\.label)
            desk.wait(0.5)
            desk.type("b")
        }
        #expect(labels == ["before", "gradient", "after", "before"])
    }
}
