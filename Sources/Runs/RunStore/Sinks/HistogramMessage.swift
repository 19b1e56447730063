import Runs

/// tensorflow.HistogramProto { min = 1, max = 2, num = 3, sum = 4, sum_squares = 5, bucket_limit = 6, bucket = 7 }
struct HistogramMessage {
    let bytes: [UInt8]

    /// Nil where the bounds are not finite.
    init?(_ layer: LayerStatistics) {
        let histogram = layer.histogram
        guard histogram.low.isFinite, histogram.high.isFinite else { return nil }
        let low = Double(histogram.low)
        let high = Double(histogram.high)
        let total = Double(histogram.total)
        // Equal bounds mean one value, in bin 0: one bucket, because TensorBoard wants rising limits.
        let bins = high > low ? Histogram.binCount : 1
        var limits: [UInt8] = []
        var counts: [UInt8] = []
        for bin in 0..<bins {
            limits.append(double: bin == bins - 1 ? high : low + (high - low) * Double(bin + 1) / Double(bins))
            counts.append(double: Double(histogram.counts[bin]))
        }
        var bytes: [UInt8] = []
        bytes.field(1, double: low)
        bytes.field(2, double: high)
        bytes.field(3, double: total)
        bytes.field(4, double: layer.mean * total)
        bytes.field(5, double: (layer.std * layer.std + layer.mean * layer.mean) * total)
        bytes.field(6, message: limits)
        bytes.field(7, message: counts)
        self.bytes = bytes
    }
}
