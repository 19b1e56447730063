import Foundation
import Runs

/// The line through a noisy series: at each point the mean of the middle half of the span before it, taken in the space of
/// the axis that shows it.
///
/// The span is a share of the points so far, at least 5 of them, so that it follows early falls and is calm later. Of n
/// finite values the n/4 lowest and the n/4 highest (rounded up) do not count: what fills less than a quarter of the span, a
/// spike or what is not finite, never shows, and everything has left the line after one span. Of spans above 256 points that
/// many at most are looked at, evenly spread; spans above 4,096 points are made of the medians of whole blocks of 256 in them,
/// at most 128 of these. On a logarithmic axis values of zero and less lie below all others: they have their place in the
/// order and none in the mean; where most of the middle half is such, the line is below the axis. Shares of the batch (the
/// accuracy) are averaged whole, by their sum, on every axis: none can lie far off, and a batch without an error has no
/// logarithm.
package struct MovingAverage: Hashable, Sendable {
    /// The share of the points so far where nobody chose another.
    package static let usualShare = 0.03
    /// The largest share that can be chosen.
    package static let largestShare = 0.5
    /// The fewest points of a span, where there are as many.
    package static let leastSpan = 5
    /// The share of the steps beyond which measurements made now and then count no more, however few there are.
    static let farthest = 0.2
    /// The most values of a span that are looked at.
    static let mostSamples = 256
    /// Spans of more points are made of medians of blocks, which are worked out once; of these as many are looked at.
    static let longSpan = 4_096
    static let mostMedians = 128

    /// The share of the points so far, 0 (no averaging) to 0.5.
    package let share: Double

    /// An average over a share of the points so far, 0 (no averaging) to 0.5.
    package init(share: Double = MovingAverage.usualShare) {
        self.share = share.isFinite ? min(max(0, share), Self.largestShare) : Self.usualShare
    }

    /// How many points the span before and including the newest of `count` points has, at least 1. O(1).
    package func span(after count: Int) -> Int {
        guard share > 0 else { return 1 }
        return min(max(1, count), max(Self.leastSpan, Int((share * Double(count)).rounded())))
    }

    /// The span that ends with a point.
    func span(endingAt point: Int) -> Range<Int> { point + 1 - span(after: point + 1)..<point + 1 }

    /// The mean of the middle half of finite values, nil where there are none; their order is lost. O(n) on average.
    static func middle(of values: UnsafeMutableBufferPointer<Double>, in space: AverageSpace) -> Double? {
        let count = values.count
        guard count > 1 else { return values.first }
        let outer = min((count + 3) / 4, (count - 1) / 2)
        let inner = outer..<count - outer
        values.select(inner.lowerBound, in: 0..<count)
        values.select(inner.upperBound - 1, in: inner.lowerBound..<count)
        let middle = UnsafeMutableBufferPointer(rebasing: values[inner])
        switch space {
        case .linear:
            let sum = middle.reduce(0, +)
            if sum.isFinite { return sum / Double(middle.count) }
            // Each by its part: the sum of huge values has no place in a Double.
            let part = 1 / Double(middle.count)
            return middle.reduce(0) { $0 + $1 * part }
        case .logarithmic: return geometricMean(of: middle)
        }
    }

    /// The geometric mean of the positive values; the median where most are not.
    private static func geometricMean(of values: UnsafeMutableBufferPointer<Double>) -> Double {
        // One logarithm for all: significands of 1 to 2 are multiplied, exponents are added.
        var (product, exponents, positive) = (1.0, 0, 0)
        for value in values where value > 0 {
            product *= value.significand
            exponents += Int(value.exponent)
            positive += 1
        }
        guard 2 * positive > values.count else {
            values.select((values.count - 1) / 2, in: 0..<values.count)
            return values[(values.count - 1) / 2]
        }
        return exp2((log2(product) + Double(exponents)) / Double(positive))
    }
}

extension MovingAverage {
    /// The line through values measured now and then: at each the middle half of those within the share of the steps so far
    /// before it, at least 5 of them where so many are of the last fifth of the steps. O(n times those in a span).
    /// - Parameter points: rising in x, in steps; their y finite.
    /// - Returns: one value for each point.
    package func line(through points: [(step: Double, value: Double)], in space: AverageSpace) -> [Double] {
        guard share > 0 else { return points.map(\.value) }
        var (first, oldest) = (0, 0)
        return points.indices.map { last in
            let step = points[last].step
            while first < last, points[first].step <= step - share * max(0, step) { first += 1 }
            while oldest < last, points[oldest].step <= step - Self.farthest * max(0, step) { oldest += 1 }
            let begin = min(first, max(oldest, last + 1 - Self.leastSpan))
            return withUnsafeTemporaryAllocation(of: Double.self, capacity: last + 1 - begin) { values in
                for place in begin...last { values[place - begin] = points[place].value }
                return Self.middle(of: values, in: space) ?? points[last].value
            }
        }
    }
}
