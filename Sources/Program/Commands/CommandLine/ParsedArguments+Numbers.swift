extension ParsedArguments {
    /// The whole number an option was given, or nil.
    package func wholeNumber(_ name: String, in range: ClosedRange<Int>) throws(UsageError) -> Int? {
        guard let text = value(name) else { return nil }
        guard let number = Int(text), range.contains(number) else {
            throw UsageError("\(name) \(text): a whole number from \(range.lowerBound) to \(range.upperBound) is due")
        }
        return number
    }

    /// The number an option was given, or nil.
    package func number(_ name: String, in range: ClosedRange<Double>) throws(UsageError) -> Double? {
        guard let text = value(name) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw UsageError("\(name) \(text): a number from \(range.lowerBound) to \(range.upperBound) is due")
        }
        return number
    }
}
