import Charts
import Runs

/// A place where somebody changed the learning rate, for the charts.
package struct RateMark: Hashable, Sendable {
    package var position: Position
    package var author: Author
    /// The rate of the next update before and after.
    package var old: Double
    package var new: Double
    /// Few words: `you ×0.5`, `you 0.01`, `plan`.
    package var label: String

    package init(position: Position, author: Author, old: Double, new: Double, label: String) {
        self.position = position
        self.author = author
        self.old = old
        self.new = new
        self.label = label
    }

    /// The mark of an accepted receipt about the rate; nil for any other.
    package init?(_ receipt: Receipt) {
        guard case .accepted(let before, let after) = receipt.outcome, let after else { return nil }
        let who = EventWords.who(receipt.author)
        let label: String
        switch receipt.command {
        case .setLearningRate(let rate): label = "\(who) \(Figure.plain(rate))"
        case .scaleLearningRate(let factor): label = "\(who) \(Figure.factor(factor))"
        case .followSchedule: label = "plan"
        case .setSchedule: label = "\(who) new plan"
        default: return nil
        }
        self.init(
            position: receipt.position, author: receipt.author, old: before ?? after, new: after, label: label)
    }
}
