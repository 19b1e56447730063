/// A loss over some examples, as sums, so that batches of any size add up to the exact mean over a set.
package struct LossValue: Hashable, Sendable {
    /// Sum of the terms that the loss averages.
    package var sum: Double
    /// How many terms: examples, or for the mean squared error all output numbers.
    package var terms: Int
    /// How many examples there are.
    package var examples: Int
    /// Examples whose largest output (the first of equals) is the target class; nil without classes.
    package var correct: Int?

    /// The loss of some examples by its sums.
    package init(sum: Double, terms: Int, examples: Int, correct: Int?) {
        self.sum = sum
        self.terms = terms
        self.examples = examples
        self.correct = correct
    }

    /// No examples yet; add batches to it.
    package static let none = LossValue(sum: 0, terms: 0, examples: 0, correct: nil)

    /// NaN without examples.
    package var mean: Double { terms == 0 ? .nan : sum / Double(terms) }

    /// Share of correct examples, 0...1; nil without classes or examples.
    package var accuracy: Double? { correct.flatMap { examples == 0 ? nil : Double($0) / Double(examples) } }

    /// Adds other examples; whether there are classes must be the same of both, else `correct` becomes nil.
    package static func += (one: inout LossValue, other: LossValue) {
        if one.examples == 0 {
            one.correct = other.correct
        } else if other.examples > 0 {
            if let first = one.correct, let second = other.correct {
                one.correct = first + second
            } else {
                one.correct = nil
            }
        }
        one.sum += other.sum
        one.terms += other.terms
        one.examples += other.examples
    }
}
