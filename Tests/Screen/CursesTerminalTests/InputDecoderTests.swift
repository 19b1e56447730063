import Cells
import CursesTerminal
import Testing

/// What each sequence of a terminal means.
private let table: [(bytes: String, events: [InputEvent])] = [
    ("a", [.key(.character("a"))]),
    ("ä", [.key(.character("ä"))]),
    ("€", [.key(.character("€"))]),
    ("𝄞", [.key(.character("𝄞"))]),
    ("\r", [.key(.enter)]),
    ("\n", [.key(.enter)]),
    ("\t", [.key(.tab)]),
    ("\u{7F}", [.key(.backspace)]),
    ("\u{08}", [.key(.backspace)]),
    ("\u{03}", [.key(.control("c"))]),
    ("\u{1A}", [.key(.control("z"))]),
    ("\u{00}", [.ignored]),
    ("\u{1B}[A", [.key(.up)]),
    ("\u{1B}OB", [.key(.down)]),
    ("\u{1B}[1;5C", [.key(.right)]),
    ("\u{1B}O2D", [.key(.left)]),
    ("\u{1B}[d", [.key(.left)]),
    ("\u{1B}Oa", [.key(.up)]),
    ("\u{1B}[H", [.key(.home)]),
    ("\u{1B}OF", [.key(.end)]),
    ("\u{1B}[1~", [.key(.home)]),
    ("\u{1B}[8~", [.key(.end)]),
    ("\u{1B}[5~", [.key(.pageUp)]),
    ("\u{1B}[6;2~", [.key(.pageDown)]),
    ("\u{1B}[3~", [.key(.delete)]),
    ("\u{1B}OM", [.key(.enter)]),
    ("\u{1B}[Z", [.key(.backTab)]),
    ("\u{1B}[I", [.focus(gained: true)]),
    ("\u{1B}[O", [.focus(gained: false)]),
    ("\u{1B}[<0;10;5M", [.mouse(.init(kind: .press, x: 9, y: 4))]),
    ("\u{1B}[<0;10;5m", [.mouse(.init(kind: .release, x: 9, y: 4))]),
    ("\u{1B}[<32;301;99M", [.mouse(.init(kind: .drag, x: 300, y: 98))]),
    ("\u{1B}[<64;1;1M", [.mouse(.init(kind: .wheelUp, x: 0, y: 0))]),
    ("\u{1B}[<81;1;1M", [.mouse(.init(kind: .wheelDown, x: 0, y: 0))]),
    ("\u{1B}[M !!", [.mouse(.init(kind: .press, x: 0, y: 0))]),
    ("\u{1B}[M#\"#", [.mouse(.init(kind: .release, x: 1, y: 2))]),
    ("\u{1B}[32;4;5M", [.mouse(.init(kind: .press, x: 3, y: 4))]),
    ("\u{1B}[200~rm -rf q\r\nx\u{1B}[A\u{3}\u{1B}[201~", [.paste("rm -rf q\nx[A")]),
    ("\u{1B}[200~\u{1B}[201\u{1B}[201~", [.paste("[201")]),
    ("\u{1B}[200~\u{1B}[201~", [.paste("")]),
    ("\u{1B}\u{1B}[A", [.key(.escape), .key(.up)]),
]

/// What means nothing here, and must vanish without leaving a key behind.
private let swallowed: [String] = [
    "\u{1B}q", "\u{1B} ", "\u{1B}ä", "\u{1B}OP", "\u{1B}Op", "\u{1B}[15~", "\u{1B}[201~", "\u{1B}[[A", "\u{1B}[1;2R",
    "\u{1B}[?1;2c", "\u{1B}[>41;354;0c", "\u{1B}[97;5u", "\u{1B}[57441;1:3u", "\u{1B}[27;5;105~", "\u{1B}[1;1:3A",
    "\u{1B}[?2026;2$y", "\u{1B}[8;40;120t", "\u{1B}[<2;3;4M", "\u{1B}[<35;3;4M", "\u{1B}[<0;0;0M", "\u{1B}[<;;M",
    "\u{1B}[99999999999999999999A", "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{07}", "\u{1B}]11;rgb:1e1e/1e1e/1e1e\u{1B}\\",
    "\u{1B}]52;c;cXF3\u{07}", "\u{1B}P1$r0m\u{1B}\\", "\u{1B}P>|XTerm(370)\u{1B}\\", "\u{1B}_Gi=1;OK\u{1B}\\",
    "\u{1B}^private q\u{1B}\\",
    "\u{1B}Xstart of string q\u{1B}\\", "\u{1B}[" + String(repeating: "1;", count: 500) + "q", "\u{1B}(B",
]

private func decode(_ bytes: some Sequence<UInt8>) -> [InputEvent] {
    var decoder = InputDecoder()
    let events = decoder.feed(bytes, at: 0)
    return events + decoder.expire(at: 10)
}

@Suite struct InputDecoderTests {
    @Test(arguments: table)
    func `sequences mean their events`(bytes: String, events: [InputEvent]) {
        #expect(decode(bytes.utf8) == events)
    }

