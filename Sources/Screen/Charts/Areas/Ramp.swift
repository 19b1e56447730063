/// Glyphs from faint to dense.
enum Ramp {
    private static let ascii: [Unicode.Scalar] = [".", ":", "-", "=", "+", "*", "#", "%", "@"]

    /// A block of 1 to 8 eighths of the cell's height for 0...1, or its stand-in in ASCII.
    static func block(_ value: Double, isASCII: Bool) -> Unicode.Scalar {
        let level = Int((min(1, max(0, value)) * 7).rounded())
        return isASCII ? ascii[level + 1] : Unicode.Scalar(0x2581 + UInt32(level)) ?? "█"
    }

    /// The ASCII density for 0...1; nothing at 0.
    static func density(_ value: Double) -> Unicode.Scalar {
        value > 0 ? ascii[Int((min(1, value) * 8).rounded())] : " "
    }

    /// The largest value of each of `count` equal parts of a series, nil where a part has no finite value.
    ///
    /// A series shorter than that repeats its values, so that the newest one always stands at the end.
    static func resampled(_ values: [Double?], to count: Int) -> [Double?] {
        guard !values.isEmpty, count > 0 else { return Array(repeating: nil, count: max(0, count)) }
        return (0..<count).map { part in
            let first = part * values.count / count
            let end = max(first + 1, (part + 1) * values.count / count)
            var largest: Double?
            for case let value? in values[first..<end] where !value.isNaN { largest = max(largest ?? value, value) }
            return largest
        }
    }
}
