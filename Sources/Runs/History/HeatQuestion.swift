import Runs

/// Which heat map is wanted: a layer's histograms over the steps, in so many columns and bins.
package struct HeatQuestion: Hashable, Sendable {
    /// Which of the watched layers, from 0 on.
    package var layer: Int
    /// Which of its numbers.
    package var quantity: LayerQuantity
    /// Columns over the steps 0 to `end`.
    package var columns: Int
    /// The step at the right edge of the last column.
    package var end: Double
    /// Columns beyond this step stay without data.
    package var reached: Double
    /// Bins of each column from `low` to `high`; of them the upper ones beyond `filled` stay without data.
    package var bins: Int
    /// How many bins from the bottom may hold data, 1 to `bins`.
    package var filled: Int
    /// The values at the outer edges of the first and the last bin, in the unit of what is counted.
    package var low: Double
    package var high: Double

    /// A map of a layer; no fewer than no columns and one bin.
    package init(
        layer: Int, _ quantity: LayerQuantity = .after, columns: Int, end: Double, reached: Double, bins: Int,
        filled: Int, low: Double, high: Double
    ) {
        self.layer = layer
        self.quantity = quantity
        self.columns = max(0, columns)
        self.end = end
        self.reached = reached
        self.bins = max(1, bins)
        self.filled = min(max(1, filled), self.bins)
        self.low = low
        self.high = high
    }

    /// The step in the middle of a column.
    func step(_ column: Int) -> Double { end * (Double(column) + 0.5) / Double(max(1, columns)) }

    /// The first column that may look different once more than the steps up to one were measured.
    func firstChanged(since step: Int?) -> Int {
        guard let step, end > 0 else { return 0 }
        return min(columns, max(0, Int((Double(step) / end * Double(columns)).rounded(.down)) - 1))
    }

    /// Whether a map for another moment has the same columns.
    func isSameMap(as other: HeatQuestion) -> Bool {
        layer == other.layer && quantity == other.quantity && columns == other.columns && end == other.end
            && bins == other.bins && filled == other.filled && low == other.low && high == other.high
    }
}
