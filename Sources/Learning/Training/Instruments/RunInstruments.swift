import Machine
import Plans
import Runs

/// What clocks say about a run: speed, where the time of its steps goes, the time left, and when layers are measured.
///
/// Nothing here changes the training.
struct RunInstruments: ~Copyable {
    /// Where the time of the steps goes.
    var clock = StepClock()
    /// What is told about the layers of a measured step.
    var layers: LayerInstruments
    private var budget: StatisticsBudget
    /// Whether somebody looks at a screen, so that steps are measured for it at all.
    let isWatched: Bool
    private var speedometer = Speedometer()
    private var usual = UsualStep()
    private var timeLeft: TimeLeftEstimator
    /// Seconds of training so far, pauses and evaluations excluded.
    private(set) var trainingSeconds: Double
    /// Seconds that the run took in other processes.
    private let secondsBefore: Double
    /// When the step under way began, by the step clock.
    private var began = 0.0
    /// Seconds for which the step that is due was held back, so that one can watch.
    private var pacingSeconds = 0.0
    /// When the first update began.
    private var firstBegan = Double.nan
    private var lastProgressAt = -Double.infinity
    /// When the evaluation under way began, pauses within it added.
    private var evaluationBegan = 0.0

    /// Seconds between two reports of progress while steps go on.
    private static let progressInterval = 0.05

    /// - Parameters:
    ///   - share: of the training time that measuring for a screen may take, 0...1.
    ///   - seconds: that the run took before, where it goes on.
    init(_ material: RunMaterial, share: Double, after seconds: Double) {
        trainingSeconds = seconds
        secondsBefore = seconds
        layers = LayerInstruments(material.network, showsParameters: share > 0)
        budget = StatisticsBudget(share: share)
        isWatched = share > 0
        // Going forward is a third of a step.
        let evaluationInSteps = Double(material.validation?.count ?? 0) / Double(material.plan.batchSize) / 3
        timeLeft = TimeLeftEstimator(evaluationInSteps: evaluationInSteps)
    }

    /// Whether the next step is to be measured for a screen.
    var wantsMeasurement: Bool { budget.wantsMeasurement }
    /// Seconds of one step as they were lately; 0 before the first.
    private(set) var stepSeconds = 0.0
    /// Share of the training time that measuring has taken so far, 0...1.
    var statisticsShare: Double { budget.spentShare }
    /// Smoothed throughput; 0 before the first step.
    var samplesPerSecond: Double { speedometer.samplesPerSecond }

    /// Seconds that so many steps and evaluations will take; nil before there is a measure.
    func secondsLeft(steps: Int, evaluations: Int) -> Double? {
        timeLeft.secondsLeft(steps: steps, evaluations: evaluations)
    }

    /// A step begins. Reports and commands between two steps are part of the training too.
    mutating func beginStep() {
        began = clock.begin()
        if firstBegan.isNaN { firstBegan = began }
    }

    /// A step of so many samples is over, but for its reports; seconds by the clock since the run began.
    mutating func endStep(samples: Int, isMeasured: Bool) -> Double {
        let ended = clock.endStatistics()
        guard usual.take(seconds: ended - began) else {
            // The process was stopped meanwhile: the meters leave that out, the time axis does not.
            clock.forgetStep()
            trainingSeconds += usual.seconds
            return secondsBefore + ended - firstBegan
        }
        let seconds = ended - began
        trainingSeconds += seconds
        stepSeconds = seconds
        speedometer.add(samples: samples, seconds: seconds)
        timeLeft.addStep(seconds: seconds)
        budget.addStep(seconds: seconds + pacingSeconds, measuring: isMeasured ? clock.measuringSeconds : 0)
        pacingSeconds = 0
        return secondsBefore + ended - firstBegan
    }

    /// Steps take another time from here on: their batches have another size.
    mutating func forgetPace() {
        timeLeft.forgetSteps()
        usual = UsualStep()
    }

    /// Whether the step under way began long enough after the last report of progress for another.
    var isProgressDue: Bool { began - lastProgressAt > Self.progressInterval }

    /// Whether the last report of progress is long ago, in the middle of an evaluation.
    var isProgressDueNow: Bool { MonotonicClock.seconds - lastProgressAt > Self.progressInterval }

    /// Progress is being reported.
    mutating func noteProgress() { lastProgressAt = MonotonicClock.seconds }

    /// An evaluation begins.
    mutating func beginEvaluation() { evaluationBegan = MonotonicClock.seconds }

    /// The run stood still for so many seconds, maybe in the middle of an evaluation.
    mutating func addWait(seconds: Double) {
        clock.interrupt()
        evaluationBegan += seconds
    }

    /// The step that is due was held back for so many seconds; who watches a slow run sees its layers at each look.
    mutating func addPacing(seconds: Double) { pacingSeconds += seconds }

    /// An evaluation is over.
    mutating func endEvaluation() {
        timeLeft.addEvaluation(seconds: MonotonicClock.seconds - evaluationBegan)
        clock.interrupt()
    }
}
