import Foundation
import Plans

/// How good a trial is, by the best evaluations of its runs.
package struct TrialScore: Hashable, Sendable {
    /// The mean over the folds: an accuracy or a loss.
    package let mean: Double
    /// The standard deviation over the folds; nil of one.
    package let spread: Double?
    /// The mean loss over the folds, which decides between equals.
    package let loss: Double
    /// True of an accuracy.
    package let isHigherBetter: Bool

    /// The score of a trial; nil where no run has a finite evaluation.
    /// - Parameters:
    ///   - epochs: what came later does not count.
    ///   - folds: how many of them count.
    package init?(_ trial: SearchTrial, _ monitor: Monitor, until epochs: Double = .infinity, folds: Int = .max) {
        let bests = trial.runs.prefix(folds).compactMap { $0.best(monitor, until: epochs) }
        guard !bests.isEmpty else { return nil }
        let figures = bests.map { monitor.figure(of: $0) }
        let count = Double(bests.count)
        let mean = figures.reduce(0) { $0 + $1.value } / count
        self.mean = mean
        isHigherBetter = figures[0].isHigherBetter
        loss = bests.reduce(0) { $0 + $1.loss } / count
        let squares = figures.reduce(0) { $0 + ($1.value - mean) * ($1.value - mean) }
        spread = bests.count > 1 ? (squares / (count - 1)).squareRoot() : nil
    }

    /// Whether it is better than another; equals are told apart by their losses.
    package func isBetter(than other: TrialScore) -> Bool {
        if mean != other.mean { return isHigherBetter ? mean > other.mean : mean < other.mean }
        return loss < other.loss
    }
}
