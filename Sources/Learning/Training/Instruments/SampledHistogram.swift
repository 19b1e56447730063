import Runs

/// A histogram over the range of every so many numbers, in two passes.
struct SampledHistogram {
    /// About as many numbers are looked at, whatever a layer's size.
    static let sampleSize = 8_192

    private(set) var histogram = Histogram(low: .infinity, high: -.infinity)

    /// Widens the range; what is not finite is left out.
    mutating func look(at numbers: UnsafePointer<Float>, _ range: Range<Int>, stride: Int) {
        var (low, high) = (histogram.low, histogram.high)
        for index in Swift.stride(from: range.lowerBound, to: range.upperBound, by: stride) {
            let number = numbers[index]
            guard number.isFinite else { continue }
            low = min(low, number)
            high = max(high, number)
        }
        (histogram.low, histogram.high) = (low, high)
    }

    /// Counts the same numbers over the range found.
    mutating func count(_ numbers: UnsafePointer<Float>, _ range: Range<Int>, stride: Int) {
        if histogram.low > histogram.high { (histogram.low, histogram.high) = (0, 0) }
        // In double precision, because the width of finite bounds may be infinite in single.
        let (low, width) = (Double(histogram.low), Double(histogram.high) - Double(histogram.low))
        let scale = width > 0 ? Double(Histogram.binCount) / width : 0
        for index in Swift.stride(from: range.lowerBound, to: range.upperBound, by: stride) {
            let number = numbers[index]
            guard number.isFinite else { continue }
            let bin = min(Histogram.binCount - 1, Int((Double(number) - low) * scale))
            histogram.counts[bin] += 1
        }
    }
}
