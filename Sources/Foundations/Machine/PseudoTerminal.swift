import Foundation
import Synchronization

/// Both ends of a pseudo-terminal: a program draws on `line`; at the other end a thread of its own reads what arrives, and
/// somebody types.
package final class PseudoTerminal: Sendable {
    /// How fast the other end reads.
    package enum Pace: Hashable, Sendable {
        /// As a line of so many bytes a second delivers, in 50 portions a second.
        case bytesPerSecond(Int)
        /// Not at all.
        case standstill
        /// As fast as can be.
        case unlimited
    }

    /// The program's end.
    package let line: Int32
    private let person: Int32
    private let reader: Reader
    private let isClosed = Mutex(false)

    /// Opens one and begins to read.
    ///
    /// - Parameters:
    ///   - speed: what the line tells about itself to whoever asks, such as `B9600`; nil for the system's own word.
    ///   - arrived: gets the bytes in their order, on the reading thread.
    /// - Throws: why the system gives none.
    package init(
        width: Int, height: Int, speed: Int32? = nil, pace: Pace = .unlimited,
        arrived: @escaping @Sendable (ArraySlice<UInt8>) -> Void
    ) throws(SystemError) {
        var ends: (Int32, Int32) = (-1, -1)
        var size = Self.windowSize(width, height)
        guard openpty(&ends.0, &ends.1, nil, nil, &size) == 0 else { throw SystemError(code: errno) }
        (person, line) = ends
        if let speed {
            var modes = termios()
            tcgetattr(line, &modes)
            cfsetspeed(&modes, speed_t(speed))
            tcsetattr(line, TCSANOW, &modes)
        }
        reader = Reader(pace)
        Thread.detachNewThread { [reader, person] in reader.read(person, arrived) }
    }

    deinit { close() }

    /// Closes the other end, as when the line breaks.
    package func hangUp() {
        if reader.end() { Glibc.close(person) }
    }

    /// Closes both ends. More calls do nothing.
    package func close() {
        let wasClosed = isClosed.withLock { closed in
            defer { closed = true }
            return closed
        }
        guard !wasClosed else { return }
        hangUp()
        Glibc.close(line)
    }

    /// Types bytes on it.
    package func type(_ bytes: [UInt8]) { _ = write(person, bytes, bytes.count) }

    /// Types a text on it.
    package func type(_ text: String) { type(Array(text.utf8)) }

    /// Changes its size, as a window does under a person's hand.
    package func resize(width: Int, height: Int) {
        var size = Self.windowSize(width, height)
        _ = ioctl(person, UInt(TIOCSWINSZ), &size)
    }

    /// Reads at another pace from now on.
    package func read(at pace: Pace) { reader.pace.withLock { $0 = pace } }

    /// The modes of the line, to be compared.
    package var modes: [UInt32] {
        var modes = termios()
        tcgetattr(line, &modes)
        return [modes.c_iflag, modes.c_oflag, modes.c_cflag, modes.c_lflag]
    }

    /// Where other processes find the program's end, such as `/dev/pts/3`.
    package var device: String? { ttyname(line).map { String(cString: $0) } }

    private static func windowSize(_ width: Int, _ height: Int) -> winsize {
        winsize(ws_row: UInt16(clamping: height), ws_col: UInt16(clamping: width), ws_xpixel: 0, ws_ypixel: 0)
    }

    /// What the reading thread shares with the rest. A full line would stop the program, so it reads all the time.
    private final class Reader: Sendable {
        let pace: Mutex<Pace>
        private let isShut = Mutex(false)
        private let hasEnded = DispatchSemaphore(value: 0)

        init(_ pace: Pace) { self.pace = Mutex(pace) }

        func read(_ descriptor: Int32, _ arrived: (ArraySlice<UInt8>) -> Void) {
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !isShut.withLock({ $0 }) {
                var (most, rest): (Int, UInt32) = (buffer.count, 0)
                switch pace.withLock({ $0 }) {
                case .bytesPerSecond(let speed): (most, rest) = (max(1, speed / 50), 20_000)
                case .standstill:
                    usleep(20_000)
                    continue
                case .unlimited: break
                }
                var readable = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                guard poll(&readable, 1, 20) > 0 else { continue }
                let count = Glibc.read(descriptor, &buffer, most)
                guard count > 0 else {
                    // Nobody holds the line just now.
                    usleep(20_000)
                    continue
                }
                arrived(buffer[..<count])
                if rest > 0 { usleep(rest) }
            }
            hasEnded.signal()
        }

        /// Ends the thread, else it might go on reading from whatever is given the same number next.
        /// - Returns: whether this call was the first.
        func end() -> Bool {
            let wasShut = isShut.withLock { shut in
                defer { shut = true }
                return shut
            }
            if !wasShut { hasEnded.wait() }
            return !wasShut
        }
    }
}
