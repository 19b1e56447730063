import Foundation

/// An exponential moving average without the bias of its start: m_t / (1 - beta^t), as in Adam (Kingma and Ba 2015, section
/// 3) and in TensorBoard's smoothing. Values that are not finite are skipped.
package struct MovingAverage: Hashable, Sendable {
    /// The weight of the past where nobody chose another.
    package static let usualSmoothing = 0.9

    /// m_t = beta m_(t-1) + (1 - beta) x_t, from m_0 = 0.
    private var mean = 0.0
    /// beta^t, 1 before the first value.
    private var bias = 1.0

    /// The average of no values.
    package init() {}

    /// Takes the next value.
    /// - Parameter smoothing: the weight of the past, beta, 0 (off) to below 1.
    package mutating func add(_ value: Double, smoothing: Double) {
        guard value.isFinite else { return }
        mean = smoothing * mean + (1 - smoothing) * value
        bias *= smoothing
    }

    /// Takes the next values, the oldest first.
    mutating func add(contentsOf values: UnsafeBufferPointer<Double>, smoothing: Double) {
        var average = self
        for value in values { average.add(value, smoothing: smoothing) }
        self = average
    }

    /// Takes the same value so many times as the weight says that is left of the past: `weight(of:smoothing:)`.
    mutating func add(_ value: Double, keeping weight: Double) {
        mean = weight * mean + (1 - weight) * value
        bias *= weight
    }

    /// What is left of the past after so many values.
    static func weight(of count: Int, smoothing: Double) -> Double { pow(smoothing, Double(count)) }

    /// The average of everything so far, nil before the first finite value.
    package var value: Double? { bias < 1 ? mean / (1 - bias) : nil }
}
