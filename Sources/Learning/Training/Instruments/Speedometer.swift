import Foundation

/// Throughput, smoothed over about one second of training.
package struct Speedometer: Hashable, Sendable {
    private var samples = 0.0
    private var seconds = 0.0

    /// Before the first step.
    package init() {}

    /// Samples a second, 0 before the first step.
    package var samplesPerSecond: Double { seconds > 0 ? samples / seconds : 0 }

    /// Takes a step in; older ones fade with a time constant of one second.
    package mutating func add(samples count: Int, seconds duration: Double) {
        let kept = exp(-duration)
        samples = samples * kept + Double(count)
        seconds = seconds * kept + duration
    }
}
