import Runs

/// Which number of an evaluation decides.
package enum Monitor: String, Hashable, Sendable, CaseIterable {
    case accuracy
    case loss

    /// The default: accuracy where there is one.
    package static func standard(hasAccuracy: Bool) -> Monitor { hasAccuracy ? .accuracy : .loss }

    /// Whether an evaluation is better than another: a higher accuracy (ties: a lower loss), or a lower loss. NaN is never better.
    package func isBetter(_ one: EvaluationReport, than other: EvaluationReport?) -> Bool {
        guard !one.loss.isNaN else { return false }
        guard let other, !other.loss.isNaN else { return true }
        if self == .accuracy, let accuracy = one.accuracy, let otherAccuracy = other.accuracy,
            accuracy != otherAccuracy
        {
            return accuracy > otherAccuracy
        }
        return one.loss < other.loss
    }
}
