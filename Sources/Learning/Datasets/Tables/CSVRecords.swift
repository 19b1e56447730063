/// The records of a CSV text, one after the other (RFC 4180; CR LF, LF and CR end a line; lines of blanks, of separators alone and
/// of comments are skipped).
struct CSVRecords {
    /// One value of a record.
    struct Field {
        /// Where its text lies, without quotes and the blanks around.
        fileprivate(set) var range: Range<Int>
        fileprivate(set) var isQuoted: Bool
        /// Counted from 1.
        fileprivate(set) var line: Int
    }

    private let bytes: [UInt8]
    let dialect: TableDialect
    private let separator: UInt8
    private let path: String
    private var position = 0
    private var line = 1
    /// The fields of the record that `next` read.
    private(set) var fields: [Field] = []
    /// The line it began in, from 1.
    private(set) var recordLine = 1

    /// More columns than that are no table.
    private static let mostColumns = 1 << 20

    /// - Parameter bytes: UTF-8 without a mark.
    init(_ bytes: [UInt8], _ dialect: TableDialect, path: String) {
        self.bytes = bytes
        self.dialect = dialect
        separator = dialect.separator
        self.path = path
    }

    /// Reads the next record into `fields`; false at the end.
    mutating func next() throws(DatasetError) -> Bool {
        repeat {
            guard try nextLine() else { return false }
        } while fields[0].range.isEmpty && fields.count > 1 && fields.allSatisfy { $0.range.isEmpty && !$0.isQuoted }
        return true
    }

    /// Whether the record that was read begins with a mark that comments begin with elsewhere.
    var looksLikeComment: Bool {
        guard let first = fields.first, !first.isQuoted, let byte = bytes[first.range].first else { return false }
        return byte == UInt8(ascii: "#") || byte == UInt8(ascii: "%")
    }

    /// Passes over lines that hold nothing but blanks or a comment.
    private mutating func skipLines() {
        while position < bytes.count {
            var place = position
            while place < bytes.count, isBlank(bytes[place]) { place += 1 }
            if place < bytes.count, bytes[place] == dialect.comment {
                while place < bytes.count, !isLineEnd(bytes[place]) { place += 1 }
            }
            guard place == bytes.count || isLineEnd(bytes[place]) else { return }
            position = place
            if place < bytes.count { endLine() }
        }
    }

    private mutating func nextLine() throws(DatasetError) -> Bool {
        skipLines()
        fields.removeAll(keepingCapacity: true)
        guard position < bytes.count else { return false }
        recordLine = line
        while true {
            fields.append(try field())
            guard fields.count <= Self.mostColumns else {
                throw DatasetError(path, "line \(recordLine): more than \(Self.mostColumns) columns")
            }
            guard position < bytes.count else { return true }
            if isLineEnd(bytes[position]) {
                endLine()
                return true
            }
            // The separator; a field may follow even at the very end.
            position += 1
        }
    }

    /// A field's text with doubled quotes made single.
    func text(_ field: Field) -> String {
        let text = String(decoding: bytes[field.range], as: UTF8.self)
        return field.isQuoted ? text.replacing("\"\"", with: "\"") : text
    }

    /// A field's number; nil where it is none, or not finite in single precision.
    func number(_ field: Field) -> Float? {
        guard dialect.numbers == .plain else { return styledNumber(field) }
        if let exact = shortNumber(field.range) { return Float(exact) }
        guard field.range.count <= 64, let number = Double(text(field)) else { return nil }
        // Swift reads more than tables mean: 0x10, nan, infinity.
        guard
            bytes[field.range].allSatisfy({
                (0x2B...0x39).contains($0) && $0 != 0x2C && $0 != 0x2F || $0 | 0x20 == 0x65
            })
        else { return nil }
        let single = Float(number)
        return single.isFinite ? single : nil
    }

    private func styledNumber(_ field: Field) -> Float? {
        guard field.range.count <= 64, let plain = dialect.numbers.plain(text(field)), let number = Double(plain) else {
            return nil
        }
        let single = Float(number)
        return single.isFinite ? single : nil
    }

    /// Up to 15 digits with a point among them: mantissa and power of ten are exact, so their quotient is the nearest.
    private func shortNumber(_ range: Range<Int>) -> Double? {
        var place = range.lowerBound
        guard place < range.upperBound, range.count <= 17 else { return nil }
        let isNegative = bytes[place] == 0x2D
        if isNegative { place += 1 }
        var (mantissa, digits, decimals, hasPoint) = (0, 0, 0, false)
        while place < range.upperBound {
            let byte = bytes[place]
            if byte >= 0x30, byte <= 0x39 {
                mantissa = mantissa * 10 + Int(byte - 0x30)
                digits += 1
                if hasPoint { decimals += 1 }
            } else if byte == 0x2E, !hasPoint {
                hasPoint = true
            } else {
                return nil
            }
            place += 1
        }
        guard digits > 0, digits <= 15 else { return nil }
        let number = Double(mantissa) / Self.powers[decimals]
        return isNegative ? -number : number
    }

    private static let powers: [Double] = [
        1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
    ]

    private mutating func field() throws(DatasetError) -> Field {
        skipBlanks()
        guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
            let start = position
            while position < bytes.count, bytes[position] != separator, !isLineEnd(bytes[position]) { position += 1 }
            var end = position
            while end > start, isBlank(bytes[end - 1]) { end -= 1 }
            return Field(range: start..<end, isQuoted: false, line: line)
        }
        let first = line
        position += 1
        let start = position
        while true {
            guard position < bytes.count else {
                throw DatasetError(
                    path, "line \(first), column \(fields.count + 1): the quote that opens here is never closed")
            }
            if bytes[position] == UInt8(ascii: "\"") {
                guard position + 1 < bytes.count, bytes[position + 1] == UInt8(ascii: "\"") else { break }
                position += 2
            } else if isLineEnd(bytes[position]) {
                endLine()
            } else {
                position += 1
            }
        }
        let range = start..<position
        position += 1
        skipBlanks()
        guard position >= bytes.count || bytes[position] == separator || isLineEnd(bytes[position]) else {
            throw DatasetError(
                path,
                "line \(line), column \(fields.count + 1): text follows the closing quote; double a quote that belongs "
                    + "to the value")
        }
        return Field(range: range, isQuoted: true, line: first)
    }

    private mutating func endLine() {
        if bytes[position] == 0x0D, position + 1 < bytes.count, bytes[position + 1] == 0x0A { position += 1 }
        position += 1
        line += 1
    }

    private func isLineEnd(_ byte: UInt8) -> Bool { byte == 0x0A || byte == 0x0D }

    private func isBlank(_ byte: UInt8) -> Bool { (byte == 0x20 || byte == 0x09) && byte != separator }

    private mutating func skipBlanks() {
        while position < bytes.count, isBlank(bytes[position]) { position += 1 }
    }
}
