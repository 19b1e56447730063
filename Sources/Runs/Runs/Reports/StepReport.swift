/// What one update was: fixed size, so that the trainer can append it without allocating.
package struct StepReport: Hashable, Sendable, BitwiseCopyable {
    /// `step` updates were finished before this one.
    package var step: Int
    /// The branch that the update was made on.
    package var branch: Int
    /// The epoch of the update, from 0 on.
    package var epoch: Int
    /// Mean loss of the batch before the update, without the penalty.
    package var loss: Double
    /// The regularization term beside it: weight decay / 2 times the sum of squares of the decayed weights.
    package var penalty: Double
    /// Share of the batch classified right before the update; NaN where the loss has no classes.
    package var accuracy: Double
    /// The rate this update used.
    package var learningRate: Double
    /// 2-norm of all gradients together, before clipping.
    package var gradientNorm: Double
    /// Smoothed throughput.
    package var samplesPerSecond: Double
    /// Seconds of training so far, pauses and evaluations excluded.
    package var trainingSeconds: Double
    /// Seconds by the clock since the first update began, pauses and evaluations included.
    package var elapsedSeconds: Double

    /// What an update was; by the clock it took no longer than in training where nothing is said.
    package init(
        step: Int, branch: Int = 0, epoch: Int, loss: Double, penalty: Double = 0, accuracy: Double,
        learningRate: Double, gradientNorm: Double, samplesPerSecond: Double = 0, trainingSeconds: Double = 0,
        elapsedSeconds: Double? = nil
    ) {
        self.step = step
        self.branch = branch
        self.epoch = epoch
        self.loss = loss
        self.penalty = penalty
        self.accuracy = accuracy
        self.learningRate = learningRate
        self.gradientNorm = gradientNorm
        self.samplesPerSecond = samplesPerSecond
        self.trainingSeconds = trainingSeconds
        self.elapsedSeconds = elapsedSeconds ?? trainingSeconds
    }

    /// The place of the update: its branch, and how many were finished before it.
    package var position: Position { Position(branch: branch, step: step) }
}
