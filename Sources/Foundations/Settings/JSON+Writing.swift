// Appending to bytes that the caller keeps: a log line a training step costs no string in between.
extension JSON {
    /// Appends the value on one line without blanks and without a line end.
    package func write(into bytes: inout [UInt8]) {
        switch self {
        case .null: bytes.append(contentsOf: "null".utf8)
        case .bool(let flag): Self.write(flag, into: &bytes)
        case .integer(let integer): Self.write(integer, into: &bytes)
        case .unsigned(let integer): Self.write(digitsOf: integer, into: &bytes)
        case .number(let number): Self.write(number, into: &bytes)
        case .float(let number): Self.write(number, into: &bytes)
        case .string(let text): Self.write(text, into: &bytes)
        case .array(let elements):
            bytes.append(UInt8(ascii: "["))
            for (index, element) in elements.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                element.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "]"))
        case .object(let members):
            bytes.append(UInt8(ascii: "{"))
            for (index, member) in members.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: ",")) }
                Self.write(member.0, into: &bytes)
                bytes.append(UInt8(ascii: ":"))
                member.1.write(into: &bytes)
            }
            bytes.append(UInt8(ascii: "}"))
        }
    }

    /// Appends `true` or `false`.
    package static func write(_ flag: Bool, into bytes: inout [UInt8]) {
        bytes.append(contentsOf: (flag ? "true" : "false").utf8)
    }

    /// Appends the integer in decimal.
    package static func write(_ integer: Int, into bytes: inout [UInt8]) {
        if integer < 0 { bytes.append(UInt8(ascii: "-")) }
        write(digitsOf: UInt64(integer.magnitude), into: &bytes)
    }

    private static func write(digitsOf integer: UInt64, into bytes: inout [UInt8]) {
        var rest = integer
        let first = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        } while rest > 0
        bytes[first...].reverse()
    }

    /// Appends the fewest digits that read back to the same bits, or `"NaN"`, `"Infinity"`, `"-Infinity"` in quotes.
    package static func write(_ number: Double, into bytes: inout [UInt8]) {
        write(floatingPoint: number, into: &bytes)
    }

    /// Appends the fewest digits that read back to the same bits of a `Float`.
    package static func write(_ number: Float, into bytes: inout [UInt8]) {
        write(floatingPoint: number, into: &bytes)
    }

    private static func write(
        floatingPoint number: some BinaryFloatingPoint & CustomStringConvertible, into bytes: inout [UInt8]
    ) {
        guard number.isFinite else {
            let name = number.isNaN ? "\"NaN\"" : number.sign == .minus ? "\"-Infinity\"" : "\"Infinity\""
            bytes.append(contentsOf: name.utf8)
            return
        }
        bytes.append(contentsOf: number.description.utf8)
        // "1.0" is 1; "1e-05" and "-0.5" stay.
        if bytes.suffix(2).elementsEqual(".0".utf8) { bytes.removeLast(2) }
    }

    /// Appends the string in double quotes, escaped as RFC 8259 wants it.
    package static func write(_ text: String, into bytes: inout [UInt8]) {
        bytes.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(byte)
            case UInt8(ascii: "\n"): bytes.append(contentsOf: "\\n".utf8)
            case UInt8(ascii: "\r"): bytes.append(contentsOf: "\\r".utf8)
            case UInt8(ascii: "\t"): bytes.append(contentsOf: "\\t".utf8)
            case 0..<0x20:
                bytes.append(contentsOf: "\\u00".utf8)
                bytes.append(hexadecimalDigits[Int(byte >> 4)])
                bytes.append(hexadecimalDigits[Int(byte & 15)])
            default: bytes.append(byte)
            }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let hexadecimalDigits = Array("0123456789abcdef".utf8)
}
