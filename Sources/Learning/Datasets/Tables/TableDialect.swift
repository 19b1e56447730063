import Runs

/// How a table is written down: what separates its columns, marks its comments, and how its numbers look.
struct TableDialect: Equatable {
    /// One ASCII character.
    var separator: UInt8
    /// What a line that is skipped begins with; nil for none.
    var comment: UInt8?
    var numbers = NumberStyle.plain

    /// What the same text may be meant to be, the likeliest first.
    var others: [TableDialect] {
        let rest = Array(";\t|, ".utf8).filter { $0 != separator }
        return ([separator] + rest).flatMap { separator in
            // Who separates by commas has no decimal commas, unless they are quoted.
            let styles: [NumberStyle] =
                separator == UInt8(ascii: ",") ? [.plain, .grouped, .decimalComma] : [.plain, .decimalComma, .grouped]
            return styles.map { TableDialect(separator: separator, comment: comment, numbers: $0) }
        }.filter { $0 != self }
    }

    /// What is said where it was found out.
    func warning(insteadOf asked: TableDialect, _ path: String) -> StartWarning {
        var words: [String] = []
        if separator != asked.separator {
            let name = separator == UInt8(ascii: "\t") ? "\\t" : String(Unicode.Scalar(separator))
            words.append("columns are separated by \"\(name)\" (separator: \"\(name)\" says so)")
        }
        if numbers != asked.numbers { words.append("it is read as \(numbers.words)") }
        return StartWarning("csv.dialect", .notice, "\(path): \(words.joined(separator: "; "))")
    }
}
