/// Where a run stands now: what the trainer said of itself last, moved on by what happened since.
package struct RunStatus: Hashable, Sendable {
    package var phase: RunPhase
    /// Position, control, speed and time left.
    package var progress: RunProgress
    /// Seconds since the run began, pauses included.
    package var secondsElapsed = 0.0
    /// Seconds since the phase began.
    package var secondsInPhase = 0.0
    package var best: EvaluationReport?
    package var latestStep: StepReport?
    package var latestEvaluation: EvaluationReport?
    package var end: EndSummary?

    /// A run of which no step and no evaluation is known.
    package init(phase: RunPhase = .preparing, progress: RunProgress = .beginning(learningRate: 0)) {
        self.phase = phase
        self.progress = progress
    }

    /// Updates finished.
    package var position: Position {
        get { progress.position }
        set { progress.position = newValue }
    }

    /// The epoch of the next update.
    package var epoch: Int { progress.epoch }

    package var control: LearningRateControl { progress.control }

    /// The rate of the next update.
    package var learningRate: Double { progress.learningRate }

    /// Smoothed throughput of training.
    package var samplesPerSecond: Double { progress.samplesPerSecond }

    /// Share of training time spent on statistics, 0...1.
    package var statisticsShare: Double { progress.statisticsShare }

    /// Seconds until the planned end, evaluations included and pauses excluded; nil before there is a measure.
    package var secondsLeft: Double? { progress.secondsLeft }
}
