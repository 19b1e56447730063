import Cells
import Dashboard
import Runs
import Screens
import Testing

@Suite("The whole log")
struct StoryTests {
    private func print(_ text: String, _ desk: inout Desk, _ stream: PrintedStream = .standardOutput) {
        _ = desk.state.reduce(.printed(Array(text.utf8), stream))
    }

    private func texts(_ state: DashboardState) -> [String] {
        (0..<state.storyRows.count).map { state.story.text(of: state.storyRows[$0], in: state.run.history) }
    }

    @Test
    func `events and printed lines stand in the order in which they came`() {
        var desk = Desk()
        print("first\n", &desk)
        desk.hear(.note(.run, "one"), .note(.run, "two"))
        print("second\nthi", &desk)
        desk.hear(.note(.disk, "three"))
        print("rd\n", &desk)
        print("fourth\n", &desk, .standardError)
        #expect(
            texts(desk.state) == [
                "out first", "run one ", "run two ", "out second", "disk three ", "out third", "err fourth",
            ])
    }

    @Test
    func `a long story keeps the newest lines`() {
        var desk = Desk()
        for line in 0..<12_000 { print("line \(line)\n", &desk) }
        #expect(desk.state.story.output.lines.count <= OutputHistory.capacity)
        #expect(desk.state.story.output.lines.count + desk.state.story.output.dropped == 12_000)
        #expect(desk.state.story.output.lines.last?.text == "line 11999")
    }

    @Test
    func `/ finds and jumps, n and N go around, Esc forgets`() {
        var desk = Desk()
        desk.type("6")
        desk.wait(1)
        desk.lay([.story: Rect(x: 1, y: 3, width: 98, height: 12)])
        for line in 0..<200 { print("line \(line)\(line % 50 == 0 ? " Found" : "")\n", &desk) }
        desk.press(.character("/"))
        desk.type("found")
        desk.press(.enter)
        #expect(desk.state.story.search.rows == [0, 50, 100, 150])
        #expect(desk.state.story.search.current == 150)
        #expect(desk.state.view.story.scroll > 30)
        desk.press(.character("N"))
        #expect(desk.state.story.search.current == 100)
        desk.wait(1)
        desk.type("nn", every: 1)
        #expect(desk.state.story.search.current == 0)
        // What comes later is found too.
        print("found again\n", &desk)
        #expect(desk.state.story.search.rows.last == 200)
        desk.press(.escape)
        #expect(desk.state.story.search.words.isEmpty)
    }

    @Test
    func `a scrolled log stands still while new rows come, End follows again`() {
        var desk = Desk()
        desk.type("6")
        desk.wait(1)
        desk.lay([.story: Rect(x: 1, y: 3, width: 98, height: 12)])
        for line in 0..<100 { print("line \(line)\n", &desk) }
        desk.input(.mouse(.init(kind: .wheelUp, x: 5, y: 8)))
        #expect(desk.state.view.story.scroll == 3)
        print("new\nnewer\n", &desk)
        #expect(desk.state.view.story.scroll == 5)
        desk.hear(.note(.run, "event"))
        #expect(desk.state.view.story.scroll == 6)
        desk.type("g")
        #expect(desk.state.view.story.scroll == 103 - 11)
        desk.press(.end)
        #expect(desk.state.view.story.scroll == 0)
    }

    @Test
    func `a frozen view shows none of what comes meanwhile`() {
        var desk = Desk()
        print("before\n", &desk)
        desk.type("v")
        print("meanwhile\n", &desk)
        desk.hear(.note(.run, "event"))
        #expect(texts(desk.state) == ["out before"])
        desk.wait(1)
        desk.type("v")
        #expect(texts(desk.state) == ["out before", "out meanwhile", "run event "])
    }

    @Test(
        arguments: [
            ("plain\n", ["plain"]), ("a\r\nb\n", ["a", "b"]), ("10 %\r20 %\r100 %\n", ["100 %"]),
            ("\u{1B}[1;31mred\u{1B}[0m \u{1B}]0;title\u{7}x\n", ["red x"]), ("tab\there\n", ["tab     here"]),
            ("bell\u{7}\u{0}\n", ["bell"]), ("wronh\u{8}g\n", ["wrong"]), ("unfinished", []), ("\n\n", ["", ""]),
            ("c1 \u{9B}31m\n", ["c1 31m"]), ("größe ✓\n", ["größe ✓"]),
        ])
    func `what programs print becomes lines that a screen can show`(text: String, lines: [String]) {
        var output = OutputText()
        // However the bytes are cut.
        for cut in [1, 3, 1_000] {
            var found: [String] = []
            let bytes = Array(text.utf8)
            for start in stride(from: 0, to: bytes.count, by: cut) {
                found += output.take(Array(bytes[start..<min(bytes.count, start + cut)]))
            }
            #expect(found == lines)
            _ = output.rest()
        }
    }

    @Test
    func `bytes that are no UTF-8 are replaced, and lines without an end are cut`() {
        var output = OutputText()
        #expect(output.take([0x61, 0xFF, 0xFE, 0x0A]) == ["a\u{FFFD}\u{FFFD}"])
        let flood = output.take([UInt8](repeating: 0x78, count: 10_000))
        #expect(flood.count == 5)
        #expect(flood.allSatisfy { $0.count == 2_000 })
    }

    @Test
    func `/ on another screen searches the whole log`() {
        var desk = Desk()
        desk.hear(.note(.run, "needle"))
        desk.type("5")
        desk.wait(1)
        desk.type("/")
        desk.type("needle")
        desk.press(.enter)
        #expect(desk.state.view.screen == .log)
        #expect(desk.state.story.search.rows == [0])
    }
}
