import Runs

/// A histogram of an event file, over the 64 equal bins that screens draw.
struct RecordedHistogram {
    /// Mean, std, extremes and histogram of the numbers; what was not recorded is NaN.
    let statistics: LayerStatistics

    /// tensorflow.HistogramProto { min = 1, max = 2, num = 3, sum = 4, sum_squares = 5, bucket_limit = 6, bucket = 7 }
    /// - Returns: nil for one of no numbers, or of numbers that are not finite.
    init?(_ message: ProtobufReader) {
        var message = message
        var (low, high, count, sum, squares) = (0.0, 0.0, 0.0, 0.0, 0.0)
        var limits: [Double] = []
        var counts: [Double] = []
        while let field = message.next() {
            switch (field.number, field.value) {
            case (1, .fixed64(let bits)): low = Double(bitPattern: bits)
            case (2, .fixed64(let bits)): high = Double(bitPattern: bits)
            case (3, .fixed64(let bits)): count = Double(bitPattern: bits)
            case (4, .fixed64(let bits)): sum = Double(bitPattern: bits)
            case (5, .fixed64(let bits)): squares = Double(bitPattern: bits)
            case (6, .bytes(let packed)): limits += packed.doubles
            case (7, .bytes(let packed)): counts += packed.doubles
            case (6, .fixed64(let bits)): limits.append(Double(bitPattern: bits))
            case (7, .fixed64(let bits)): counts.append(Double(bitPattern: bits))
            default: break
            }
        }
        guard limits.count == counts.count, low.isFinite, high.isFinite, high >= low else { return nil }
        // TensorBoard's first bucket begins at the lowest number, and its last may end at the largest double.
        var left = low
        var bins: [(left: Double, right: Double, count: Double)] = []
        for (limit, count) in zip(limits, counts) {
            bins.append((left, min(max(limit, left), high), count))
            left = bins[bins.count - 1].right
        }
        let mean = sum / count
        let variance = squares / count - mean * mean
        self.init(bins, low: low, high: high, mean: mean, std: max(0, variance).squareRoot())
    }

    /// Bins with their ends, as TensorFlow 2 writes them; mean and std are those of their middles.
    init?(_ bins: [(left: Double, right: Double, count: Double)]) {
        let used = bins.filter { $0.count > 0 }
        guard let low = used.map(\.left).min(), let high = used.map(\.right).max() else { return nil }
        let count = used.reduce(0) { $0 + $1.count }
        let mean = used.reduce(0) { $0 + ($1.left + $1.right) / 2 * $1.count } / count
        let variance = used.reduce(0) {
            $0 + (($1.left + $1.right) / 2 - mean) * (($1.left + $1.right) / 2 - mean) * $1.count
        }
        self.init(used, low: low, high: high, mean: mean, std: (variance / count).squareRoot())
    }

    private init?(
        _ bins: [(left: Double, right: Double, count: Double)], low: Double, high: Double, mean: Double, std: Double
    ) {
        let total = bins.reduce(0) { $0 + $1.count }
        guard low.isFinite, high.isFinite, total > 0, total.isFinite, bins.allSatisfy({ $0.count >= 0 }),
            Float(low).isFinite, Float(high).isFinite
        else { return nil }
        // More than there is room for are told in proportion.
        let scale = min(1, 4e9 / total)
        var histogram = Histogram(low: Float(low), high: Float(high))
        let width = (high - low) / Double(Histogram.binCount)
        var place = 0
        var (below, sum) = (0.0, 0.0)
        var rounded = 0.0
        for bin in 0..<Histogram.binCount {
            let end = bin == Histogram.binCount - 1 ? Double.infinity : low + width * Double(bin + 1)
            // Half a millionth of a bin is rounding.
            while place < bins.count, bins[place].right <= end + width * 5e-7 {
                below += bins[place].count
                place += 1
            }
            sum = below
            if place < bins.count, bins[place].left < end, bins[place].right > bins[place].left {
                let share = (end - bins[place].left) / (bins[place].right - bins[place].left)
                sum += bins[place].count * min(1, max(0, share))
            }
            let now = (sum * scale).rounded()
            histogram.counts[bin] = UInt32(max(0, now - rounded))
            rounded = max(rounded, now)
        }
        var statistics = LayerStatistics.empty
        (statistics.mean, statistics.std) = (mean, std)
        (statistics.minimum, statistics.maximum) = (Float(low), Float(high))
        statistics.histogram = histogram
        statistics.preactivation = histogram
        self.statistics = statistics
    }
}

extension ProtobufReader {
    /// What is left, as a packed list of doubles.
    fileprivate var doubles: [Double] {
        let bytes = content
        return stride(from: 0, through: bytes.count - 8, by: 8).map {
            Double(bitPattern: bytes.littleEndian(at: $0, count: 8))
        }
    }
}
