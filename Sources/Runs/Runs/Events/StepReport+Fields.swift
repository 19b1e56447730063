import Fields

/// The `step` line of a log.
extension StepReport: Written {
    package init() {
        self.init(step: 0, epoch: 0, loss: .nan, accuracy: .nan, learningRate: .nan, gradientNorm: .nan)
    }

    package static let word = "step"
    package static let meaning = "an update"
    package static let fields: [Field<StepReport>] =
        [
            Field("step", \.step, .integer(0...), "updates finished before it").required,
            Field("branch", \.branch, .integer(0...), "how often the run had gone back in time").required,
            Field("epoch", \.epoch, .integer(0...), "the epoch that it is part of"),
        ] + Metric.allCases.map(field) + [
            Field("samplesPerSecond", \.samplesPerSecond, .number(), "smoothed throughput")
        ]

    private static func field(_ metric: Metric) -> Field<StepReport> {
        let row = metric.written
        let type: FieldType<Double> = row.mayBeAbsent ? .unlessNaN : .number()
        return Field("\(row.key)", type, row.meaning, get: { $0[metric] }, set: { $0[metric] = $1 })
    }
}
