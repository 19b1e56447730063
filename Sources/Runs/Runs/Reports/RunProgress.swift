/// What the trainer knows about itself beyond what its other reports say.
///
/// The trainer reports it before the first step, right after every accepted command and every change of phase or
/// control, after every evaluation, and otherwise at most every 50 ms; nothing in it goes to the log, because when it
/// comes depends on time.
package struct RunProgress: Hashable, Sendable, Codable {
    /// Updates finished.
    package var position: Position
    /// The epoch of the next update.
    package var epoch: Int
    /// How the rate is found.
    package var control: LearningRateControl
    /// The rate of the next update.
    package var learningRate: Double
    /// Smoothed throughput of training.
    package var samplesPerSecond: Double
    /// Share of training time spent on statistics, 0...1.
    package var statisticsShare: Double
    /// Seconds until the planned end, evaluations included and pauses excluded; nil before there is a measure.
    package var secondsLeft: Double?
    /// What was put in place of the rest of the schedule so far.
    package var rests: [Schedule.Rest]
    /// Where the time of all steps so far went.
    package var times: StepTimes
    /// How many changes by hand can be undone.
    package var undoable: Int
    /// The sound weights that were kept last, nil before the first.
    package var snapshot: SnapshotPoint?
    /// How much of the evaluation under way is done, 0...1; nil while none is.
    package var evaluated: Double?
    /// What the run keeps to now; nil where nothing can have changed, and where it was taken into the description.
    package var plan: PlanInForce?
    /// The moments that the run can go back to; nil where nobody is to go back.
    package var moments: MomentsKept?

    /// What is known; what is left out is not measured yet.
    package init(
        position: Position, epoch: Int, control: LearningRateControl, learningRate: Double,
        samplesPerSecond: Double = 0, statisticsShare: Double = 0, secondsLeft: Double? = nil,
        rests: [Schedule.Rest] = [], times: StepTimes = StepTimes(), undoable: Int = 0, snapshot: SnapshotPoint? = nil,
        evaluated: Double? = nil, plan: PlanInForce? = nil, moments: MomentsKept? = nil
    ) {
        self.position = position
        self.epoch = epoch
        self.control = control
        self.learningRate = learningRate
        self.samplesPerSecond = samplesPerSecond
        self.statisticsShare = statisticsShare
        self.secondsLeft = secondsLeft
        self.rests = rests
        self.times = times
        self.undoable = undoable
        self.snapshot = snapshot
        self.evaluated = evaluated
        self.plan = plan
        self.moments = moments
    }

    /// Before the first step of a run that follows its plan.
    package static func beginning(learningRate: Double) -> RunProgress {
        RunProgress(position: Position(step: 0), epoch: 0, control: .planned, learningRate: learningRate)
    }
}
