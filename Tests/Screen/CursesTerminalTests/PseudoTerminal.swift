import Cells
import CursesTerminal
import Foundation
import Glibc
import Synchronization

/// Both ends of a pseudo-terminal: the program draws on `line`, a person who always looks reads and types at the other.
final class PseudoTerminal: Sendable {
    private let person: Int32
    let line: Int32
    private let eyes = Eyes()

    private final class Eyes: Sendable {
        let seen = Mutex<[UInt8]>([])
        let isShut = Mutex(false)
        let rest = DispatchSemaphore(value: 0)
    }

    /// - Parameter bytesPerSecond: how fast the person's end reads, nil for as fast as can be.
    init(width: Int, height: Int, bytesPerSecond: Int? = nil) {
        var ends: (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        precondition(openpty(&ends.0, &ends.1, nil, nil, &size) == 0, "the system has no pseudo-terminal to give")
        (person, line) = ends
        // A full line would stop the program, so somebody has to read all the time.
        Thread.detachNewThread { [eyes, person] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !eyes.isShut.withLock({ $0 }) {
                var readable = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
                guard poll(&readable, 1, 20) > 0 else { continue }
                let count = read(person, &buffer, bytesPerSecond.map { max(1, $0 / 50) } ?? buffer.count)
                guard count > 0 else { break }
                if bytesPerSecond != nil { usleep(20_000) }
                eyes.seen.withLock { $0 += buffer[..<count] }
            }
            eyes.rest.signal()
        }
    }

    deinit {
        hangUp()
        close(line)
    }

    func hangUp() {
        let was = eyes.isShut.withLock { shut in
            defer { shut = true }
            return shut
        }
        guard !was else { return }
        eyes.rest.wait()
        close(person)
    }

    func resize(width: Int, height: Int) {
        var size = winsize(ws_row: UInt16(height), ws_col: UInt16(width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(person, UInt(TIOCSWINSZ), &size)
    }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(person, bytes, bytes.count)
    }

    /// How many bytes the person has read and nobody has looked at.
    var unseen: Int { eyes.seen.withLock { $0.count } }

    /// Everything that has been drawn since the last look. A mark sent behind it tells when all has arrived.
    func received() -> String {
        var mark: UInt8 = 0x1E
        _ = write(line, &mark, 1)
        // A lost mark fails a test instead of stopping them all.
        for _ in 0..<50_000 {
            let found = eyes.seen.withLock { bytes -> [UInt8]? in
                guard let end = bytes.firstIndex(of: mark) else { return nil }
                defer { bytes.removeFirst(end + 1) }
                return Array(bytes[..<end])
            }
            if let found { return String(decoding: found, as: UTF8.self) }
            usleep(200)
        }
        return "nothing arrived"
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
