import Datasets
import Machine
import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// The loop that trains: takes commands at the boundaries of steps and hands reports up, and waits for nobody.
///
/// Lives on one thread. Everything it decides depends on the plan, the seed and the commands alone; clocks only feed
/// what is shown.
package final class Trainer {
    let material: RunMaterial
    var plan: RunPlan { material.plan }
    let mailbox: CommandMailbox
    let reports: ReportMailbox
    let options: TrainerOptions
    let checkpoints: CheckpointWriter?

    let network: Network
    let optimizer: Optimizer
    let state: TrainingState
    /// The state of the best evaluation so far; nil without validation.
    let bestState: TrainingState?
    var best: EvaluationReport?
    let monitor: Monitor

    var script: CommandQueue
    var phase = RunPhase.preparing
    var pauseReason: PauseReason?
    /// Updates that may still be made while paused.
    var stepsAllowed = 0
    var evaluationIsAsked = false
    var isEvaluating = false
    /// Whether only what is left to do at the end is done, and no command acts any more.
    var isEnding = false
    /// Taken out of the mailbox, and waiting for an evaluation that was asked for before.
    var inbox: [CommandMailbox.Entry] = []
    var endReason: EndReason?
    var keptAtEnd = KeptWeights.last

    // What a step works on, allocated once.
    let order: BatchOrder
    var epochOrder: [Int32] = []
    var orderedEpoch = -1
    let trainingExamples: InputPipeline
    let validationExamples: InputPipeline?
    let batch: Batch
    /// Sums over the views of an evaluation batch; empty where there is one.
    let averagedOutputs: FloatBuffer
    /// Whether it was said that examples cannot be read.
    var hasToldReadingFailure = false
    let lossGradient: FloatBuffer
    /// Running statistics as they were before the step, to go back to when it turns out not to be finite.
    let buffersBeforeStep: FloatBuffer
    let norms: UnsafeMutableBufferPointer<SegmentNorms>
    let measurements: UnsafeMutableBufferPointer<LayerMeasurement>
    /// The regularization term of the latest weights measured.
    var penalty: Double
    /// Whether an update came near to what single precision holds; from then on each is checked.
    var mayOverflow = false
    /// The state before such an update, made when it is first needed.
    var stateBeforeUpdate: TrainingState?

    // What only the screen needs.
    var budget: StatisticsBudget
    var speedometer = Speedometer()
    var timeLeft: TimeLeftEstimator
    var trainingSeconds = 0.0
    /// When the first update began, by the step clock.
    var firstBegan = Double.nan
    /// Where the time of the steps goes.
    var clock = StepClock()
    /// When weights and gradients were looked at last, in training seconds.
    var parametersMeasuredAt = -Double.infinity
    var lastProgressAt = -Double.infinity

    package init(
        material: RunMaterial, mailbox: CommandMailbox, reports: ReportMailbox, options: TrainerOptions,
        checkpoints: CheckpointWriter? = nil
    ) {
        self.material = material
        self.mailbox = mailbox
        self.reports = reports
        self.options = options
        self.checkpoints = checkpoints
        let plan = material.plan
        network = material.network
        optimizer = Optimizer(plan.optimizer, layout: network.layout)
        let hasAccuracy = material.description.hasAccuracy
        state = TrainingState(
            network: network, optimizer: optimizer,
            plateau: plan.plateau.map { PlateauPolicy(options: $0, hasAccuracy: hasAccuracy) },
            earlyStopping: plan.earlyStopping.map { EarlyStoppingPolicy(options: $0, hasAccuracy: hasAccuracy) })
        bestState = material.validation == nil ? nil : TrainingState(twinOf: state)
        monitor = plan.earlyStopping?.monitor ?? .standard(hasAccuracy: hasAccuracy)
        script = CommandQueue(options.script)
        order = material.order
        let (capacity, pool) = (network.maximumBatch, material.pool)
        trainingExamples = InputPipeline(
            material.training, augmentation: plan.augmentation, capacity: capacity, pool: pool)
        validationExamples = material.validation.map { InputPipeline($0, capacity: capacity, pool: pool) }
        batch = Batch(dataset: material.training, capacity: capacity, mixes: trainingExamples.mixes)
        averagedOutputs = FloatBuffer(count: plan.averaging.isEmpty ? 0 : capacity * network.outputShape.count)
        lossGradient = FloatBuffer(count: network.maximumBatch * network.outputShape.count)
        buffersBeforeStep = FloatBuffer(count: network.buffers.count)
        norms = .allocate(capacity: network.layout.segments.count)
        norms.initialize(repeating: SegmentNorms())
        measurements = .allocate(capacity: network.watched.count)
        measurements.initialize(repeating: LayerMeasurement())
        penalty = optimizer.penalty(parameters: network.parameters, pool: material.pool)
        reports.stockLayersReports(layerCount: network.watched.count)
        budget = StatisticsBudget(share: options.isWatched ? plan.statistics.budget : 0)
        let evaluationInSteps = Double(material.validation?.count ?? 0) / Double(plan.batchSize) / 3
        timeLeft = TimeLeftEstimator(evaluationInSteps: evaluationInSteps)
    }

    deinit {
        norms.deallocate()
        measurements.deallocate()
    }

    var step: Int { state.position.step }
    var totalSteps: Int { material.description.totalSteps }
    var stepsPerEpoch: Int { material.description.stepsPerEpoch }
    var isPaused: Bool { pauseReason != nil }
    /// Whether the run is paused and no single step is left to make.
    var isStandingStill: Bool { isPaused && stepsAllowed == 0 }
    /// The rate of the next update.
    var nextRate: Double { state.control.rate(at: step, schedule: schedule) }
    /// The schedule with what was put in place of its rest.
    var schedule: Schedule { material.description.schedule.with(state.rests) }
    /// The epoch of the last update finished, which evaluations belong to.
    var finishedEpoch: Int { max(0, step - 1) / stepsPerEpoch }

    /// Trains until the plan is done or somebody stops it, and says how it ended.
    package func run() -> EndSummary {
        reportProgress()
        // A run that is paused does not end by itself, and an evaluation that was promised is made.
        while endReason == nil, step < totalSteps || evaluationIsAsked || isStandingStill {
            takeCommands()
            guard endReason == nil else { break }
            if evaluationIsAsked {
                evaluationIsAsked = false
                _ = evaluate()
            } else if let reason = pauseReason, isStandingStill {
                setPhase(.paused(reason))
                clock.interrupt()
                mailbox.wait(seconds: 1)
            } else if step < totalSteps {
                if !isPaused { setPhase(.training) }
                trainStep()
                stepsAllowed = max(0, stepsAllowed - 1)
                if step % stepsPerEpoch == 0 { endEpoch() }
            }
        }
        return finish(endReason ?? .completed)
    }

    func setPhase(_ new: RunPhase) {
        guard new != phase else { return }
        phase = new
        reports.append(.phase(new, state.position))
        reportProgress()
    }

    func reportProgress() {
        lastProgressAt = MonotonicClock.seconds
        let epochsLeft = (totalSteps + stepsPerEpoch - 1) / stepsPerEpoch - step / stepsPerEpoch
        reports.append(
            .progress(
                RunProgress(
                    position: state.position, epoch: min(step, totalSteps - 1) / stepsPerEpoch, control: state.control,
                    learningRate: nextRate, samplesPerSecond: speedometer.samplesPerSecond,
                    statisticsShare: budget.spentShare,
                    secondsLeft: timeLeft.secondsLeft(
                        steps: totalSteps - step, evaluations: material.validation == nil ? 0 : epochsLeft),
                    rests: state.rests, times: clock.times)))
    }
}
