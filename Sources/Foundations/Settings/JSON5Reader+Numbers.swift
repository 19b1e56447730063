extension JSON5Reader {
    /// A number: decimal or hexadecimal, a sign, a leading or trailing point; finite unless `allowsNonFinite`.
    mutating func number(at path: SettingPath) throws(SettingsError) -> Setting.Value {
        let start = place
        let first = index
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { advance() }
        if beginsName {
            let word = try name(at: path)
            guard word == "Infinity" || word == "NaN" else {
                throw error("a number is due after the sign, not \(word.quoted)", at: start, path: path)
            }
            return try nonFinite(word, isNegative: bytes[first] == UInt8(ascii: "-"), from: start, at: path)
        }
        if byte == UInt8(ascii: "0"), byte(ahead: 1) | 0x20 == UInt8(ascii: "x") {
            advance(2)
            guard byte.hexadecimalValue != nil else {
                throw error("hexadecimal digits are due after 0x, not \(found)", path: path)
            }
            while byte.hexadecimalValue != nil { advance() }
        } else {
            try decimalDigits(at: path)
        }
        if beginsName || byte.isDigit || byte == UInt8(ascii: ".") {
            throw error("the number ends before \(found); \",\" or a blank is due", path: path)
        }
        let text = String(decoding: bytes[first..<index], as: UTF8.self)
        guard let value = Double(text), value.isFinite || allowsNonFinite else {
            throw error("\(text.shortened) is too large for a number", at: start, path: path)
        }
        return .number(value, text: text)
    }

    /// The value of `NaN` or `Infinity`, where such numbers are allowed.
    func nonFinite(
        _ word: String, isNegative: Bool, from start: Place, at path: SettingPath
    ) throws(SettingsError) -> Setting.Value {
        guard allowsNonFinite else {
            throw error("the number is not finite; a finite one is due", at: start, path: path)
        }
        let value = word == "NaN" ? Double.nan : Double.infinity
        return .number(isNegative ? -value : value, text: isNegative ? "-" + word : word)
    }

    private mutating func decimalDigits(at path: SettingPath) throws(SettingsError) {
        if byte == UInt8(ascii: "0"), byte(ahead: 1).isDigit {
            throw error("a number does not begin with 0; leave the 0 out", path: path)
        }
        let whole = skipDigits()
        var fraction = 0
        if byte == UInt8(ascii: ".") {
            advance()
            fraction = skipDigits()
        }
        guard whole + fraction > 0 else { throw error("a digit is due here, not \(found)", path: path) }
        guard byte | 0x20 == UInt8(ascii: "e") else { return }
        advance()
        if byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-") { advance() }
        guard skipDigits() > 0 else { throw error("the exponent's digits are due here, not \(found)", path: path) }
    }

    private mutating func skipDigits() -> Int {
        let first = index
        while byte.isDigit { advance() }
        return index - first
    }
}
