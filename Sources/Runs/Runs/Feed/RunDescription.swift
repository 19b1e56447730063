/// What a run is: nothing here changes while it is alive but the schedule, whose rest somebody may replace, and `PlanInForce`.
package struct RunDescription: Hashable, Sendable, Codable {
    /// What the run is called on the screen and in files.
    package var name: String
    /// How long it is planned to be.
    package var lengths: RunLengths
    /// The plan of the learning rate, with what was put in place of its rest.
    package var schedule: Schedule
    /// The watched layers in depth order: those with weights.
    package var layers: [LayerDescription]
    /// What it learns, and from how many examples.
    package var task: RunTask
    /// Where it computes, and from which seed.
    package var origin: RunOrigin
    /// The norm or value that gradients are cut to before an update.
    package var gradientBounds: GradientBounds
    /// The numbers beside the rate that commands set, as they are now: by a command's word, `setWeightDecay`, and for those that
    /// are about a layer with its name behind, `setDropout 4`. Nil where nobody says.
    package var numbers: [String: Double]?
    /// The series that it is read from, of a run in event files; nil of others.
    package var tags: [TagSeries]?
    /// What somebody should know before its first step.
    package var warnings: [StartWarning]

    /// A run of these parts; where nothing else is said, gradients are used as they are.
    package init(
        name: String, lengths: RunLengths, schedule: Schedule, layers: [LayerDescription], task: RunTask,
        origin: RunOrigin, gradientBounds: GradientBounds = GradientBounds(), warnings: [StartWarning] = []
    ) {
        self.name = name
        self.lengths = lengths
        self.schedule = schedule
        self.layers = layers
        self.task = task
        self.origin = origin
        self.gradientBounds = gradientBounds
        self.warnings = warnings
    }
}

/// How long a run is planned to be.
package struct RunLengths: Hashable, Sendable, Codable {
    /// Updates in all; 0 where the plan has no end.
    package var totalSteps: Int
    /// Updates of one epoch; 0 where nobody knows.
    package var stepsPerEpoch: Int
    /// Examples of one update.
    package var batchSize: Int
    /// Which examples each update takes; nil where nobody knows, and all epochs have as many updates.
    package private(set) var course: EpochCourse?

    /// A run of so many updates.
    package init(totalSteps: Int, stepsPerEpoch: Int, batchSize: Int) {
        self.totalSteps = totalSteps
        self.stepsPerEpoch = stepsPerEpoch
        self.batchSize = batchSize
    }

    /// So many epochs of a course.
    package init(_ course: EpochCourse, count: Int) {
        self.init(course, totalSteps: course.firstStep(ofEpoch: count))
    }

    /// So many updates of a course, whose epochs are as long as those to come.
    package init(_ course: EpochCourse, totalSteps: Int) {
        self.totalSteps = totalSteps
        self.course = course
        stepsPerEpoch = course.stepsPerEpoch
        batchSize = course.stretches[course.stretches.count - 1].batchSize
    }

    /// The same with another end.
    package func with(totalSteps: Int) -> RunLengths {
        var lengths = self
        lengths.totalSteps = totalSteps
        return lengths
    }

    /// Epochs in all, the last of which may be partial; 0 where nobody knows how long one is.
    package var epochs: Int {
        if let course { return course.begins(at: totalSteps) ? epoch(of: totalSteps) : epoch(of: totalSteps) + 1 }
        return stepsPerEpoch > 0 ? (totalSteps + stepsPerEpoch - 1) / stepsPerEpoch : 0
    }

    /// The epoch of an update, counted from 0; 0 where nobody knows how long one is.
    package func epoch(of step: Int) -> Int {
        course?.epoch(of: step) ?? (stepsPerEpoch > 0 ? step / stepsPerEpoch : 0)
    }

    /// The update that begins an epoch; 0 where nobody knows how long one is.
    package func firstStep(ofEpoch epoch: Int) -> Int { course?.firstStep(ofEpoch: epoch) ?? epoch * stepsPerEpoch }

    /// Epochs that are over at a step, with the share of the one under way; steps where nobody knows how long one is.
    package func epochs(at step: Double) -> Double { course?.epochs(at: step) ?? step / Double(max(1, stepsPerEpoch)) }

    /// Where so many epochs are over.
    package func step(atEpochs epochs: Double) -> Double {
        course?.step(atEpochs: epochs) ?? epochs * Double(max(1, stepsPerEpoch))
    }
}

/// What a run learns, and from how much.
package struct RunTask: Hashable, Sendable, Codable {
    /// The config's name of the loss (`crossEntropy`).
    package var loss: String
    /// Whether outputs are classes, so that there is a share classified right.
    package var hasAccuracy: Bool
    /// Whether there is a validation set.
    package var hasValidation: Bool
    /// Classes of the targets, nil where there are none; ln of it is the loss of guessing.
    package var classCount: Int?
    /// Examples that are trained on, each once in an epoch.
    package var trainingExamples: Int
    /// Examples of the validation set, 0 without one.
    package var validationExamples: Int

    /// A task with so many examples.
    package init(
        loss: String, hasAccuracy: Bool, hasValidation: Bool, classCount: Int?, trainingExamples: Int,
        validationExamples: Int
    ) {
        self.loss = loss
        self.hasAccuracy = hasAccuracy
        self.hasValidation = hasValidation
        self.classCount = classCount
        self.trainingExamples = trainingExamples
        self.validationExamples = validationExamples
    }
}

/// Where a run computes, and from which numbers: the same kernel and seed give the same bits.
package struct RunOrigin: Hashable, Sendable, Codable {
    /// The name of the machine it runs on.
    package var host: String
    /// OpenBLAS's kernel name.
    package var blasKernel: String
    /// Threads that compute, from 1 on; 0 where nobody knows.
    package var threads: Int
    /// Every random number follows from it.
    package var seed: UInt64
    /// Where files go, nil without `--run`.
    package var directory: String?
    /// When it began, in seconds since midnight, where it is read from files that say so; a run that goes on counts from now.
    package var beganTimeOfDay: Double?

    /// A run on a machine, from a seed.
    package init(host: String, blasKernel: String, threads: Int, seed: UInt64, directory: String?) {
        self.host = host
        self.blasKernel = blasKernel
        self.threads = threads
        self.seed = seed
        self.directory = directory
    }
}

/// What gradients are cut to before an update.
package struct GradientBounds: Hashable, Sendable, Codable {
    /// The 2-norm of all gradients together above which they are scaled down; nil where they are not.
    package var norm: Double?
    /// What each number of a gradient is cut to, on either side of 0; nil where they are not.
    package var value: Double?

    /// Bounds of either kind, none where nothing is said.
    package init(norm: Double? = nil, value: Double? = nil) {
        self.norm = norm
        self.value = value
    }

    /// Whether there is a bound of either kind.
    package var clips: Bool { norm != nil || value != nil }
}
