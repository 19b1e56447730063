import Datasets
import Fields

/// Which examples are held out, and how they are looked at.
package struct ValidationPlan: Hashable, Written {
    /// A share of the training examples, above 0 and below 1; nil for files of its own, named beside the training files.
    package var fraction: Double?
    /// Views that an evaluation averages over; none is the examples as they are.
    package var averaging: [AveragedView]

    package init(fraction: Double? = nil, averaging: [AveragedView] = []) {
        self.fraction = fraction
        self.averaging = averaging
    }

    package init() { self.init(fraction: nil) }

    package static let word = "validation"
    package static let meaning = "examples that are held out, to judge on what was not learned from"
    package static let example = "{ fraction: 0.2 }"
    package static let fields: [Field<ValidationPlan>] = [
        Field(
            "fraction", \.fraction, .optional(.number(.above(0, below: 1, noun: "share"))),
            "the share of the training examples that is held out"
        ).otherwise("the data's own validation files"),
        Field("averaging", \.averaging, .list(.choice), "views that an evaluation averages over").brief,
    ]
}
