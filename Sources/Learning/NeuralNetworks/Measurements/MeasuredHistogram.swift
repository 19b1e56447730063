/// Counts of values over 64 equal bins between the smallest and the largest finite one.
package struct MeasuredHistogram: BitwiseCopyable, Sendable {
    /// Bins of equal width from `low` to `high`.
    package static let binCount = 64

    /// Equal bounds where all values are the same: then bin 0 holds all.
    package var low: Float
    /// Upper end of the last bin.
    package var high: Float
    /// Numbers in each bin.
    package var counts: InlineArray<64, UInt32>

    /// Empty bins over a range.
    package init(low: Float = 0, high: Float = 0) {
        self.low = low
        self.high = high
        counts = InlineArray(repeating: 0)
    }
}
