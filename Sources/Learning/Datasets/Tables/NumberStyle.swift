/// How the numbers of a table are written.
enum NumberStyle: CaseIterable {
    /// `1234.5`, as programs write them.
    case plain
    /// `1,234.5`, also with blanks, apostrophes or underscores between thousands.
    case grouped
    /// `1.234,5`: a comma before the decimals, whatever stands between thousands.
    case decimalComma

    /// What is said where it was found out.
    var words: String {
        switch self {
        case .plain: "numbers as programs write them"
        case .grouped: "numbers with marks between thousands (1,234.5 is 1234.5)"
        case .decimalComma: "numbers with a decimal comma (1,5 is 1.5, and 1.234,5 is 1234.5)"
        }
    }

    /// The same number as programs write it; nil where it is none in this style.
    func plain(_ text: String) -> String? {
        guard self != .plain else { return text }
        var text = text
        // The blanks of typewriters: no-break, narrow and thin.
        for blank in ["\u{A0}", "\u{202F}", "\u{2009}"] { text = text.replacing(blank, with: " ") }
        var sign = ""
        if let first = text.first, first == "-" || first == "+" || first == "\u{2212}" {
            sign = first == "+" ? "" : "-"
            text.removeFirst()
        }
        let exponent = text.firstIndex { $0 == "e" || $0 == "E" }.map { text[$0...] } ?? ""
        let mantissa = text.dropLast(exponent.count)
        let parts = mantissa.split(
            separator: self == .decimalComma ? "," : ".", omittingEmptySubsequences: false)
        guard parts.count <= 2, let whole = parts.first else { return nil }
        let decimals = parts.count == 2 ? parts[1] : ""
        guard decimals.allSatisfy(Self.isDigit) else { return nil }
        let marks = Set(whole.filter { !Self.isDigit($0) })
        guard marks.count <= 1, marks.isSubset(of: [self == .decimalComma ? "." : ",", " ", "'", "\u{2019}", "_"])
        else {
            return nil
        }
        var digits = String(whole)
        if let mark = marks.first {
            let groups = whole.split(separator: mark, omittingEmptySubsequences: false)
            // Nobody groups 0,123: its comma stands before decimals.
            guard (1...3).contains(groups[0].count), groups[0].first != "0",
                groups.dropFirst().allSatisfy({ $0.count == 3 })
            else { return nil }
            digits = groups.joined()
        }
        guard !digits.isEmpty || !decimals.isEmpty else { return nil }
        return sign + digits + (decimals.isEmpty ? "" : "." + decimals) + exponent
    }

    private static func isDigit(_ character: Character) -> Bool { ("0"..."9").contains(character) }
}
