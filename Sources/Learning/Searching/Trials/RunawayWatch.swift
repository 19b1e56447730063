import Foundation
import Runs

/// Looks for a loss that has run away: its average over some steps above three times what it began with.
///
/// It is told every step in order, so that where it strikes is the same however often somebody looks.
package struct RunawayWatch: Hashable, Sendable {
    private let chance: Double?
    private var start = 0.0
    private var count = 0
    private var sum = 0.0
    private var weight = 0.0
    /// The step of which it was known first; nil where all is well.
    package private(set) var step: Int?

    /// So many times the beginning is too much.
    package static let factor = 3.0
    /// What the average forgets with each step.
    private static let forgetting = 0.1
    /// Steps before anything is said.
    private static let patience = 10

    /// - Parameter chance: the loss of who only guesses; a batch that begins below it counts as that. Nil where nobody knows, and
    ///   the greatest of the first three batches counts.
    package init(chance: Double?) { self.chance = chance }

    /// Takes the next step.
    package mutating func take(_ report: StepReport) {
        guard step == nil, report.loss.isFinite else { return }
        if count == 0 { start = max(report.loss, chance ?? 0) }
        if chance == nil, count < 3 { start = max(start, report.loss) }
        count += 1
        sum = sum * (1 - Self.forgetting) + report.loss * Self.forgetting
        weight = weight * (1 - Self.forgetting) + Self.forgetting
        if count >= Self.patience, sum / weight > Self.factor * start { step = report.step }
    }
}
