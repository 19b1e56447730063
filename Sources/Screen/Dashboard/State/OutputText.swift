/// Makes lines that a screen can show out of whatever bytes a program prints.
///
/// A carriage return begins the line anew, as progress bars do; escape sequences and control characters go, tabs become
/// blanks, and what is no UTF-8 is replaced.
package struct OutputText: Hashable, Sendable {
    /// Longer lines are cut into pieces.
    static let longest = 2_000

    /// The bytes of the line under way.
    private var line: [UInt8] = []
    private var escape = Escape.none
    private var returned = false

    private enum Escape: Hashable { case none, begun, control, command, commandEnd }

    /// Nothing printed yet.
    package init() {}

    /// Takes bytes in and gives the lines that they finish.
    package mutating func take(_ bytes: [UInt8]) -> [String] {
        var lines: [String] = []
        for byte in bytes {
            if escape != .none {
                skip(byte)
                continue
            }
            switch byte {
            case 0x1B: escape = .begun
            case 0x0A:
                lines.append(finish())
            case 0x0D: returned = true
            case 0x08: if !line.isEmpty { line.removeLast() }
            default:
                if returned {
                    line = []
                    returned = false
                }
                if byte == 0x09 {
                    line += Array(repeating: 0x20, count: 8 - line.count % 8)
                } else if byte >= 0x20, byte != 0x7F {
                    line.append(byte)
                }
                // Not within a character of several bytes.
                if line.count >= Self.longest, byte < 0x80 { lines.append(finish()) }
            }
        }
        return lines
    }

    /// The line that no line end has come for yet, if it has text.
    package mutating func rest() -> String? { line.isEmpty ? nil : finish() }

    /// The text of the unfinished line.
    package var unfinished: String { Self.shown(line) }

    private mutating func finish() -> String {
        defer {
            line = []
            returned = false
        }
        return Self.shown(line)
    }

    /// `Esc [ … letter`, `Esc ] … BEL` or `Esc ] … Esc \`, and `Esc x`.
    private mutating func skip(_ byte: UInt8) {
        switch escape {
        case .begun: escape = byte == 0x5B ? .control : byte == 0x5D ? .command : .none
        case .control: if (0x40...0x7E).contains(byte) { escape = .none }
        case .command: if byte == 0x07 { escape = .none } else if byte == 0x1B { escape = .commandEnd }
        case .commandEnd, .none: escape = .none
        }
    }

    /// C1 controls would be escape sequences to some terminals.
    private static func shown(_ bytes: [UInt8]) -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.unicodeScalars.contains(where: { (0x80...0x9F).contains($0.value) }) else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.filter { !(0x80...0x9F).contains($0.value) }))
    }
}
