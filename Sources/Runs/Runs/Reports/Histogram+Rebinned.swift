extension Histogram {
    /// The counts over other bins: each old bin is spread evenly over what it overlaps, what lies outside is piled up at the ends.
    package func rebinned(
        low newLow: Double, high newHigh: Double, bins: Int, into result: inout [Double], at offset: Int
    ) {
        let width = (newHigh - newLow) / Double(bins)
        guard width > 0, bins > 0, low.isFinite, high.isFinite else { return }
        // Places and widths in units of the new bins; a histogram of one value is a very narrow one.
        let size = max(Double(high - low) / Double(Self.binCount) / width, 1e-9)
        let origin = (Double(low) - newLow) / width
        let limit = Double(bins)
        for bin in 0..<Self.binCount where counts[bin] > 0 {
            let count = Double(counts[bin])
            let start = origin + Double(bin) * size
            let from = min(max(start, 0), limit)
            let through = min(max(start + size, 0), limit)
            let first = min(bins - 1, Int(from))
            let last = min(bins - 1, Int(through))
            guard last > first else {
                result[offset + first] += count
                continue
            }
            // The end bins take what lies beyond them.
            let density = count / size
            let upper = (start + size - Double(last)) * density
            result[offset + first] += (Double(first + 1) - start) * density
            result[offset + last] += upper
            for place in first + 1..<last { result[offset + place] += density }
        }
    }

    /// The counts over other bins as a list.
    package func rebinned(low: Double, high: Double, bins: Int) -> [Double] {
        var result = [Double](repeating: 0, count: max(0, bins))
        rebinned(low: low, high: high, bins: bins, into: &result, at: 0)
        return result
    }

    /// How far from 0 all but a hundredth of the values lie.
    package var reach: Double {
        let sum = total
        guard sum > 0, low.isFinite, high.isFinite else { return 0 }
        let width = Double(high - low) / Double(Self.binCount)
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
}