    @Test(arguments: table)
    func `a sequence may be torn anywhere`(bytes: String, events: [InputEvent]) {
        let all = Array(bytes.utf8)
        for split in 0...all.count {
            var decoder = InputDecoder()
            let first = decoder.feed(all[..<split], at: 0)
            // Just in time, whatever is under way.
            let rest = decoder.feed(all[split...], at: 0.04)
            #expect(first + rest + decoder.expire(at: 10) == events, "torn at \(split)")
        }
    }

    @Test(arguments: swallowed)
    func `unknown sequences leave no key behind`(bytes: String) {
        #expect(decode(bytes.utf8) == [.ignored])
        #expect(decode((bytes + "k").utf8) == [.ignored, .key(.character("k"))])
    }

    @Test(arguments: table.map(\.bytes) + swallowed)
    func `bytes may come one by one`(bytes: String) {
        var decoder = InputDecoder()
        var events: [InputEvent] = []
        for (index, byte) in bytes.utf8.enumerated() { events += decoder.feed([byte], at: Double(index) * 0.001) }
        #expect(events + decoder.expire(at: 10) == decode(bytes.utf8))
    }

    @Test func `a lone escape is a key after its delay`() {
        var decoder = InputDecoder()
        #expect(decoder.feed([0x1B], at: 1).isEmpty)
        #expect(decoder.deadline == 1.05)
        #expect(decoder.expire(at: 1.049).isEmpty)
        #expect(decoder.expire(at: 1.05) == [.key(.escape)])
        #expect(decoder.deadline == nil)
        #expect(decoder.feed(Array("[I".utf8), at: 2) == [.key(.character("[")), .key(.character("I"))])
    }

    @Test(arguments: [
        "\u{1B}[", "\u{1B}[1;", "\u{1B}O", "\u{1B}]0;title", "\u{1B}P", "\u{1B}]x\u{1B}", "\u{1B}[M!", "\u{1B}[[",
        "\u{1B}(",
    ])
    func `a sequence cut off is given up`(bytes: String) {
        var decoder = InputDecoder()
        #expect(decoder.feed(bytes.utf8, at: 0).isEmpty)
        #expect(decoder.expire(at: 1) == [.ignored])
        #expect(decoder.feed([UInt8(ascii: "e")], at: 1) == [.key(.character("e"))])
    }

    @Test(arguments: ["\u{1B}[1", "\u{1B}O", "\u{1B}]0;t", "\u{1B}P1", "\u{1B}", "\u{1B}[M!"])
    func `control c reaches through broken sequences`(bytes: String) {
        #expect(decode((bytes + "\u{03}").utf8).last == .key(.control("c")))
    }

    @Test func `invalid UTF-8 is dropped`() {
        #expect(decode([0xFF, 0xC0, 0x80, 0x61]) == [.key(.character("a"))])
        #expect(decode([0xE2, 0x82, 0x61]) == [.key(.character("a"))])
        #expect(decode([0xED, 0xA0, 0x80, 0x61]) == [.key(.character("a"))])
        #expect(decode([0xF4, 0x90, 0x80, 0x80, 0x61]) == [.key(.character("a"))])
    }

    @Test func `a paste that never ends is bounded`() throws {
        var decoder = InputDecoder()
        #expect(decoder.feed("\u{1B}[200~".utf8, at: 0).isEmpty)
        #expect(decoder.feed([UInt8](repeating: 0x61, count: 200_000), at: 0).isEmpty)
        let events = decoder.expire(at: 1)
        guard case .paste(let text) = try #require(events.first) else { throw Unexpected() }
        #expect(text.utf8.count == InputDecoder.pasteLimit)
        #expect(decoder.feed([0x62], at: 2) == [.key(.character("b"))])
    }

    @Test func `an endless string is given up`() {
        var decoder = InputDecoder()
        _ = decoder.feed("\u{1B}]".utf8, at: 0)
        for tenth in 1...30 { #expect(decoder.feed([0x61], at: Double(tenth) / 10).isEmpty) }
        #expect(decoder.feed([0x61], at: 3.1).last == .key(.character("a")))
    }

    @Test func `random bytes never stall`() {
        var generator = SplitMix(state: 1)
        var decoder = InputDecoder()
        var time = 0.0
        let interesting = Array("\u{1B}[]OP<;~Mm\\_?0123456789".utf8)
        for round in 0..<400 {
            let bytes = (0..<250).map { _ in
                generator.next() % 2 == 0
                    ? UInt8(truncatingIfNeeded: generator.next())
                    : interesting[Int(generator.next() % UInt64(interesting.count))]
            }
            _ = decoder.feed(bytes, at: time)
            guard round % 20 == 0 else { continue }
            time += 2
            _ = decoder.expire(at: time)
            #expect(decoder.deadline == nil)
            #expect(decoder.feed([0x61], at: time) == [.key(.character("a"))])
        }
    }

    private struct Unexpected: Error {}
}

/// A small fixed generator (Steele et al. 2014), so that a failure repeats.
private struct SplitMix {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
