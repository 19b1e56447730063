extension JSON5Reader {
    /// A string in single or double quotes.
    mutating func string(at path: SettingPath) throws(SettingsError) -> String {
        let opening = place
        let quote = byte
        advance()
        var text: [UInt8] = []
        var run = index
        while !atEnd {
            switch bytes[index] {
            case quote:
                defer { advance() }
                if text.isEmpty { return String(decoding: bytes[run..<index], as: UTF8.self) }
                text += bytes[run..<index]
                return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"):
                text += bytes[run..<index]
                try escape(into: &text, at: path)
                run = index
            case .lineFeed, .carriageReturn:
                let line = opening.description(from: place)
                throw error("the line ends, but the string opened at \(line) is not closed", path: path)
            default:
                advance()
            }
        }
        let start = opening.description(from: place)
        throw error("the \(unit) ends, but the string opened at \(start) is not closed", path: path)
    }

    /// Reads the escape at hand; at the end of the text it leaves the complaint to the string.
    private mutating func escape(into text: inout [UInt8], at path: SettingPath) throws(SettingsError) {
        let start = place
        switch byte(ahead: 1) {
        case 0:
            advance()
            return
        case UInt8(ascii: "x"):
            advance(2)
            text.append(utf8Of: try hexadecimal(digits: 2, from: start, at: path))
            return
        case UInt8(ascii: "u"):
            text.append(utf8Of: try unicodeEscape(at: path).value)
            return
        case UInt8(ascii: "0") where !byte(ahead: 2).isDigit: text.append(0)
        case UInt8(ascii: "0")...UInt8(ascii: "9"):
            throw error("octal escapes are not allowed; write \\x or \\u", path: path)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "v"): text.append(0x0B)
        case .carriageReturn where byte(ahead: 2) == .lineFeed: advance()
        case .lineFeed, .carriageReturn: break
        case 0xE2 where byte(ahead: 2) == 0x80 && byte(ahead: 3) & 0xFE == 0xA8: advance(2)
        case let other: text.append(other)
        }
        advance(2)
    }

    /// Reads `\uXXXX`, or two of them that make a surrogate pair.
    mutating func unicodeEscape(at path: SettingPath) throws(SettingsError) -> Unicode.Scalar {
        let start = place
        advance(2)
        let first = try hexadecimal(digits: 4, from: start, at: path)
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, byte == UInt8(ascii: "\\"), byte(ahead: 1) == UInt8(ascii: "u") {
            advance(2)
            let second = try hexadecimal(digits: 4, from: start, at: path)
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw error("half a surrogate pair; both halves are due, as in \\uD83D\\uDE00", at: start, path: path)
    }

    private mutating func hexadecimal(
        digits: Int, from start: Place, at path: SettingPath
    ) throws(SettingsError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<digits {
            guard let digit = byte.hexadecimalValue else {
                throw error("\(digits) hexadecimal digits are due in the escape, not \(found)", at: start, path: path)
            }
            value = value << 4 | digit
            advance()
        }
        return value
    }
}

extension [UInt8] {
    mutating func append(utf8Of value: UInt32) {
        guard let scalar = Unicode.Scalar(value) else { return }
        append(contentsOf: UTF8.encode(scalar)!)
    }
}
