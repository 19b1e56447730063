import Runs

/// The numbers of one step, for a read-out.
package struct StepValues: Hashable, Sendable {
    package var step: Int
    /// By metric.
    private var numbers: [Double]
    /// The step is so long ago that these are means of 256 steps.
    package var isBucket: Bool

    /// - Parameter numbers: one for each metric.
    init(step: Int, numbers: [Double], isBucket: Bool) {
        self.step = step
        self.numbers = numbers
        self.isBucket = isBucket
    }

    /// The number; NaN where there is none, as of accuracy where the loss has no classes.
    package subscript(metric: Metric) -> Double { numbers[metric.rawValue] }
}
