import Cells
import CursesTerminal
import Foundation
import Machine

/// A terminal that nobody looks at: what is drawn into it is read and thrown away, as fast as a line of so many baud delivers
/// it.
final class BenchmarkTerminal: Sendable {
    private let pseudo: PseudoTerminal
    private let awaited = AwaitedOutput()

    /// - Parameter baud: the line's speed, at ten bits a byte; nil for one without end. 9,600 is also told to whoever asks.
    init(size: Size, baud: Int? = nil) throws {
        do {
            pseudo = try PseudoTerminal(
                width: size.width, height: size.height, speed: baud == 9_600 ? B9600 : nil,
                pace: baud.map { .bytesPerSecond($0 / 10) } ?? .unlimited
            ) { [awaited] in awaited.take($0) }
        } catch {
            throw UsageError("sitter bench: no pseudo-terminal is to be had: \(error)")
        }
    }

    /// The screen on it.
    func open() throws -> Terminal {
        try Terminal(
            .descriptors(input: pseudo.line, output: pseudo.line),
            capabilities: TerminalCapabilities(name: "xterm-256color", colors: .trueColor, glyphs: .unicode))
    }

    /// Types on it, as a person at the other end would.
    func type(_ text: String) { pseudo.type(text) }

    /// Types on it.
    func type(_ bytes: [UInt8]) { pseudo.type(bytes) }

    /// Types a character and waits until it comes out again.
    /// - Parameter text: must not come out for any other reason.
    /// - Returns: the seconds that took, nil after so many of them.
    func echo(_ text: String, timeout: Double) -> Double? {
        awaited.expect(Array(text.utf8))
        let began = MonotonicClock.seconds
        type(text)
        return awaited.wait(timeout: timeout).map { $0 - began }
    }

    /// Changes its size.
    func resize(_ size: Size) { pseudo.resize(width: size.width, height: size.height) }

    /// The modes of the line, to be compared.
    var modes: [UInt32] { pseudo.modes }

    /// Closes both ends.
    func close() { pseudo.close() }
}
