/// Where a run stands now: what the trainer said of itself last, moved on by what happened since.
package struct RunStatus: Hashable, Sendable, Codable {
    /// What the run is doing: preparing, training, evaluating, standing still, ended.
    package var phase: RunPhase
    /// Position, control, speed and time left.
    package var progress: RunProgress
    /// Seconds since the run began, pauses included.
    package var secondsElapsed = 0.0
    /// Seconds since the phase began.
    package var secondsInPhase = 0.0
    /// The best evaluation so far, nil before the first.
    package var best: EvaluationReport?
    /// The newest update, nil before the first.
    package var latestStep: StepReport?
    /// The newest evaluation, nil before the first.
    package var latestEvaluation: EvaluationReport?
    /// How the run ended, nil while it is alive.
    package var end: EndSummary?
    /// The newest race; nil before the first.
    package var race: RaceResult?
    /// The newest learning-rate range test; nil before the first.
    package var rateTest: RateTestResult?
    /// The newest pre-flight ladder; nil before the first.
    package var check: CheckResult?
    /// Why nobody told its end, where it counts as finished all the same.
    package var untold: UntoldEnd?

    /// A run of which no step and no evaluation is known.
    package init(phase: RunPhase = .preparing, progress: RunProgress = .beginning(learningRate: 0)) {
        self.phase = phase
        self.progress = progress
    }

    /// Why nobody told how a run ended.
    package enum UntoldEnd: String, Hashable, Sendable, Codable {
        /// It is read from files that do not say so; it may be going on.
        case recorded
        /// Its process has gone.
        case gone
    }

    /// Updates finished.
    package var position: Position {
        get { progress.position }
        set { progress.position = newValue }
    }

    /// The epoch of the next update.
    package var epoch: Int { progress.epoch }

    /// How the rate is found.
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
