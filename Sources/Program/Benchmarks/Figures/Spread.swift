import Settings

/// Several measurements of one thing: their median and their extremes.
struct Spread: Hashable, Sendable {
    let median: Double
    let minimum: Double
    let maximum: Double

    /// - Parameter values: at least one; of an even number the median is the mean of the middle two.
    init(_ values: [Double]) {
        precondition(!values.isEmpty, "there is no median of nothing")
        let sorted = values.sorted()
        median = (sorted[(sorted.count - 1) / 2] + sorted[sorted.count / 2]) / 2
        minimum = sorted[0]
        maximum = sorted[sorted.count - 1]
    }

    var json: JSON { ["median": .number(median), "min": .number(minimum), "max": .number(maximum)] }
}
