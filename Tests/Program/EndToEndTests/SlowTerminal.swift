import Foundation
import Synchronization

/// A pseudo-terminal whose person reads as slowly as a line of 9,600 baud delivers, or not at all for a while.
final class SlowTerminal: Sendable {
    enum Pace: Equatable, Sendable {
        case bytesPerSecond(Int)
        case standstill
        case unlimited
    }

    private let person: Int32
    private let line: Int32
    /// Where the program's end is.
    let path: String
    private let eyes: Eyes

    private final class Eyes: Sendable {
        let seen = Mutex<[UInt8]>([])
        let pace: Mutex<Pace>
        let isShut = Mutex(false)
        let rest = DispatchSemaphore(value: 0)

        init(_ pace: Pace) { self.pace = Mutex(pace) }
    }

    /// - Parameter speed: what the line tells about itself, as `B9600`.
    init(columns: Int, rows: Int, speed: speed_t, pace: Pace) throws {
        var ends: (Int32, Int32) = (-1, -1)
        var size = winsize(ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
        guard openpty(&ends.0, &ends.1, nil, nil, &size) == 0, let name = ttyname(ends.1) else {
            throw CannotStart(reason: "the system has no pseudo-terminal to give")
        }
        path = String(cString: name)
        var modes = termios()
        tcgetattr(ends.1, &modes)
        cfsetspeed(&modes, speed)
        tcsetattr(ends.1, TCSANOW, &modes)
        (person, line) = ends
        eyes = Eyes(pace)
        Thread.detachNewThread { [eyes, person] in
            var buffer = [UInt8](repeating: 0, count: 65_536)
            while !eyes.isShut.withLock({ $0 }) {
                var most = buffer.count
                switch eyes.pace.withLock({ $0 }) {
                case .bytesPerSecond(let speed):
                    usleep(20_000)
                    most = max(1, speed / 50)
                case .standstill:
                    usleep(20_000)
                    continue
                case .unlimited: break
                }
                var readable = pollfd(fd: person, events: Int16(POLLIN), revents: 0)
                guard poll(&readable, 1, 20) > 0 else { continue }
                let count = read(person, &buffer, most)
                guard count > 0 else {
                    usleep(20_000)
                    continue
                }
                eyes.seen.withLock { $0 += buffer[..<count] }
            }
            eyes.rest.signal()
        }
    }

    deinit {
        eyes.isShut.withLock { $0 = true }
        eyes.rest.wait()
        close(line)
        close(person)
    }

    func pace(_ pace: Pace) { eyes.pace.withLock { $0 = pace } }

    func type(_ text: String) {
        let bytes = Array(text.utf8)
        _ = write(person, bytes, bytes.count)
    }

    /// How many bytes have been read.
    var count: Int { eyes.seen.withLock { $0.count } }

    /// What has been read after so many bytes, without control sequences.
    func text(after start: Int) -> String {
        let bytes = eyes.seen.withLock { Array($0[min(start, $0.count)...]) }
        return String(decoding: bytes, as: UTF8.self)
            .replacing(/\u{1B}(\[[0-9;?]*[ -\/]*[@-~]|[\(\)].|[78=>])/, with: "")
    }

    /// Waits until the text after so many bytes contains words, and says how many bytes that took.
    func bytes(until words: String, after start: Int) async throws -> Int {
        try await eventually("\"\(words)\" on the slow line; it shows: \(text(after: start))") {
            text(after: start).contains(words) ? count - start : nil
        }
    }
}
