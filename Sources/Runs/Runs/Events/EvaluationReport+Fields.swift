import Fields

/// The `evaluation` line of a log.
extension EvaluationReport: Written {
    package init() { self.init(position: Position(step: 0), epoch: 0, loss: .nan, accuracy: nil, isBest: false) }

    package static let word = "evaluation"
    package static let meaning = "loss and accuracy on the validation set"
    package static let fields: [Field<EvaluationReport>] =
        Field<EvaluationReport>.position(\.position) + [
            Field("epoch", \.epoch, .integer(0...), "the epoch that is under way"),
            Field("loss", \.loss, .number(), "the mean loss"),
            Field("accuracy", \.accuracy, .unlessNaN, "the share classified right; null without classes"),
        ]
}
