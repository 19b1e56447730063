import Runs

/// Which number of an evaluation decides.
package enum Monitor: String, Hashable, Sendable, CaseIterable {
    case accuracy
    case loss

    /// The default: accuracy where there is one.
    package static func standard(hasAccuracy: Bool) -> Monitor { hasAccuracy ? .accuracy : .loss }

    /// The number that decides: the accuracy where it is asked for and there is one, else the loss.
    package func figure(of evaluation: EvaluationReport) -> MonitoredFigure {
        if self == .accuracy, let accuracy = evaluation.accuracy {
            return MonitoredFigure(value: accuracy, isHigherBetter: true)
        }
        return MonitoredFigure(value: evaluation.loss, isHigherBetter: false)
    }

    /// Whether an evaluation is better than another: a higher accuracy (ties: a lower loss), or a lower loss. What is not finite is
    /// never better.
    package func isBetter(_ one: EvaluationReport, than other: EvaluationReport?) -> Bool {
        guard one.isFinite else { return false }
        guard let other, other.isFinite else { return true }
        let (figure, best) = (figure(of: one), figure(of: other))
        if figure.isHigherBetter, best.isHigherBetter, figure.value != best.value { return figure.beats(best.value) }
        return Monitor.loss.figure(of: one).beats(other.loss)
    }
}

/// A number of an evaluation that is to become better, and which way that is.
package struct MonitoredFigure: Hashable, Sendable {
    /// A share 0...1, or a loss; may be no number.
    package let value: Double
    /// True for an accuracy, false for a loss.
    package let isHigherBetter: Bool

    package init(value: Double, isHigherBetter: Bool) {
        self.value = value
        self.isHigherBetter = isHigherBetter
    }

    /// By how much a number must be better than the best so far to count.
    package enum Margin: Hashable, Sendable {
        /// More than so much.
        case absolute(Double)
        /// More than this share of the best.
        case relative(Double)
    }

    /// Whether it is better than a number by more than a margin; what is no number never is.
    package func beats(_ best: Double, by margin: Margin = .absolute(0)) -> Bool {
        switch margin {
        case .absolute(let delta): isHigherBetter ? value > best + delta : value < best - delta
        case .relative(let share): isHigherBetter ? value > best * (1 + share) : value < best * (1 - share)
        }
    }

    /// Whether it improves on the best so far; the first finite number does.
    package func improves(on best: Double?, by margin: Margin) -> Bool {
        best.map { beats($0, by: margin) } ?? value.isFinite
    }
}

extension EvaluationReport {
    /// Whether it tells anything about the weights: its loss is finite.
    package var isFinite: Bool { loss.isFinite && accuracy?.isFinite != false }
}
