/// A number as a person types it: `0.01`, or `*0.5` (also `x` and `×`) or `/3` (also `÷`) of the one there is.
enum TypedNumber: Hashable, Sendable {
    case value(Double)
    /// What the number there is is multiplied with, above 0.
    case factor(Double)
    /// What is wrong with the text and what would be right.
    case mistake(String)

    private static let signs = "*x×/÷"

    /// Whether a text is about a factor.
    static func isFactor(_ text: String) -> Bool { text.first.map(signs.contains) ?? false }

    /// - Parameters:
    ///   - text: blanks in it do not count; an empty one is none.
    ///   - example: what would be right where no sign is typed.
    init?(_ text: String, example: String = "0.01, *0.5 or /3") {
        var digits = text.filter { !$0.isWhitespace }
        guard !digits.isEmpty else { return nil }
        let sign = Self.isFactor(digits) ? digits.removeFirst() : nil
        if digits.contains(",") {
            self = .mistake("write the point as in 0.01, not a comma")
            return
        }
        guard !digits.isEmpty, digits.allSatisfy({ "0123456789.eE+-".contains($0) }), let number = Double(digits) else {
            self = .mistake("not a number: type \(sign.map { "\($0)0.5" } ?? example)")
            return
        }
        guard number.isFinite else {
            self = .mistake("the number is too large")
            return
        }
        guard let sign else {
            self = .value(number)
            return
        }
        let factor = "/÷".contains(sign) ? 1 / number : number
        self = number > 0 ? .factor(factor) : .mistake("the factor must be above 0")
    }
}
