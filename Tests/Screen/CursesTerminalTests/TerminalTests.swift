import Cells
import CursesTerminal
import Foundation
import Glibc
import TestSupport
import Testing

/// One after the other: ncurses has one current screen, and the rescue one terminal.
@Suite(.serialized) struct TerminalTests {
    private let line = WatchedTerminal(width: 40, height: 10)

    private func frame(_ text: String, _ style: Style = .plain, width: Int = 40, height: Int = 10) -> CellBuffer {
        var buffer = CellBuffer(size: Size(width: width, height: height))
        buffer.write(text, x: 1, y: 1, style: style)
        return buffer
    }

    /// Waits until the line has taken everything.
    private func settle(_ terminal: Terminal) {
        for _ in 0..<10_000 where !terminal.outputQueueIsEmpty { usleep(1_000) }
    }

    @Test func `only what changes is sent`() throws {
        let terminal = try line.open()
        _ = line.received()
        terminal.draw(frame("step 1,000"))
        #expect(line.received().contains("step 1,000"))
        terminal.draw(frame("step 1,000"))
        #expect(line.received() == "")
        terminal.draw(frame("step 1,001"))
        let change = line.received()
        #expect(change.contains("1") && !change.contains("step") && change.utf8.count < 20)
        terminal.redraw()
        #expect(line.received().contains("step 1,001"))
    }

    @Test func `true colours arrive as they are`() throws {
        let terminal = try line.open()
        #expect(terminal.capabilities.colors == .trueColor)
        terminal.draw(frame("train", Style(foreground: .rgb(88, 166, 255), background: .rgb(20, 22, 27))))
        let received = line.received()
        #expect(received.contains("38;2;88;166;255"))
        #expect(received.contains("48;2;20;22;27"))
    }

    @Test func `the darkest blues are no palette entries`() throws {
        let terminal = try line.open()
        terminal.draw(frame("x", Style(foreground: .rgb(0, 0, 7))))
        #expect(line.received().contains("38;2;0;1;7"))
    }

    @Test func `palette entries keep their numbers`() throws {
        let terminal = try line.open()
        var buffer = frame("a", Style(foreground: .indexed(3)))
        buffer.write("b", x: 5, y: 3, style: Style(foreground: .indexed(12)))
        buffer.write("c", x: 9, y: 5, style: Style(foreground: .indexed(208)))
        terminal.draw(buffer)
        let received = line.received()
        #expect(received.contains("\u{1B}[33") && received.contains("\u{1B}[94") && received.contains("38;5;208"))
    }

    @Test func `a 256 colour terminal gets its palette`() throws {
        let terminal = try line.open(colors: .palette256)
        terminal.draw(frame("x", Style(foreground: .indexed(208), background: .rgb(255, 0, 0))))
        let received = line.received()
        #expect(received.contains("38;5;208") && received.contains("48;5;196") && !received.contains(";2;"))
    }

    @Test func `eight colours brighten by bold`() throws {
        let terminal = try line.open(colors: .ansi16, name: "xterm")
        terminal.draw(frame("x", Style(foreground: .indexed(9))))
        let received = line.received()
        #expect(received.contains("\u{1B}[31m") && received.contains("1m"))
    }

    @Test func `eight colours have no black on black`() throws {
        let terminal = try line.open(colors: .ansi16, name: "xterm")
        terminal.draw(frame("x", Style(foreground: .indexed(8))))
        let received = line.received()
        #expect(!received.contains("\u{1B}[30m") && received.contains("2m"))
    }

    @Test func `without colours no colour is sent`() throws {
        let terminal = try line.open(colors: .mono)
        _ = line.received()
        terminal.draw(frame("x", Style(foreground: .rgb(1, 200, 3), attributes: [.reverse])))
        let received = line.received()
        #expect(!received.contains("38;") && !received.contains("[3") && received.contains("7m"))
    }

    @Test func `more colours than pairs still draw`() throws {
        let terminal = try line.open()
        for round in 0..<200 {
            var buffer = CellBuffer(size: Size(width: 40, height: 10))
            for index in 0..<400 {
                let value = UInt32(round * 400 + index)
                buffer[index % 40, index / 40] = Cell("▀", Style(foreground: Color(hex: 0x100000 + value)))
            }
            terminal.draw(buffer)
            settle(terminal)
            _ = line.received()
        }
        terminal.draw(frame("end", Style(foreground: .rgb(9, 8, 7))))
        #expect(line.received().contains("38;2;9;8;7"))
    }

