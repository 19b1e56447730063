extension Histogram {
    /// The counts over other bins: each old bin is spread evenly over what it overlaps. What lies beyond the ends is left out;
    /// `shares(beyond:)` says how much that is.
    ///
    /// Adds to `result` from `offset` on; O(64 + bins).
    package func rebinned(
        low newLow: Double, high newHigh: Double, bins: Int, into result: inout [Double], at offset: Int
    ) {
        let width = (newHigh - newLow) / Double(bins)
        guard width > 0, bins > 0, low.isFinite, high.isFinite else { return }
        // Places and widths in units of the new bins; a histogram of one value is a very narrow one.
        let size = max(binWidth / width, 1e-9)
        let origin = (Double(low) - newLow) / width
        let limit = Double(bins)
        // Values at the very end belong to the last bin, rounded ones too.
        let slack = limit * 1e-6
        for bin in 0..<Self.binCount where counts[bin] > 0 {
            let count = Double(counts[bin])
            let start = origin + Double(bin) * size
            let end = start + size
            guard end >= -slack, start <= limit + slack else { continue }
            let from = min(max(start, 0), limit)
            let through = min(max(end, 0), limit)
            let first = min(bins - 1, Int(from))
            let last = min(bins - 1, Int(through))
            guard last > first else {
                result[offset + first] += size <= slack ? count : count * min(1, (through - from) / size)
                continue
            }
            let density = count / size
            result[offset + first] += (Double(first + 1) - from) * density
            result[offset + last] += (through - Double(last)) * density
            for place in first + 1..<last { result[offset + place] += density }
        }
    }

    /// The counts over other bins as a list.
    package func rebinned(low: Double, high: Double, bins: Int) -> [Double] {
        var result = [Double](repeating: 0, count: max(0, bins))
        rebinned(low: low, high: high, bins: bins, into: &result, at: 0)
        return result
    }

    /// Which shares of the values lie below and above a range, each 0...1; a bin across an end counts by its part. O(64).
    package func shares(beyond range: ClosedRange<Double>) -> (below: Double, above: Double) {
        let sum = Double(total)
        guard sum > 0, low.isFinite, high.isFinite else { return (0, 0) }
        let size = binWidth
        let slack = (range.upperBound - range.lowerBound) * 1e-6
        var (below, above) = (0.0, 0.0)
        for bin in 0..<Self.binCount where counts[bin] > 0 {
            let start = Double(low) + Double(bin) * size
            let count = Double(counts[bin])
            if size > slack {
                below += count * min(1, max(0, (range.lowerBound - start) / size))
                above += count * min(1, max(0, (start + size - range.upperBound) / size))
            } else if start < range.lowerBound - slack {
                below += count
            } else if start > range.upperBound + slack {
                above += count
            }
        }
        return (below / sum, above / sum)
    }

    /// How far from 0 all but a hundredth of the values lie.
    package var reach: Double {
        let sum = total
        guard sum > 0, low.isFinite, high.isFinite else { return 0 }
        let width = binWidth
        var left = 0
        var right = Self.binCount - 1
        var outside = 0
        while left < right {
            let leftEdge = abs(Double(low) + Double(left) * width)
            let rightEdge = abs(Double(low) + Double(right + 1) * width)
            let bin = leftEdge > rightEdge ? left : right
            outside += Int(counts[bin])
            if outside * 100 > sum { return max(leftEdge, rightEdge) }
            if bin == left { left += 1 } else { right -= 1 }
        }
        return max(abs(Double(low)), abs(Double(high)))
    }

    /// Below which value all but a hundredth of those above 0 lie; 0 where none is.
    package var reachAboveZero: Double {
        guard low.isFinite, high.isFinite, high > 0 else { return 0 }
        guard high > low else { return Double(high) }
        let width = binWidth
        // The bin that holds 0 may be full of zeros: it counts for nothing.
        let first = low >= 0 ? (low == 0 ? 1 : 0) : min(Self.binCount, Int(Double(-low) / width) + 1)
        guard first < Self.binCount else { return Double(high) }
        var sum = 0
        for bin in first..<Self.binCount { sum += Int(counts[bin]) }
        var outside = 0
        for bin in (first..<Self.binCount).reversed() {
            outside += Int(counts[bin])
            if outside * 100 > sum { return Double(low) + Double(bin + 1) * width }
        }
        return Double(high)
    }

    /// The histogram without so many of the values that are exactly 0: those of one bin.
    package func without(zeros: Double) -> Histogram {
        guard zeros > 0, low <= 0, high >= 0 else { return self }
        var rest = self
        let width = binWidth
        let bin = width > 0 ? min(Self.binCount - 1, Int(Double(-low) / width)) : 0
        rest.counts[bin] -= UInt32(min(Double(counts[bin]), zeros.rounded()))
        return rest
    }
}
