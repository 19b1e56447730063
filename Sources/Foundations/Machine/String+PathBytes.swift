import Glibc

/// Paths are bytes to the system and text here. A byte that is no UTF-8 is one private scalar, U+10FE80 for 0x80 to U+10FEFF for
/// 0xFF, so that every path of the system comes back as the bytes that it was.
extension String {
    private static let strayBytes: ClosedRange<UInt32> = 0x10_FE80...0x10_FEFF

    /// The text that stands for the bytes of a path.
    ///
    /// Bytes that are UTF-8 are that text; those of a scalar that stands for a stray byte count as stray themselves. O(bytes)
    package init(pathBytes bytes: some Sequence<UInt8>) {
        let bytes = Array(bytes)
        if let text = String(validating: bytes, as: UTF8.self), !text.holdsStrayBytes {
            self = text
            return
        }
        var scalars = UnicodeScalarView()
        var place = 0
        while place < bytes.count {
            if let scalar = Self.scalar(at: place, in: bytes) {
                scalars.append(scalar)
                place += UTF8.width(scalar)
            } else {
                // Every byte above ASCII has a scalar, and every ASCII byte is one.
                scalars.append(Unicode.Scalar(0x10_FE00 + UInt32(bytes[place]))!)
                place += 1
            }
        }
        self = String(scalars)
    }

    /// The text that stands for a path of the system, which ends with a NUL.
    package init(path: UnsafePointer<CChar>) {
        self.init(pathBytes: UnsafeBufferPointer(start: path, count: strlen(path)).lazy.map { UInt8(bitPattern: $0) })
    }

    /// The scalar that begins at a place; nil where the bytes are none, or are one that stands for a stray byte.
    private static func scalar(at place: Int, in bytes: [UInt8]) -> Unicode.Scalar? {
        let width =
            switch bytes[place] {
            case ..<0x80: 1
            case 0xC2...0xDF: 2
            case 0xE0...0xEF: 3
            case 0xF0...0xF4: 4
            default: 0
            }
        guard width > 0, place + width <= bytes.count,
            let scalar = String(validating: bytes[place..<place + width], as: UTF8.self)?.unicodeScalars.first,
            !strayBytes.contains(scalar.value)
        else { return nil }
        return scalar
    }

    private var holdsStrayBytes: Bool { unicodeScalars.contains { Self.strayBytes.contains($0.value) } }

    /// The bytes of a path, as the system knows it.
    package var pathBytes: [UInt8] {
        // The first byte of all scalars that far up, and of few others.
        guard utf8.contains(0xF4), holdsStrayBytes else { return Array(utf8) }
        return unicodeScalars.flatMap { scalar in
            Self.strayBytes.contains(scalar.value)
                ? [UInt8(truncatingIfNeeded: scalar.value)] : Array(UTF8.encode(scalar)!)
        }
    }

    /// Lends the bytes of a path to a call of the system, a NUL behind them.
    package func withPathBytes<Result>(_ body: (UnsafePointer<CChar>) throws -> Result) rethrows -> Result {
        try (pathBytes + [0]).withUnsafeBytes { try body($0.assumingMemoryBound(to: CChar.self).baseAddress!) }
    }

    /// A path, or a text with paths in it, as people see it: a stray byte is `\xe9`.
    package var showingStrayBytes: String {
        guard utf8.contains(0xF4), holdsStrayBytes else { return self }
        return unicodeScalars.map { scalar in
            Self.strayBytes.contains(scalar.value)
                ? "\\x" + String(UInt8(truncatingIfNeeded: scalar.value), radix: 16) : String(scalar)
        }.joined()
    }
}
