/// What a run is: nothing here changes while it is alive but the schedule, whose rest somebody may replace.
package struct RunDescription: Hashable, Sendable {
    package var name: String
    /// The machine it runs on.
    package var host: String
    package var totalSteps: Int
    package var stepsPerEpoch: Int
    package var batchSize: Int
    package var schedule: Schedule
    /// The watched layers in depth order: those with weights.
    package var layers: [LayerDescription]
    /// The config's name of the loss (`crossEntropy`).
    package var loss: String
    package var hasAccuracy: Bool
    package var hasValidation: Bool
    /// Classes of the targets, nil where there are none; ln of it is the loss of guessing.
    package var classCount: Int?
    package var trainingExamples: Int
    package var validationExamples: Int
    /// OpenBLAS's kernel name.
    package var blasKernel: String
    package var threads: Int
    package var seed: UInt64
    /// Where files go, nil without `--run`.
    package var runDirectory: String?
    /// The norm above which gradients are scaled down; nil where they are not.
    package var clippedNorm: Double?
    /// What each number of a gradient is cut to, on either side of 0; nil where they are not.
    package var clippedValue: Double?

    package init(
        name: String, host: String, totalSteps: Int, stepsPerEpoch: Int, batchSize: Int, schedule: Schedule,
        layers: [LayerDescription], loss: String, hasAccuracy: Bool, hasValidation: Bool, classCount: Int?,
        trainingExamples: Int, validationExamples: Int, blasKernel: String, threads: Int, seed: UInt64,
        runDirectory: String?, clippedNorm: Double? = nil, clippedValue: Double? = nil
    ) {
        self.name = name
        self.host = host
        self.totalSteps = totalSteps
        self.stepsPerEpoch = stepsPerEpoch
        self.batchSize = batchSize
        self.schedule = schedule
        self.layers = layers
        self.loss = loss
        self.hasAccuracy = hasAccuracy
        self.hasValidation = hasValidation
        self.classCount = classCount
        self.trainingExamples = trainingExamples
        self.validationExamples = validationExamples
        self.blasKernel = blasKernel
        self.threads = threads
        self.seed = seed
        self.runDirectory = runDirectory
        self.clippedNorm = clippedNorm
        self.clippedValue = clippedValue
    }

    /// Whether gradients have a bound of either kind.
    package var clips: Bool { clippedNorm != nil || clippedValue != nil }

    package var epochs: Int { stepsPerEpoch > 0 ? (totalSteps + stepsPerEpoch - 1) / stepsPerEpoch : 0 }
}
