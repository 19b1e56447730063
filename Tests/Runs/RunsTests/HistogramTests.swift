import Foundation
import Runs
import TestSupport
import Testing

@Suite struct HistogramTests {
    /// As many values as bins, each in the middle of its own.
    private static func even(_ low: Float, _ high: Float) -> Histogram {
        Histogram(low: low, high: high, counts: [UInt32](repeating: 1, count: 64))
    }

    @Test func `rebinning keeps what lies inside and leaves out what lies beyond`() {
        // 64 values over -2...2 on a scale of -1...1: half of them lie inside.
        let counts = Self.even(-2, 2).rebinned(low: -1, high: 1, bins: 8)
        for count in counts { #expect(abs(count - 4) < 1e-9) }
        let (below, above) = Self.even(-2, 2).shares(beyond: -1...1)
        #expect(abs(below - 0.25) < 1e-12 && abs(above - 0.25) < 1e-12)
    }

    @Test func `what is not beyond the ends is in the bins, whatever the bounds`() {
        var random = SplitMix64(seed: 12)
        for _ in 0..<2_000 {
            let low = Float.random(in: -3...1, using: &random)
            let high = Bool.random(using: &random) ? low : low + Float.random(in: 0...4, using: &random)
            var counts = [UInt32](repeating: 0, count: 64)
            for bin in 0..<(low == high ? 1 : 64) { counts[bin] = UInt32.random(in: 0...50, using: &random) }
            let histogram = Histogram(low: low, high: high, counts: counts)
            let ends = -Double.random(in: 0.01...2, using: &random)...Double.random(in: 0.01...2, using: &random)
            let inside = histogram.rebinned(
                low: ends.lowerBound, high: ends.upperBound, bins: Int.random(in: 1...40, using: &random))
            let (below, above) = histogram.shares(beyond: ends)
            let total = Double(histogram.total)
            #expect(abs(inside.reduce(0, +) + (below + above) * total - total) < 1e-6 * max(1, total))
        }
    }

    @Test func `values at the very end of a scale are on it`() {
        var counts = [UInt32](repeating: 0, count: 64)
        counts[0] = 10
        // Equal bounds: all values are the same.
        for value: Float in [-1, 1] {
            let histogram = Histogram(low: value, high: value, counts: counts)
            let bins = histogram.rebinned(low: -1, high: 1, bins: 4)
            #expect(bins == (value < 0 ? [10, 0, 0, 0] : [0, 0, 0, 10]))
            #expect(histogram.shares(beyond: -1...1) == (0, 0))
        }
    }

    @Test func `the reach above zero counts no zeros`() {
        // 900 zeros, and values up to 0.5 but for one in a thousand.
        var counts = [UInt32](repeating: 0, count: 64)
        counts[0] = 900
        for bin in 1..<32 { counts[bin] = 40 }
        counts[63] = 1
        let histogram = Histogram(low: 0, high: 1, counts: counts)
        #expect(histogram.reachAboveZero == 0.5)
        #expect(Histogram(low: 0, high: 0, counts: counts).reachAboveZero == 0)
        #expect(Histogram(low: -1, high: -0.5, counts: counts).reachAboveZero == 0)
        let rest = histogram.without(zeros: 900)
        #expect(rest.counts[0] == 0 && rest.total == histogram.total - 900)
    }

    @Test func `bounds may be as wide as single precision is`() {
        let bound = Float(3e38)
        let histogram = Self.even(-bound, bound)
        let wide = Double(bound)
        for count in histogram.rebinned(low: -wide, high: wide, bins: 8) { #expect(abs(count - 8) < 1e-9) }
        #expect(histogram.rebinned(low: -1, high: 1, bins: 4).allSatisfy { (0..<1e-30).contains($0) })
        let (below, above) = histogram.shares(beyond: -wide / 2...wide / 2)
        #expect(abs(below - 0.25) < 1e-12 && abs(above - 0.25) < 1e-12)
        #expect(abs(histogram.reach / wide - 1) < 1e-6)
        #expect(histogram.reachAboveZero > 0.9 * wide && histogram.reachAboveZero <= wide)
        #expect(histogram.without(zeros: 1).counts[32] == 0)
    }
}
