import Plans
import Runs

/// What is known of a trial: its values, and its runs, one for each fold.
package struct SearchTrial: Hashable, Sendable {
    /// One run of a trial.
    package struct Run: Hashable, Sendable {
        /// Its evaluations by rising steps.
        package internal(set) var scores: [ScoreEvent] = []
        /// How it ended; nil while it has not.
        package internal(set) var end: RunEndEvent?

        /// The best of its evaluations up to a number of epochs; nil where none is finite.
        package func best(_ monitor: Monitor, until epochs: Double = .infinity) -> EvaluationReport? {
            scores.reduce(nil) { best, score in
                score.epochs <= epochs + Self.tolerance && monitor.isBetter(score.report, than: best)
                    ? score.report : best
            }
        }

        /// The epochs of the first evaluation after so many or more; nil before there is one.
        package func reach(of epochs: Double) -> Double? {
            scores.first { $0.epochs >= epochs - Self.tolerance }?.epochs
        }

        /// Steps are counted, epochs divided.
        private static let tolerance = 1e-6
    }

    /// From 0 on.
    package let number: Int
    /// From 0 on.
    package let round: Int
    /// What its ranges have.
    package let values: TrialValues
    /// By fold; one without folds.
    package internal(set) var runs: [Run]

    init(_ event: DrawnEvent, folds: Int) {
        (number, round) = (event.trial, event.round)
        values = TrialValueEntry.values(of: event.values)
        runs = Array(repeating: Run(), count: folds)
    }

    /// Why it ended before all its runs had completed; nil where it did not.
    package var trouble: RunEndEvent? {
        runs.lazy.compactMap(\.end).first { $0.outcome != .completed }
    }

    /// Whether none of its runs goes on or has yet to begin.
    package var hasEnded: Bool { trouble != nil || runs.allSatisfy { $0.end != nil } }

    /// The next run to make; nil where none is left.
    package var nextFold: Int? { trouble == nil ? runs.firstIndex { $0.end == nil } : nil }

    /// Seconds that its runs took.
    package var seconds: Double { runs.reduce(0) { $0 + ($1.end?.seconds ?? 0) } }
}
