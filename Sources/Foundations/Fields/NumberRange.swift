/// The numbers that a field takes, and the words for them.
package struct NumberRange: Hashable, Sendable {
    /// The lower end, minus infinity where there is none.
    package let lower: Double
    /// The upper end, infinity where there is none.
    package let upper: Double
    /// Whether `lower` itself is one of the numbers.
    package let includesLower: Bool
    /// Whether `upper` itself is one of the numbers.
    package let includesUpper: Bool
    /// What the number is where a message should call it so: `rate`, `share`; nil for just a number.
    package let noun: String?

    private init(_ lower: Double, _ upper: Double, from: Bool = true, to: Bool = true, noun: String? = nil) {
        self.lower = lower
        self.upper = upper
        includesLower = from
        includesUpper = to
        self.noun = noun
    }

    /// Every finite number.
    package static let all = NumberRange(-.infinity, .infinity)

    /// Numbers above 0 that single precision can hold, neither rounded to 0 nor to infinity.
    package static let positive = NumberRange(0, .infinity, from: false)

    /// A learning rate: above 0 and at most 1e6.
    package static let rate = NumberRange.above(0, atMost: 1e6, noun: "rate")

    /// Numbers from one bound to the other, both included.
    package static func within(_ range: ClosedRange<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound)
    }

    /// Numbers from the lower bound up to below the upper one: `0..<1` for a momentum.
    package static func within(_ range: Range<Double>) -> NumberRange {
        NumberRange(range.lowerBound, range.upperBound, to: false)
    }

    /// Numbers above one bound and below the other.
    package static func above(_ lower: Double, below upper: Double, noun: String) -> NumberRange {
        NumberRange(lower, upper, from: false, to: false, noun: noun)
    }

    /// Numbers above one bound and at most the other.
    package static func above(_ lower: Double, atMost upper: Double, noun: String) -> NumberRange {
        NumberRange(lower, upper, from: false, noun: noun)
    }

    /// Whether the number is finite and lies in the range.
    package func contains(_ number: Double) -> Bool {
        if self == .positive {
            return number >= Double(Float.leastNonzeroMagnitude) && number <= Double(Float.greatestFiniteMagnitude)
        }
        return number.isFinite && (includesLower ? number >= lower : number > lower)
            && (includesUpper ? number <= upper : number < upper)
    }

    /// The range in short: `0 to 1`, `above 0`, `0 to below 1`, `above 0, at most 1e6`; empty for every number.
    package var words: String {
        switch (lower.isFinite, upper.isFinite) {
        case (false, false): ""
        case (true, false): includesLower ? "at least \(lower.inShort)" : "above \(lower.inShort)"
        case (false, true): includesUpper ? "at most \(upper.inShort)" : "below \(upper.inShort)"
        case (true, true):
            includesLower
                ? "\(lower.inShort) to \(includesUpper ? "" : "below ")\(upper.inShort)"
                : "above \(lower.inShort)\(includesUpper ? ", at most" : " and below") \(upper.inShort)"
        }
    }

    /// The range as a refusal says it: `a number from 0 to 1e6`, `a number above 0`, `a share above 0 and below 1`.
    package var demand: String { demand(of: noun ?? "number") }

    /// The same for another noun than its own.
    func demand(of noun: String) -> String {
        let number = "a \(noun)"
        let (low, high) = (lower.inShort, upper.inShort)
        return switch (lower.isFinite, upper.isFinite) {
        case (false, false): number
        case (true, false): "\(number) \(includesLower ? "of at least" : "above") \(low)"
        case (false, true): "\(number) \(includesUpper ? "of at most" : "below") \(high)"
        case (true, true):
            includesLower && includesUpper
                ? "\(number) from \(low) to \(high)"
                : "\(number) \(includesLower ? "of at least" : "above") \(low) and \(includesUpper ? "at most" : "below") \(high)"
        }
    }
}

extension Double {
    /// The number as people write it: `2`, `0.01`, `NaN`, `-Infinity`.
    package var inWords: String {
        if isNaN { return "NaN" }
        if isInfinite { return self > 0 ? "Infinity" : "-Infinity" }
        let text = description
        return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
    }

    /// The same with large powers of ten as `1e6`, for ranges.
    package var inShort: String {
        var rest = magnitude
        var exponent = 0
        while rest >= 10, rest.truncatingRemainder(dividingBy: 10) == 0 {
            rest /= 10
            exponent += 1
        }
        guard exponent >= 5, rest < 10 else { return inWords }
        return "\(self < 0 ? "-" : "")\(rest.inWords)e\(exponent)"
    }
}
