extension Setting {
    /// A number; always finite.
    package func double() throws(SettingsError) -> Double {
        guard case .number(let number, _) = value else { throw mismatch("a number is due") }
        return number
    }

    /// A number within `range`, whose bounds may be infinite.
    package func double(in range: ClosedRange<Double>) throws(SettingsError) -> Double {
        let due = Self.phrase("a number", range.lowerBound.bound, range.upperBound.bound)
        return try double(due) { range.contains($0) }
    }

    /// A number within `range`, below its upper bound: `double(in: 0..<1)` for a momentum.
    package func double(in range: Range<Double>) throws(SettingsError) -> Double {
        let due = "a number of at least \(range.lowerBound.shown) and less than \(range.upperBound.shown)"
        return try double(due) { range.contains($0) }
    }

    /// A number above 0 that single precision can hold, neither rounded to 0 nor to infinity.
    package func positiveDouble() throws(SettingsError) -> Double {
        try double("a number above 0") {
            $0 >= Double(Float.leastNonzeroMagnitude) && $0 <= Double(Float.greatestFiniteMagnitude)
        }
    }

    /// A whole number within `range`; `3.0` and `1e3` count as whole, and digits above 2^53 stay exact.
    package func integer(in range: ClosedRange<Int>) throws(SettingsError) -> Int {
        let due = Self.phrase(
            "a whole number", range.lowerBound == .min ? nil : "\(range.lowerBound)",
            range.upperBound == .max ? nil : "\(range.upperBound)")
        guard case .number(let number, let text) = value else { throw mismatch("\(due) is due") }
        guard let whole = Self.isRounded(text) ? Int(exactly: number) : Self.exactInteger(text), range.contains(whole)
        else {
            throw mismatch("\(due) is due")
        }
        return whole
    }

    /// A whole number from 0 to 2^64 - 1; `3.0` and `1e3` count as whole, and digits above 2^53 stay exact.
    package func unsigned() throws(SettingsError) -> UInt64 {
        let due = "a whole number from 0 to \(UInt64.max)"
        guard case .number(let number, let text) = value else { throw mismatch("\(due) is due") }
        guard let whole = Self.isRounded(text) ? UInt64(exactly: number) : Self.exactInteger(text) else {
            throw mismatch("\(due) is due")
        }
        return whole
    }

    /// A whole number of at least the lower bound.
    package func integer(in range: PartialRangeFrom<Int>) throws(SettingsError) -> Int {
        try integer(in: range.lowerBound...Int.max)
    }

    private func double(_ due: String, where isRight: (Double) -> Bool) throws(SettingsError) -> Double {
        guard case .number(let number, _) = value, isRight(number) else { throw mismatch("\(due) is due") }
        return number
    }

    /// Only "1e3" and "3.0" go by their rounded value: digits too many for an integer might round into its range.
    private static func isRounded(_ text: String) -> Bool {
        text.contains { $0 == "." || $0 == "e" || $0 == "E" } && !text.contains { $0 == "x" || $0 == "X" }
    }

    /// The integer that the digits spell, decimal or hexadecimal; nil if they spell none of the type.
    static func exactInteger<Integer: FixedWidthInteger>(_ text: String, as: Integer.Type = Integer.self) -> Integer? {
        let digits = text.drop { $0 == "+" || $0 == "-" }
        guard digits.hasPrefix("0x") || digits.hasPrefix("0X") else { return Integer(text) }
        return Integer((text.hasPrefix("-") ? "-" : "") + digits.dropFirst(2), radix: 16)
    }

    private static func phrase(_ noun: String, _ lower: String?, _ upper: String?) -> String {
        switch (lower, upper) {
        case (nil, nil): noun
        case (let lower?, nil): "\(noun) of at least \(lower)"
        case (nil, let upper?): "\(noun) of at most \(upper)"
        case (let lower?, let upper?): "\(noun) from \(lower) to \(upper)"
        }
    }
}

extension Double {
    fileprivate var shown: String { JSON.number(self).compact }
    fileprivate var bound: String? { isFinite ? shown : nil }
}
