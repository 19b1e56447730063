/// Where a run stands now.
package struct RunStatus: Hashable, Sendable {
    package var phase: RunPhase
    /// Updates finished.
    package var position: Position
    package var epoch: Int
    package var control: LearningRateControl
    /// The rate of the next update.
    package var learningRate: Double
    package var samplesPerSecond: Double
    /// Share of training time spent on statistics, 0...1.
    package var statisticsShare: Double
    /// Seconds until the planned end, evaluations included and pauses excluded; nil before there is a measure.
    package var secondsLeft: Double?
    /// Seconds since the run began, pauses included.
    package var secondsElapsed: Double
    /// Seconds since the phase began.
    package var secondsInPhase: Double
    package var best: EvaluationReport?
    package var latestStep: StepReport?
    package var latestEvaluation: EvaluationReport?
    package var end: EndSummary?

    package init(
        phase: RunPhase = .preparing, position: Position = Position(step: 0), epoch: Int = 0,
        control: LearningRateControl = .planned, learningRate: Double = 0, samplesPerSecond: Double = 0,
        statisticsShare: Double = 0, secondsLeft: Double? = nil, secondsElapsed: Double = 0,
        secondsInPhase: Double = 0, best: EvaluationReport? = nil, latestStep: StepReport? = nil,
        latestEvaluation: EvaluationReport? = nil, end: EndSummary? = nil
    ) {
        self.phase = phase
        self.position = position
        self.epoch = epoch
        self.control = control
        self.learningRate = learningRate
        self.samplesPerSecond = samplesPerSecond
        self.statisticsShare = statisticsShare
        self.secondsLeft = secondsLeft
        self.secondsElapsed = secondsElapsed
        self.secondsInPhase = secondsInPhase
        self.best = best
        self.latestStep = latestStep
        self.latestEvaluation = latestEvaluation
        self.end = end
    }
}
