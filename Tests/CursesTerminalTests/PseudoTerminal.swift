import Cells
import CursesTerminal
import Glibc

/// Both ends of a pseudo-terminal: the program draws on `line`, the test reads and types at `person`.
final class PseudoTerminal {
    let person: Int32
    let line: Int32

    init(width: Int, height: Int) {
        var ends: (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        precondition(openpty(&ends.0, &ends.1, nil, nil, &size) == 0, "the system has no pseudo-terminal to give")
        (person, line) = ends
        _ = fcntl(person, F_SETFL, O_NONBLOCK)
    }

    deinit {
        close(line)
        hangUp()
    }

    func hangUp() { close(person) }

    func resize(width: Int, height: Int) {
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(person, UInt(TIOCSWINSZ), &size)
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(person, bytes, bytes.count)
    }

    /// Everything that has been drawn since the last look.
    func received() -> String {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = read(person, &buffer, buffer.count)
            guard count > 0 else { break }
            all += buffer[..<count]
        }
        return String(decoding: all, as: UTF8.self)
    }

    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(line, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }

    func open(
        colors: TerminalCapabilities.Colors = .trueColor, name: String = "xterm-256color"
    ) throws -> Terminal {
        try Terminal(
            .descriptors(input: line, output: line),
            capabilities: TerminalCapabilities(name: name, colors: colors, glyphs: .unicode))
    }
}
