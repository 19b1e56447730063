import Foundation

/// What a terminal understands: the strings of its terminfo entry, as patterns for what a program may write on it.
///
/// Formats: terminfo(5), "Parameterized Strings"; of a conditional every branch is possible.
struct TerminalSequences {
    indirect enum Piece: Hashable {
        case byte(UInt8)
        /// A decimal number.
        case number
        /// Any one byte (`%c`).
        case anything
        case choice([[Piece]])
    }

    private var patterns: Set<[Piece]> = []
    /// The names of the entry's strings.
    private(set) var names: Set<String> = []

    /// Reads what `infocmp -1 -x` prints.
    init(infocmp text: String) {
        for line in text.split(separator: "\n") where line.hasPrefix("\t") {
            guard let equals = line.firstIndex(of: "="), line.hasSuffix(",") else { continue }
            let name = String(line[..<equals].dropFirst())
            // What the terminal sends: keys, and its answers to questions.
            guard !name.hasPrefix("k"), name != "u6", name != "u8" else { continue }
            names.insert(name)
            allow(Self.unescaped(line[line.index(after: equals)...].dropLast()))
        }
    }

    /// Allows a sequence in terminfo's notation.
    mutating func allow(_ sequence: String) { allow(Array(sequence.utf8)) }

    private mutating func allow(_ bytes: [UInt8]) {
        var rest = Self.withoutPadding(bytes)[...]
        let pieces = Self.pieces(&rest)
        // A string of several control functions: each may come by itself.
        for start in pieces.indices where start == 0 || Self.begins(pieces[start]) {
            patterns.insert(Array(pieces[start...]))
        }
    }

    /// What stands in a stream and is neither text nor one of the terminal's own sequences, each with what follows it.
    func unknown(in bytes: [UInt8]) -> [String] {
        var found: [String] = []
        var index = 0
        while index < bytes.count {
            // Line ends are the shell's and every terminal's.
            guard bytes[index] < 0x20 || bytes[index] == 0x7F, bytes[index] != 0x0A, bytes[index] != 0x0D else {
                index += 1
                continue
            }
            let ends = patterns.reduce(into: Set<Int>()) { $0.formUnion(Self.ends($1[...], bytes, index)) }
            if let end = ends.max(), end > index {
                index = end
            } else {
                found.append(bytes[index..<min(bytes.count, index + 16)].map(Self.shown).joined())
                index += 1
            }
        }
        return found
    }

    /// Where a pattern may end in a stream: at its own end, or before one more control function.
    private static func ends(_ pattern: ArraySlice<Piece>, _ bytes: [UInt8], _ start: Int) -> Set<Int> {
        guard let first = pattern.first else { return [start] }
        let rest = pattern.dropFirst()
        let early: Set<Int> = begins(first) ? [start] : []
        guard start < bytes.count || { if case .choice = first { true } else { false } }() else { return early }
        switch first {
        case .byte(let byte): return early.union(bytes[start] == byte ? ends(rest, bytes, start + 1) : [])
        case .anything: return ends(rest, bytes, start + 1)
        case .number:
            var end = start
            var found: Set<Int> = []
            while end < bytes.count, (0x30...0x39).contains(bytes[end]) {
                end += 1
                found.formUnion(ends(rest, bytes, end))
            }
            return found
        case .choice(let branches):
            return branches.reduce(into: []) { $0.formUnion(ends($1 + rest, bytes, start)) }
        }
    }

    private static func begins(_ piece: Piece) -> Bool {
        if case .byte(let byte) = piece { byte < 0x20 } else { false }
    }

    /// Reads up to the end of the text, or to `%e`, `%t` or `%;` of the conditional around it, which stays.
    private static func pieces(_ rest: inout ArraySlice<UInt8>) -> [Piece] {
        var found: [Piece] = []
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%"), let operation = rest.first else {
                found.append(.byte(byte))
                continue
            }
            switch operation {
            case UInt8(ascii: "e"), UInt8(ascii: "t"), UInt8(ascii: ";"):
                rest = [byte] + rest
                return found
            case UInt8(ascii: "?"):
                rest.removeFirst()
                found.append(.choice(branches(&rest)))
            case UInt8(ascii: "%"):
                rest.removeFirst()
                found.append(.byte(byte))
            case UInt8(ascii: "p"), UInt8(ascii: "P"), UInt8(ascii: "g"): rest.removeFirst(2)
            case UInt8(ascii: "{"): rest = rest.drop { $0 != UInt8(ascii: "}") }.dropFirst()
            case UInt8(ascii: "'"): rest.removeFirst(3)
            default:
                // Formats (%d, %2d, %02x) end in a letter; arithmetic is one sign.
                let format = rest.prefix { (0x30...0x39).contains($0) || $0 == UInt8(ascii: ":") }
                rest = rest.dropFirst(format.count)
                switch rest.popFirst() {
                case UInt8(ascii: "d"): found.append(.number)
                case UInt8(ascii: "c"): found.append(.anything)
                default: break
                }
            }
        }
        return found
    }

    /// The branches of `%? if %t then %e if %t then %e else %;`: what a condition writes is nothing.
    private static func branches(_ rest: inout ArraySlice<UInt8>) -> [[Piece]] {
        var found: [[Piece]] = []
        var hasElse = false
        var pending: [Piece] = []
        while true {
            pending = pieces(&rest)
            guard rest.count >= 2 else { break }
            let mark = rest.dropFirst().first
            rest.removeFirst(2)
            if mark == UInt8(ascii: "t") {
                found.append(pieces(&rest))
                guard rest.count >= 2 else { break }
                let next = rest.dropFirst().first
                rest.removeFirst(2)
                if next == UInt8(ascii: ";") { break }
            } else {
                // No condition before it: the last branch.
                hasElse = true
                found.append(pending)
                break
            }
        }
        return hasElse ? found : found + [[]]
    }

    private static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
        let text = String(decoding: bytes, as: UTF8.self)
        return Array(text.replacing(/\$<[0-9.]+[*\/]*>/, with: "").utf8)
    }

    /// `\E[%i%p1%dH` and `^O` as bytes.
    private static func unescaped(_ text: Substring) -> [UInt8] {
        var found: [UInt8] = []
        var rest = Array(text.utf8)[...]
        let letters: [UInt8: UInt8] = [
            0x45: 0x1B, 0x65: 0x1B, 0x6E: 0x0A, 0x6C: 0x0A, 0x72: 0x0D, 0x74: 0x09, 0x62: 0x08, 0x66: 0x0C, 0x73: 0x20,
        ]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "^"), let next = rest.popFirst() {
                found.append(next == UInt8(ascii: "?") ? 0x7F : next & 0x1F)
            } else if byte == UInt8(ascii: "\\"), let next = rest.popFirst() {
                if (0x30...0x37).contains(next) {
                    let digits = [next] + rest.prefix(2)
                    rest = rest.dropFirst(2)
                    found.append(digits.reduce(0) { $0 &* 8 &+ ($1 & 7) } & 0x7F)
                } else {
                    found.append(letters[next] ?? next)
                }
            } else {
                found.append(byte)
            }
        }
        return found
    }

    private static func shown(_ byte: UInt8) -> String {
        byte == 0x1B ? "\\E" : byte < 0x20 ? "^\(Unicode.Scalar(byte + 0x40))" : "\(Unicode.Scalar(byte))"
    }
}
