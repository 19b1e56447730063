import Cells
import CursesTerminal
import Foundation
import Glibc
import TestSupport
import Testing

extension TerminalTests {
    /// What must reach each kind of terminal, with what the environment of one says.
    struct Kind: Sendable, CustomTestStringConvertible {
        let name: String
        let colors: ColorDepth
        let glyphs: GlyphSet
        var testDescription: String { name }
    }

    static let kinds = [
        Kind(name: "xterm-256color", colors: .palette256, glyphs: .unicode),
        Kind(name: "tmux-256color", colors: .palette256, glyphs: .unicode),
        Kind(name: "screen", colors: .ansi16, glyphs: .unicode), Kind(name: "linux", colors: .ansi16, glyphs: .ascii),
        Kind(name: "vt100", colors: .mono, glyphs: .unicode),
        Kind(name: "xterm-direct", colors: .trueColor, glyphs: .unicode),
    ]

    @Test(arguments: kinds)
    func `every kind of terminal is drawn on and given back`(kind: Kind) throws {
        let found = try #require(
            TerminalCapabilities.detect(environment: ["TERM": kind.name, "LANG": "en_US.UTF-8"]))
        #expect(found.colors == kind.colors && found.glyphs == kind.glyphs)
        let line = WatchedTerminal(width: 40, height: 10)
        let before = line.modes
        let terminal = try Terminal(.descriptors(input: line.line, output: line.line), capabilities: found)
        #expect(terminal.capabilities.colors == kind.colors)
        var buffer = CellBuffer(size: Size(width: 40, height: 10))
        buffer.write("plain", x: 1, y: 1, style: .plain)
        buffer.write("train", x: 1, y: 3, style: Style(foreground: .rgb(88, 166, 255)))
        buffer.write("⣿○", x: 1, y: 5, style: .plain)
        terminal.draw(buffer)
        let received = line.received()
        #expect(received.contains("plain") && received.contains("train"))
        #expect(received.contains("38;2;88;166;255") == (kind.colors == .trueColor))
        #expect(received.contains("38;5;") == (kind.colors == .palette256))
        if kind.colors == .ansi16 { #expect(received.contains(/\u{1B}\[[0-9;]*3[0-7]m/)) }
        if kind.colors == .mono { #expect(!received.contains(/\u{1B}\[[0-9;]*[34][0-7]m/)) }
        #expect(received.contains("⣿○") == (kind.glyphs == .unicode))
        // Paddings are times to wait, never text.
        #expect(!received.contains("$<"))
        line.type("q\u{1B}[A\u{1B}OB")
        #expect(
            terminal.nextEvents(timeout: 1_000) == [
                .input(.key(.character("q"))), .input(.key(.up)), .input(.key(.down)),
            ])
        terminal.close()
        #expect(line.modes == before)
        #expect(!line.received().contains("$<"))
    }

    @Test func `a dumb terminal is not drawn on`() {
        #expect(TerminalCapabilities.detect(environment: ["TERM": "dumb", "LANG": "en_US.UTF-8"]) == nil)
    }

    /// A line of 9,600 baud: 960 bytes a second leave the pseudo-terminal, and no more.
    @Test(.timeLimit(.minutes(2)))
    func `a slow line keeps nobody waiting`() throws {
        let line = WatchedTerminal(width: 120, height: 40, pace: .bytesPerSecond(960))
        let terminal = try line.open()
        let began = ContinuousClock.now
        var random = UInt32(1)
        var frames = 0
        var longestDraw = Duration.zero
        var longestKey = Duration.zero
        while ContinuousClock.now - began < .seconds(8) {
            if terminal.outputQueueIsEmpty {
                var buffer = CellBuffer(size: Size(width: 120, height: 40))
                for index in 0..<4_800 {
                    random = random &* 1_664_525 &+ 1_013_904_223
                    buffer[index % 120, index / 120] = Cell("x", Style(foreground: Color(hex: random >> 8)))
                }
                let start = ContinuousClock.now
                terminal.draw(buffer)
                longestDraw = max(longestDraw, ContinuousClock.now - start)
                frames += 1
            }
            let start = ContinuousClock.now
            line.type("k")
            let events = terminal.nextEvents(timeout: 1_000)
            longestKey = max(longestKey, ContinuousClock.now - start)
            #expect(events == [.input(.key(.character("k")))])
            usleep(50_000)
        }
        // A frame of some 100 kB is two minutes of this line: nothing waited for it, and no second one was begun.
        #expect(frames == 1)
        #expect(longestDraw < .seconds(1) && longestKey < .seconds(1))
        let leaving = ContinuousClock.now
        terminal.close()
        #expect(ContinuousClock.now - leaving < .seconds(10))
    }

    /// A line that was full once is known: later frames wait until the ones before have arrived.
    @Test(.timeLimit(.minutes(2)))
    func `a slow line is not filled up again`() throws {
        let line = WatchedTerminal(width: 80, height: 24, pace: .bytesPerSecond(20_000))
        let terminal = try line.open()
        var number = 0
        let began = ContinuousClock.now
        var behind: [Int] = []
        while ContinuousClock.now - began < .seconds(8) {
            if terminal.outputQueueIsEmpty {
                number += 1
                behind.append(terminal.bytesSent - line.count)
                var buffer = CellBuffer(size: Size(width: 80, height: 24))
                for index in 0..<1_920 {
                    let color = UInt32(truncatingIfNeeded: (index &+ number &* 7_919) &* 40_503)
                    buffer[index % 80, index / 80] = Cell("x", Style(foreground: Color(hex: color & 0xFFFFFF)))
                }
                terminal.draw(buffer)
            }
            _ = terminal.nextEvents(timeout: 20)
        }
        // Some 40 kB each: two seconds of the line. Without the measured speed a new one would go out whenever the line
        // takes it, 17 kB ahead of what is seen.
        let known = behind.dropFirst(3).sorted()
        #expect(!known.isEmpty && known[known.count / 2] < 14_000, "bytes behind: \(behind)")
    }
}
