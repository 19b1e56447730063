import Fields

/// The `end` line of a log and a journal.
extension EndSummary: Written {
    package init() { self.init(position: Position(step: 0), reason: .completed, kept: .last, best: nil) }

    package static let word = "end"
    package static let meaning = "how the run ended"
    package static let fields: [Field<EndSummary>] =
        Field<EndSummary>.position(\.position) + [
            Field("reason", \.reason, .word, "why it ended").required,
            Field("kept", \.kept, .word, "which weights are its result").required,
            Field(
                "bestStep", .nullable(.integer(0...)), "updates before the best evaluation; null without any",
                get: { $0.best?.position.step },
                set: { summary, step in
                    guard let step else { return }
                    var best = EvaluationReport()
                    best.position = Position(branch: summary.position.branch, step: step)
                    best.isBest = true
                    summary.best = best
                }),
            Field(
                "bestLoss", .nullable(.number()), "its loss", get: { $0.best?.loss },
                set: { summary, loss in summary.best?.loss = loss ?? .nan }),
            Field(
                "bestAccuracy", .unlessNaN, "its accuracy; null without classes", get: { $0.best?.accuracy },
                set: { summary, accuracy in summary.best?.accuracy = accuracy }),
        ]
}
