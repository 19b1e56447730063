import Settings

/// Reads the little JSON that safetensors headers are made of; never deeper than the format, so it needs no stack.
struct SafetensorsHeaderReader {
    private let bytes: ArraySlice<UInt8>
    private let path: String
    private var position: Int

    init(_ bytes: ArraySlice<UInt8>, path: String) {
        self.bytes = bytes
        self.path = path
        position = bytes.startIndex
    }

    /// An error at the present place.
    func error(_ message: String, tensor: String? = nil) -> SafetensorsError {
        tensor == nil
            ? SafetensorsError(path: path, "the header \(message) (byte \(position))")
            : SafetensorsError(path: path, tensor: tensor, message)
    }

    /// Reads an object; `member` reads each value.
    mutating func object(
        _ member: (inout SafetensorsHeaderReader, String) throws(SafetensorsError) -> Void
    ) throws(SafetensorsError) {
        try expect("{")
        if skip("}") { return }
        repeat {
            let key = try string()
            try expect(":")
            try member(&self, key)
        } while skip(",")
        try expect("}")
    }

    /// Reads an array of integers from 0 on that an Int holds.
    mutating func integers() throws(SafetensorsError) -> [Int] {
        try expect("[")
        var values: [Int] = []
        if skip("]") { return values }
        repeat { values.append(try integer()) } while skip(",")
        try expect("]")
        return values
    }

    /// Only blanks may follow.
    mutating func end() throws(SafetensorsError) {
        skipBlanks()
        guard position == bytes.endIndex else { throw error("goes on after its closing }") }
    }

    private mutating func integer() throws(SafetensorsError) -> Int {
        skipBlanks()
        let start = position
        var value = 0
        while position < bytes.endIndex, (0x30...0x39).contains(bytes[position]) {
            let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
            let (sum, carry) = tens.addingReportingOverflow(Int(bytes[position] - 0x30))
            guard !overflow, !carry else { throw error("holds a number too large for any file") }
            value = sum
            position += 1
        }
        let digits = position - start
        guard digits > 0, digits == 1 || bytes[start] != 0x30 else {
            throw error("must hold a whole number from 0 on here")
        }
        return value
    }

    /// Reads a string; one with escapes is given to the reader of settings, once it is known to hold JSON's own only.
    mutating func string() throws(SafetensorsError) -> String {
        try expect("\"")
        let start = position
        var isEscaped = false
        while position < bytes.endIndex {
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard let text = String(validating: bytes[start..<position], as: UTF8.self) else {
                    throw error("is not UTF-8")
                }
                let unescaped = isEscaped ? try unescaped(bytes[start - 1...position]) : text
                position += 1
                return unescaped
            case UInt8(ascii: "\\"):
                isEscaped = true
                try skipEscape()
            case ..<0x20: throw error("holds a control character in a string")
            default: position += 1
            }
        }
        throw error("ends within a string")
    }

    /// Steps over a backslash and what belongs to it.
    private mutating func skipEscape() throws(SafetensorsError) {
        guard position + 1 < bytes.endIndex else { throw error("ends within a string") }
        guard "\"\\/bfnrtu".utf8.contains(bytes[position + 1]) else { throw error("holds an unknown escape") }
        if bytes[position + 1] == UInt8(ascii: "u") {
            let digits = bytes[(position + 2)...].prefix(4)
            guard digits.count == 4, digits.allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }) else {
                throw error("needs four hexadecimal digits here")
            }
        }
        position += 2
    }

    private func unescaped(_ quoted: ArraySlice<UInt8>) throws(SafetensorsError) -> String {
        do throws(SettingsError) {
            return try Setting.parse(Array(quoted), file: path).string()
        } catch {
            throw self.error("holds half of a surrogate pair")
        }
    }

    private mutating func expect(_ character: Unicode.Scalar) throws(SafetensorsError) {
        guard skip(character) else { throw error("is no proper JSON: \(character) is due") }
    }

    private mutating func skip(_ character: Unicode.Scalar) -> Bool {
        skipBlanks()
        guard position < bytes.endIndex, bytes[position] == UInt8(ascii: character) else { return false }
        position += 1
        return true
    }

    private mutating func skipBlanks() {
        while position < bytes.endIndex, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[position]) { position += 1 }
    }
}
