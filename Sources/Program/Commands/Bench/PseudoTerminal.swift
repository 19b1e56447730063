import Cells
import CursesTerminal
import Foundation
import Synchronization
import Training

/// A terminal that nobody looks at: what is drawn into it is read and thrown away by a thread of its own, as fast as a line
/// of so many baud delivers it.
final class PseudoTerminal: Sendable {
    private let primary: Int32
    private let secondary: Int32
    private let awaited = AwaitedOutput()
    private let readerHasEnded = DispatchSemaphore(value: 0)

    /// - Parameter baud: the line's speed, at ten bits a byte; nil for one without end. 9,600 is also told to whoever asks.
    init(size: Size, baud: Int? = nil) throws {
        var (first, second): (Int32, Int32) = (-1, -1)
        var window = winsize(
            ws_row: UInt16(clamping: size.height), ws_col: UInt16(clamping: size.width), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&first, &second, nil, nil, &window) == 0 else {
            throw UsageError("sitter bench: no pseudo-terminal is to be had: \(String(cString: strerror(errno)))")
        }
        (primary, secondary) = (first, second)
        if baud == 9_600 {
            var modes = termios()
            tcgetattr(second, &modes)
            cfsetspeed(&modes, speed_t(B9600))
            tcsetattr(second, TCSANOW, &modes)
        }
        let thread = Thread { [primary, awaited, readerHasEnded] in
            defer { readerHasEnded.signal() }
            var bytes = [UInt8](repeating: 0, count: 65_536)
            let most = baud.map { max(1, $0 / 10 / 50) } ?? bytes.count
            while true {
                let count = read(primary, &bytes, most)
                guard count > 0 else { return }
                awaited.take(bytes[..<count])
                if baud != nil { usleep(20_000) }
            }
        }
        thread.start()
    }

    /// The screen on it.
    func open() throws -> Terminal {
        try Terminal(
            .descriptors(input: secondary, output: secondary),
            capabilities: TerminalCapabilities(name: "xterm-256color", colors: .trueColor, glyphs: .unicode))
    }

    /// Types on it, as a person at the other end would.
    func type(_ text: String) { type(Array(text.utf8)) }

    func type(_ bytes: [UInt8]) { _ = write(primary, bytes, bytes.count) }

    /// Types a character and waits until it comes out again.
    /// - Parameter text: must not come out for any other reason.
    /// - Returns: the seconds that took, nil after so many of them.
    func echo(_ text: String, timeout: Double) -> Double? {
        awaited.expect(Array(text.utf8))
        let began = MonotonicClock.seconds
        type(text)
        return awaited.wait(timeout: timeout).map { $0 - began }
    }

    func resize(_ size: Size) {
        var window = winsize(
            ws_row: UInt16(clamping: size.height), ws_col: UInt16(clamping: size.width), ws_xpixel: 0, ws_ypixel: 0)
        _ = ioctl(primary, UInt(TIOCSWINSZ), &window)
    }

    /// The modes of the line, to be compared.
    var modes: [UInt32] {
        var modes = termios()
        tcgetattr(secondary, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }

    func close() {
        Glibc.close(secondary)
        // Else it may go on reading from whatever is given the same number next.
        _ = readerHasEnded.wait(timeout: .now() + 1)
        Glibc.close(primary)
    }
}