    @Test func `glyphs that would shift the row are replaced`() throws {
        let terminal = try line.open()
        var buffer = frame("")
        for (index, scalar) in ["\u{7}", "世", "\u{301}", "⣿"].enumerated() {
            buffer[index, 0] = Cell(Unicode.Scalar(scalar)!)
        }
        terminal.draw(buffer)
        let received = line.received()
        #expect(received.contains("??⣿") && !received.contains("世"))
    }

    @Test func `the terminal is given back as it was`() throws {
        let before = line.modes
        let terminal = try line.open()
        #expect(line.modes != before)
        _ = line.received()
        terminal.setTitle("sitter")
        terminal.close()
        let received = line.received()
        #expect(line.modes == before)
        for mode in ["?1049l", "?1000l", "?1002l", "?1006l", "?2004l", "?1004l", "?25h"] {
            #expect(received.contains(mode), "\(mode)")
        }
        terminal.close()
        terminal.draw(frame("late"))
        #expect(line.received() == "")
        #expect(terminal.nextEvents(timeout: 0) == [.endOfInput])
    }

    @Test(arguments: ["step,loss\n1,0.5\n", "é 训练 🎉\n", "", "a"])
    func `what is copied goes to the clipboard as it is, and nothing else`(text: String) throws {
        let terminal = try line.open()
        _ = line.received()
        #expect(terminal.copy(text))
        let sent = line.received()
        let parts = sent.split(separator: ";", omittingEmptySubsequences: false)
        #expect(parts.count == 3 && parts[0] == "\u{1B}]52" && parts[1] == "c" && parts[2].hasSuffix("\u{1B}\\"))
        let data = Data(base64Encoded: String(parts.last?.dropLast(2) ?? ""))
        #expect(data.map { Array($0) } == Array(text.utf8))
        #expect(text != "a" || sent == "\u{1B}]52;c;YQ==\u{1B}\\")
    }

    @Test func `a text that is too long for a clipboard is not sent, nor where there is none`() throws {
        let terminal = try line.open()
        _ = line.received()
        #expect(!terminal.copy(String(repeating: "a", count: Terminal.longestCopy + 1)))
        #expect(line.received() == "")
        terminal.close()
        _ = line.received()
        #expect(!terminal.copy("late"))
        #expect(line.received() == "")
        let plain = try line.open(colors: .mono, name: "vt100")
        _ = line.received()
        #expect(!plain.copy("a"))
        #expect(line.received() == "")
    }

    @Test func `the mouse is let go and taken back, and nothing else changes`() throws {
        let terminal = try line.open()
        let on = "\u{1B}[?1000h\u{1B}[?1002h\u{1B}[?1006h"
        #expect(line.received().contains(on))
        terminal.setMouse(false)
        #expect(line.received() == "\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l")
        // After a stop it stays the terminal's.
        terminal.draw(frame("before"))
        _ = line.received()
        kill(getpid(), SIGCONT)
        #expect(terminal.nextEvents(timeout: 60_000) == [])
        let taken = line.received()
        let off = try #require(taken.ranges(of: "?1002l").last)
        #expect(taken.ranges(of: "?1002h").allSatisfy { $0.lowerBound < off.lowerBound })
        terminal.setMouse(true)
        #expect(line.received() == on)
    }

    @Test func `opening again works`() throws {
        for round in 0..<5 {
            let terminal = try line.open(colors: round % 2 == 0 ? .trueColor : .palette256)
            terminal.draw(frame("round \(round)"))
            #expect(line.received().contains("round \(round)"))
            terminal.close()
        }
    }

