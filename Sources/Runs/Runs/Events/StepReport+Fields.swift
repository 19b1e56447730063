import Fields

/// The `step` line of a log.
extension StepReport: Written {
    package init() {
        self.init(step: 0, epoch: 0, loss: .nan, accuracy: .nan, learningRate: .nan, gradientNorm: .nan)
    }

    package static let word = "step"
    package static let meaning = "an update"
    package static let fields: [Field<StepReport>] = [
        Field("step", \.step, .integer(0...), "updates finished before it").required,
        Field("branch", \.branch, .integer(0...), "how often the run had gone back in time").required,
        Field("epoch", \.epoch, .integer(0...), "the epoch that it is part of"),
        Field("loss", \.loss, .number(), "the batch's mean loss before the update, without the penalty"),
        Field("penalty", \.penalty, .number(), "what weight decay adds to the loss"),
        Field("accuracy", \.accuracy, .unlessNaN, "the share of the batch classified right; null without classes"),
        Field("learningRate", \.learningRate, .number(), "the rate that it used"),
        Field("gradientNorm", \.gradientNorm, .number(), "the 2-norm of all gradients, before clipping"),
        Field("samplesPerSecond", \.samplesPerSecond, .number(), "smoothed throughput"),
    ]
}
