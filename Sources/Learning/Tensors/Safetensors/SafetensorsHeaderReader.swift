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

    mutating func string() throws(SafetensorsError) -> String {
        try expect("\"")
        var text: [UInt8] = []
        while position < bytes.endIndex {
            let byte = bytes[position]
            position += 1
            switch byte {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else { throw error("is not UTF-8") }
                return string
            case UInt8(ascii: "\\"): text += try escape()
            case ..<0x20: throw error("holds a control character in a string")
            default: text.append(byte)
            }
        }
        throw error("ends within a string")
    }

    private mutating func escape() throws(SafetensorsError) -> [UInt8] {
        guard position < bytes.endIndex else { throw error("ends within a string") }
        let byte = bytes[position]
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return [byte]
        case UInt8(ascii: "b"): return [0x08]
        case UInt8(ascii: "f"): return [0x0C]
        case UInt8(ascii: "n"): return [0x0A]
        case UInt8(ascii: "r"): return [0x0D]
        case UInt8(ascii: "t"): return [0x09]
        case UInt8(ascii: "u"): return Array(String(try escapedScalar()).utf8)
        default: throw error("holds an unknown escape")
        }
    }

    /// The scalar of `\uXXXX`, of two of them where they are surrogates.
    private mutating func escapedScalar() throws(SafetensorsError) -> Unicode.Scalar {
        var value = try fourHexadecimals()
        if (0xD800..<0xDC00).contains(value), bytes[position...].starts(with: [0x5C, 0x75]) {
            position += 2
            let low = try fourHexadecimals()
            guard (0xDC00..<0xE000).contains(low) else { throw error("holds half of a surrogate pair") }
            value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
        }
        guard let scalar = Unicode.Scalar(value) else { throw error("holds half of a surrogate pair") }
        return scalar
    }

    private mutating func fourHexadecimals() throws(SafetensorsError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard position < bytes.endIndex,
                let digit = Character(Unicode.Scalar(bytes[position])).hexDigitValue
            else { throw error("needs four hexadecimal digits here") }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
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