    @Test func `keys arrive as events`() throws {
        let terminal = try line.open()
        line.type("q\u{1B}[A\u{1B}[<0;3;2M\u{3}")
        #expect(
            terminal.nextEvents(timeout: 1_000) == [
                .input(.key(.character("q"))), .input(.key(.up)), .input(.mouse(.init(kind: .press, x: 2, y: 1))),
                .input(.key(.control("c"))),
            ])
        #expect(terminal.nextEvents(timeout: 1) == [])
        line.type("\u{1B}")
        #expect(terminal.nextEvents(timeout: 1_000) == [.input(.key(.escape))])
    }

    @Test func `a new size is an event and a whole frame`() throws {
        let terminal = try line.open()
        terminal.draw(frame("before"))
        _ = line.received()
        line.resize(width: 60, height: 20)
        #expect(terminal.nextEvents(timeout: 1_000).contains(.resized(Size(width: 60, height: 20))))
        #expect(terminal.size == Size(width: 60, height: 20))
        terminal.draw(frame("before", width: 60, height: 20))
        #expect(line.received().contains("before"))
    }

    @Test(arguments: [(1, 1), (10, 3), (500, 150), (2, 40)])
    func `any size draws`(width: Int, height: Int) throws {
        let small = WatchedTerminal(width: width, height: height)
        let terminal = try small.open()
        #expect(terminal.size == Size(width: width, height: height))
        terminal.draw(CellBuffer(size: terminal.size, filledWith: Cell("x")))
        // A frame for a size that is no more.
        terminal.draw(CellBuffer(size: Size(width: width + 7, height: height + 7), filledWith: Cell("y")))
        terminal.draw(CellBuffer(size: Size(width: 0, height: 0)))
        settle(terminal)
        let shown = small.received()
        #expect(shown.contains("x") && shown.contains("y"))
    }

    @Test func `the output queue empties`() throws {
        let terminal = try line.open()
        terminal.draw(frame("x"))
        _ = line.received()
        #expect(terminal.outputQueueIsEmpty)
    }

    @Test func `a line that hangs up ends the input`() throws {
        let hanging = WatchedTerminal(width: 40, height: 10)
        let terminal = try hanging.open()
        hanging.hangUp()
        #expect(terminal.nextEvents(timeout: 1_000).last == .endOfInput)
        terminal.draw(frame("into the void"))
        #expect(terminal.nextEvents(timeout: 0) == [.endOfInput])
        terminal.close()
    }

    @Test func `a stop from outside is the key`() throws {
        let terminal = try line.open()
        kill(getpid(), SIGTSTP)
        #expect(terminal.nextEvents(timeout: 60_000) == [.input(.key(.control("z")))])
    }

    @Test func `after a stop the screen is taken again`() throws {
        let terminal = try line.open()
        terminal.draw(frame("before"))
        _ = line.received()
        kill(getpid(), SIGCONT)
        #expect(terminal.nextEvents(timeout: 60_000) == [])
        terminal.draw(frame("before"))
        let received = line.received()
        #expect(received.contains("?1002h") && received.contains("before"))
    }

    @Test func `a file is no terminal`() throws {
        let null = Glibc.open("/dev/null", O_RDWR)
        defer { Glibc.close(null) }
        #expect(throws: TerminalError.self) {
            try Terminal(
                .descriptors(input: null, output: null),
                capabilities: TerminalCapabilities(name: "xterm", colors: .mono, glyphs: .ascii))
        }
    }

    @Test func `an unknown name is refused with its name`() throws {
        #expect(throws: TerminalError.unknownTerminal(name: "nobody-knows")) { try line.open(name: "nobody-knows") }
    }

    @Test func `wide letters arrive side by side, with room for both halves`() throws {
        let terminal = try line.open()
        terminal.draw(frame("训练一|"))
        #expect(line.received().contains("训练一|"))
        terminal.draw(frame("训练二|"))
        let change = line.received()
        #expect(change.contains("二") && !change.contains("练") && !change.contains("?"))
        terminal.draw(frame("abcdefg"))
        #expect(line.received().contains("abcdef"))
    }

    @Test func `the same size again is a whole frame`() throws {
        let terminal = try line.open()
        terminal.draw(frame("before"))
        _ = line.received()
        // As multiplexers do when another terminal is attached.
        kill(getpid(), SIGWINCH)
        #expect(terminal.nextEvents(timeout: 60_000) == [.resized(Size(width: 40, height: 10))])
        terminal.draw(frame("before"))
        #expect(line.received().contains("before"))
    }
}
