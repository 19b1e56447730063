/// Estimates how long the rest of a run takes, from the durations of its steps and evaluations so far.
///
/// A pure value: whoever runs the steps measures them, leaves pauses out, and counts what remains.
package struct TimeLeftEstimator: Hashable, Sendable {
    private var step: RecentMean
    private var evaluation: RecentMean
    private let evaluationInSteps: Double
    /// The first step touches every page and fills every cache; it counts only while there is no other.
    private var firstStep: Double?

    /// - Parameter evaluationInSteps: how many steps one evaluation is worth until one was measured. Going forward is
    ///   a third of a step: validation examples / batch size / 3.
    package init(evaluationInSteps: Double = 0) {
        step = RecentMean(span: 200)
        evaluation = RecentMean(span: 4)
        self.evaluationInSteps = evaluationInSteps
    }

    /// Takes the duration of one step, its statistics included, in seconds.
    package mutating func addStep(seconds: Double) {
        if firstStep == nil { firstStep = seconds } else { step.add(seconds) }
    }

    /// Steps take another time from here on.
    package mutating func forgetSteps() {
        step = RecentMean(span: 200)
        firstStep = nil
    }

    /// Takes the duration of one whole evaluation in seconds.
    package mutating func addEvaluation(seconds: Double) {
        evaluation.add(seconds)
    }

    /// Seconds that so many steps and evaluations will take; nil where something remains and no step was measured.
    package func secondsLeft(steps: Int, evaluations: Int) -> Double? {
        if steps <= 0, evaluations <= 0 { return 0 }
        guard let stepSeconds = step.value ?? firstStep else { return nil }
        let evaluationSeconds = evaluation.value ?? stepSeconds * evaluationInSteps
        return Double(max(0, steps)) * stepSeconds + Double(max(0, evaluations)) * evaluationSeconds
    }
}

/// The mean of about the last `span` values: a plain mean while there are fewer, then an exponential one.
///
/// A value counts as 4 times the mean at most, so that one hiccup of the machine does not move the estimate much,
/// while a lasting change comes through within a few values.
private struct RecentMean: Hashable, Sendable {
    let span: Double
    private var count = 0.0
    private var mean = 0.0

    init(span: Double) { self.span = span }

    var value: Double? { count > 0 ? mean : nil }

    mutating func add(_ value: Double) {
        guard value.isFinite, value >= 0 else { return }
        count = min(count + 1, span)
        let counted = count > 1 && mean > 0 ? min(value, 4 * mean) : value
        mean += (counted - mean) / count
    }
}
