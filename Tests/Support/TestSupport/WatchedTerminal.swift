import Glibc
import Machine
import Synchronization

/// A pseudo-terminal whose person sees everything that a program draws.
package final class WatchedTerminal: Sendable {
    private let pseudo: PseudoTerminal
    private let eyes: Eyes

    private final class Eyes: Sendable {
        let seen = Mutex<[UInt8]>([])
    }

    /// - Parameters:
    ///   - speed: what the line tells about itself, such as `B9600`; nil for the system's own word.
    ///   - pace: how fast the person's end reads.
    package init(width: Int, height: Int, speed: Int32? = nil, pace: PseudoTerminal.Pace = .unlimited) {
        let eyes = Eyes()
        do {
            pseudo = try PseudoTerminal(width: width, height: height, speed: speed, pace: pace) { bytes in
                eyes.seen.withLock { $0 += bytes }
            }
        } catch {
            preconditionFailure("the system has no pseudo-terminal to give: \(error)")
        }
        self.eyes = eyes
    }

    /// The program's end.
    package var line: Int32 { pseudo.line }

    /// Where other processes find the program's end.
    package var device: String { pseudo.device ?? "nowhere" }

    /// The modes of the line, to be compared.
    package var modes: [UInt32] { pseudo.modes }

    /// The person goes.
    package func hangUp() { pseudo.hangUp() }

    /// The person types.
    package func type(_ text: String) { pseudo.type(text) }

    /// The person pulls at the window.
    package func resize(width: Int, height: Int) { pseudo.resize(width: width, height: height) }

    /// The person reads at another pace.
    package func read(at pace: PseudoTerminal.Pace) { pseudo.read(at: pace) }

    /// How many bytes the person has read since `received()`.
    package var count: Int { eyes.seen.withLock { $0.count } }

    /// What the person has read after so many bytes, without control sequences.
    package func text(after start: Int) -> String {
        let bytes = eyes.seen.withLock { Array($0[min(start, $0.count)...]) }
        return String(decoding: bytes, as: UTF8.self)
            .replacing(/\u{1B}(\[[0-9;?]*[ -\/]*[@-~]|[\(\)].|[78=>])/, with: "")
    }

    /// Everything that has been drawn since the last look. A mark sent behind it tells when all has arrived.
    package func received() -> String {
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
}
