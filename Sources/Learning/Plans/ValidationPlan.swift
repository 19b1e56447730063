import Datasets
import Fields

/// Which examples are held out, and how they are looked at.
package struct ValidationPlan: Hashable, Written {
    /// A share of the training examples, above 0 and below 1; nil for files of its own, named beside the training files.
    package var fraction: Double?
    /// In so many parts the examples fall, of which one is held out; nil where a fraction or files say what is.
    package var folds: Int?
    /// The part that is held out, from 0 on.
    package var fold = 0
    /// Views that an evaluation averages over; none is the examples as they are.
    package var averaging: [AveragedView]
    /// Updates from one evaluation to the next; nil for one at the end of each epoch.
    package var every: Int?

    package init(fraction: Double? = nil, averaging: [AveragedView] = [], every: Int? = nil) {
        self.every = every
        self.fraction = fraction
        self.averaging = averaging
    }

    package init() { self.init(fraction: nil) }

    /// The share of the training examples that is held out; nil for files of its own.
    package var share: Double? { folds.map { 1 / Double($0) } ?? fraction }

    package static let word = "validation"
    package static let meaning = "examples that are held out, to judge on what was not learned from"
    package static let example = "{ fraction: 0.2 }"
    package static let fields: [Field<ValidationPlan>] = [
        Field(
            "fraction", \.fraction, .optional(.number(.above(0, below: 1, noun: "share"))),
            "the share of the training examples that is held out"
        ).otherwise("the data's own validation files"),
        Field(
            "folds", \.folds, .optional(.integer(2...100)), "in place of a fraction: parts of which one is held out"
        ).otherwise("none"),
        Field("fold", \.fold, .integer(0...99), "which of the folds is held out, from 0 on").brief,
        Field("averaging", \.averaging, .list(.choice), "views that an evaluation averages over").brief,
        Field(
            "every", \.every, .optional(.integer(1...1_000_000_000)),
            "evaluates whenever the step is a multiple of this, and at the end"
        ).otherwise("at the end of each epoch"),
    ]
}
