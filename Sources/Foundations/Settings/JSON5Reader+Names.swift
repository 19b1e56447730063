extension JSON5Reader {
    /// Whether an ES5 identifier (or an escape of one) begins at hand.
    var beginsName: Bool {
        guard let scalar = scalar?.value else { return false }
        return scalar == "\\" || scalar.beginsIdentifier
    }

    /// An unquoted name: an ES5 `IdentifierName`, reserved words included.
    mutating func name(at path: SettingPath) throws(SettingsError) -> String {
        var text: [UInt8] = []
        while let (scalar, length) = scalar {
            if scalar == "\\" {
                let start = place
                guard byte(ahead: 1) == UInt8(ascii: "u") else {
                    throw error("only \\u escapes are allowed in a key without quotes", path: path)
                }
                let escaped = try unicodeEscape(at: path)
                guard text.isEmpty ? escaped.beginsIdentifier : escaped.continuesIdentifier else {
                    throw error(
                        "\(String(escaped).quoted) is not allowed in a key without quotes", at: start, path: path)
                }
                text.append(utf8Of: escaped.value)
            } else if text.isEmpty ? scalar.beginsIdentifier : scalar.continuesIdentifier {
                text += bytes[index..<index + length]
                advance(length)
            } else {
                break
            }
        }
        return String(decoding: text, as: UTF8.self)
    }
}

extension Unicode.Scalar {
    /// `IdentifierStart` of ECMAScript 5.1, section 7.6, without the escape.
    fileprivate var beginsIdentifier: Bool {
        if isASCII { return isLetter || self == "$" || self == "_" }
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .letterNumber:
            return true
        default: return false
        }
    }

    /// `IdentifierPart` of ECMAScript 5.1, section 7.6, without the escape.
    fileprivate var continuesIdentifier: Bool {
        if beginsIdentifier { return true }
        if isASCII { return value >= 0x30 && value <= 0x39 }
        switch properties.generalCategory {
        case .nonspacingMark, .spacingMark, .decimalNumber, .connectorPunctuation: return true
        default: return self == "\u{200C}" || self == "\u{200D}"
        }
    }

    private var isLetter: Bool { value | 0x20 >= 0x61 && value | 0x20 <= 0x7A }
}
