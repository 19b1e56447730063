import Datasets
import Machine
import NeuralNetworks
import Plans
import Runs

/// The loop that trains: performs what the lifecycle says is due, hands reports up, and waits for nobody.
///
/// Lives on one thread. Everything it does depends on the plan, the seed and the commands alone; clocks only feed what is
/// shown.
package final class Trainer {
    /// What the run's future depends on.
    package let state: TrainingState
    let mailbox: CommandMailbox
    let reports: ReportMailbox
    /// What was reported last.
    private(set) var phase = RunPhase.preparing
    let material: RunMaterial
    let options: TrainerOptions
    /// What goes to the disk, and when.
    var keeping: RunKeeping
    let batches: TrainingBatches
    let engine: StepEngine
    private let evaluator: Evaluator?
    var instruments: RunInstruments
    /// Takes the run's measures for its diagnosis; nil where it has none.
    let checkup: Checkup?
    /// Updates finished before the step that was measured last; -1 where its weights are no longer those of now.
    var measuredStep = -1
    /// The numbers that commands set, as they are now; nil until somebody asks again.
    var numbers: [String: Double]?
    private var pace: StepPace?

    /// - Parameters:
    ///   - state: where the run goes on, read for the same material; nil for its beginning.
    ///   - checkpoints: writes weights; nil for none on the disk.
    package init(
        material: RunMaterial, mailbox: CommandMailbox, reports: ReportMailbox, options: TrainerOptions,
        checkpoints: CheckpointWriter? = nil, state: TrainingState? = nil
    ) {
        self.material = material
        self.mailbox = mailbox
        self.reports = reports
        keeping = RunKeeping(
            checkpoints, material.plan.checkpoints, goingOnFrom: state?.position.step,
            keepsMoments: options.keepsMoments)
        let state = state ?? TrainingState(material)
        precondition(
            state.network === material.network.state, "a state works in the memory of the network that is trained")
        state.lifecycle.limits.canSteer = options.canSteer
        mailbox.put(state.waiting)
        state.waiting = []
        self.state = state
        pace = options.stepsPerSecond.map { StepPace(stepsPerSecond: $0) }
        self.options = options
        if options.canSteer { mailbox.attend(1) }
        if !options.canSteer, !options.staysPaused, state.lifecycle.pauseReason != nil,
            !mailbox.scriptEndsPause(at: state.position.step + state.lifecycle.standing.stepsAllowed)
        {
            // Left paused by somebody who is not there any more.
            mailbox.send(.resume, from: .run)
        }
        if options.startsPaused { state.lifecycle.accept(.pause, from: .person) }
        // Before what is as large as the network's batches.
        material.network.makeRoom(forBatch: state.epochs.batchSize(at: state.position.step))
        batches = TrainingBatches(material)
        engine = StepEngine(material, state: state)
        evaluator = material.validation.map { Evaluator(material, validation: $0) }
        instruments = RunInstruments(
            material, share: options.isWatched ? material.plan.statistics.budget : 0, after: options.secondsBefore)
        checkup = Checkup(material, state: state, engine: engine, reports: reports)
        reports.stockLayersReports(layerCount: material.network.watched.count)
    }

    var step: Int { state.position.step }
    var totalSteps: Int { state.lifecycle.limits.totalSteps }
    var stepsPerEpoch: Int { state.epochs.stepsPerEpoch }
    /// The rate of the next update.
    var nextRate: Double { state.rate.rate(at: step, schedule: plannedSchedule) }
    /// The schedule as the plan has it.
    var plannedSchedule: Schedule { state.schedule }
    /// The schedule with what was put in place of its rest.
    var schedule: Schedule { plannedSchedule.with(state.rate.rests) }
    /// The phase between updates, as it was asked for.
    var askedPhase: RunPhase { state.lifecycle.pauseReason.map(RunPhase.paused) ?? .training }

    /// Writes the checkpoint of a run's beginning, and waits for the disk: from here on it can be resumed.
    package func writeFirstCheckpoint() {
        guard keeping.keepsCheckpoints else { return }
        takeCheckpoint()
        keeping.finish()
    }

    /// Writes the best weights of a run that goes on: the process before may have been broken off before it came to that.
    package func writeBest() { keeping.saveBest(of: state) }

    /// Trains until the plan is done or somebody stops it, and says how it ended.
    package func run() -> EndSummary {
        guard let end = run(until: .max) else { preconditionFailure("a run ends before its last step") }
        return end
    }

    /// Trains until update `step` is due, before its commands act, or the run ends; how it ended, if it did.
    package func run(until step: Int) -> EndSummary? {
        reportProgress()
        var event = RunLifecycle.Event.begun
        while true {
            let action = state.lifecycle.handle(event, at: self.step)
            if action == .takeCommands, self.step >= step { return nil }
            if case .finish(let reason, let kept) = action { return finish(reason, kept: kept) }
            event = perform(action)
        }
    }

    /// The whole state at a boundary between two updates, after `run(until:)`, as a safetensors file.
    package func stateBytes() -> [UInt8] { state.copied(waiting: mailbox.waiting).bytes() }

    private func perform(_ action: RunLifecycle.Action) -> RunLifecycle.Event {
        switch action {
        case .takeCommands:
            takeCommands()
            // Between two updates alone, so that nothing is half done in it.
            keeping.keepMoment(of: state)
            keeping.payBest(of: state)
            if keeping.isDue(at: step) { takeCheckpoint() }
            return .commandsTaken
        case .train:
            if state.lifecycle.pauseReason == nil { setPhase(.training) }
            if let seconds = pace?.secondsToWait, seconds > 0 {
                // Commands that come meanwhile are acted on at this boundary, before the step.
                instruments.addPacing(seconds: wait(seconds: seconds))
                return .waited
            }
            pace?.begin()
            let isFinite = trainStep()
            if options.isReplay { takeDeedsAtOnce() }
            return .trained(
                isFinite: isFinite, isRuined: isFinite && state.snapshot.isRuined(atLast: step == totalSteps))
        case .standStill(let reason):
            standStill(reason)
            return .waited
        case .beginEvaluation:
            setPhase(.evaluating)
            evaluator?.begin()
            instruments.beginEvaluation()
            return .evaluationBegun
        case .evaluateBatch:
            let isLast = evaluateBatch()
            takeMail()
            return .batchEvaluated(isLast: isLast)
        case .conclude(let isPlanned):
            let report = concludeEvaluation()
            if isPlanned { consultPolicies(report) }
            let isRuined = state.lifecycle.goesBackByItself && state.snapshot.isFar(report.loss)
            return .concluded(hasBest: state.best.report != nil, isFinite: report.isFinite && !isRuined)
        case .keepLast:
            keeping.saveLast(of: state)
            return .lastKept
        case .goBack: return .wentBack(isDone: goBack())
        case .close:
            // Before the script is refused: a run that is resumed still has it to do.
            if keeping.keepsCheckpoints { takeCheckpoint() }
            refuseTheScript()
            if step - measuredStep > Self.few, instruments.stepSeconds < Self.longestLook, !mailbox.isInterrupted {
                lookAtLayers()
            }
            return .closed(hasBest: state.best.report != nil)
        case .finish: preconditionFailure("the end is no step of the loop")
        }
    }

    /// One update: batch, gradients, update, report; whether it was finite.
    private func trainStep() -> Bool {
        instruments.beginStep()
        let position = state.position
        checkup?.look(before: position.step)
        let place = state.epochs.place(of: position.step)
        let (count, failure) = batches.load(place)
        if let failure { tell(failure) }
        let isLogged = options.logsStatistics && material.plan.statistics.every.map { position.step % $0 == 0 } == true
        // Somebody who goes step by step, or sees the end, wants to see just that; of many steps at once the last ones.
        let isSingle = state.lifecycle.pauseReason != nil && state.lifecycle.standing.stepsAllowed < Self.few
        let isLookedAt = instruments.isWatched && (isSingle || position.step == totalSteps - 1)
        let isShown = isLogged || isLookedAt || instruments.wantsMeasurement
        let context = StepContext(
            mode: .training, step: position.step, seed: material.plan.seed,
            measures: isShown || checkup?.wantsMeasurement(at: position.step) == true)
        let rate = nextRate
        let evaluationLoss = checkup?.evaluationLoss(batches.batch, count: count, context: context)
        let outcome = engine.step(
            batches.batch, count: count, rate: rate, context: context,
            takesNorms: checkup?.wantsNorms(at: position.step) == true, clock: &instruments.clock)
        state.position.step += 1

        let layers =
            outcome.isFinite && context.measures
            ? reports.takeLayersReport(layerCount: engine.network.watched.count) : nil
        if let layers {
            if isShown { measuredStep = position.step }
            instruments.layers.measureParameters(
                into: layers, at: instruments.trainingSeconds, isForced: isLookedAt)
        }
        let elapsed = instruments.endStep(samples: count, isMeasured: context.measures)
        let report = StepReport(
            step: position.step, branch: position.branch, epoch: place.epoch,
            loss: outcome.loss.mean, penalty: outcome.penalty, accuracy: outcome.loss.accuracy ?? .nan,
            learningRate: rate, gradientNorm: outcome.gradientNorm,
            samplesPerSecond: samplesPerSecond, trainingSeconds: instruments.trainingSeconds,
            elapsedSeconds: elapsed)
        reports.append(.step(report))
        if let layers {
            instruments.layers.fill(layers, position, norms: engine.norms)
            // Others were measured for the diagnosis alone.
            if isShown { reports.append(.layers(layers, logged: isLogged)) }
        }
        if outcome.isFinite {
            checkup?.take(report, measured: layers, evaluation: evaluationLoss)
        } else {
            reports.append(.notFinite(position, loss: outcome.loss.mean, gradientNorm: outcome.gradientNorm))
            checkup?.take(notFinite: report, batches.batch, count: count)
        }
        if instruments.isProgressDue { reportProgress() }
        return outcome.isFinite
    }

    /// Says once that examples cannot be read; their inputs are not numbers, so that no update is made of them.
    private func tell(_ failure: DatasetError) {
        guard !state.hasToldReadingFailure else { return }
        state.hasToldReadingFailure = true
        reports.append(.note(.disk, "examples cannot be read: \(failure)", state.position))
    }

    /// Measures the layers of the step that is due where the last measurement is of another, for who looks while nothing moves:
    /// makes the step and takes it back, so that no bit of the training changes. A log never hears of it.
    private func lookAtLayers() {
        guard instruments.isWatched, step < totalSteps, measuredStep != step, canLookAtLayers else { return }
        measuredStep = step
        // What cannot be read is told when the step is made.
        let count = batches.load(state.epochs.place(of: step)).count
        let context = StepContext(mode: .training, step: step, seed: material.plan.seed, measures: true)
        engine.tryOut(batches.batch, count: count, rate: nextRate, context: context) { outcome in
            let report = reports.takeLayersReport(layerCount: engine.network.watched.count)
            instruments.layers.measureParameters(into: report, at: instruments.trainingSeconds, isForced: true)
            instruments.layers.fill(report, state.position, norms: outcome.isFinite ? engine.norms : nil)
            reports.append(.layers(report, logged: false))
        }
    }

    /// Whether there is memory for a copy of the state: who pauses a run must not end it.
    private var canLookAtLayers: Bool {
        let copied = state.network.parameters.count * (1 + state.optimizer.slots.count)
        return copied <= Self.mostCopied
    }

    /// Numbers that a look at a step to come may copy: 256 MB.
    private static let mostCopied = 64 << 20
    /// Steps that take longer are not made once more at the end only to be looked at.
    private static let longestLook = 1.0
    /// What is not older than this many steps is as good as new.
    private static let few = 10

    /// Waits for commands for a while.
    private func standStill(_ reason: PauseReason) {
        setPhase(.paused(reason))
        if !state.lifecycle.isEvaluating { lookAtLayers() }
        wait(seconds: 1)
        // Between updates the script's commands come before the mail.
        if state.lifecycle.isEvaluating { takeMail() }
    }

    /// Sleeps until a command comes or the time is over.
    /// - Returns: the seconds that it took.
    @discardableResult private func wait(seconds: Double) -> Double {
        let began = MonotonicClock.seconds
        mailbox.wait(seconds: seconds)
        let waited = MonotonicClock.seconds - began
        instruments.addWait(seconds: waited)
        return waited
    }

    /// Whether it was the last one.
    private func evaluateBatch() -> Bool {
        guard let evaluator else { preconditionFailure("there is no validation set") }
        setPhase(.evaluating)
        let (isLast, failure) = evaluator.advance(step: step, in: batches.batch)
        if let failure { tell(failure) }
        if instruments.isProgressDueNow { reportProgress() }
        return isLast
    }

    private func concludeEvaluation() -> EvaluationReport {
        guard let total = evaluator?.result else { preconditionFailure("there is no validation set") }
        setPhase(.evaluating)
        instruments.endEvaluation()
        var report = EvaluationReport(
            position: state.position, epoch: state.epochs.epoch(of: max(0, step - 1)), loss: total.mean,
            accuracy: total.accuracy, isBest: false)
        report.isBest = state.best.take(report, of: state.network)
        if report.isBest {
            state.snapshot.hasten(at: step)
            keeping.oweBest()
        }
        reports.append(.evaluation(report))
        checkup?.take(report)
        if !report.isFinite {
            let words = "validation loss is not finite: it makes no best and no progress"
            reports.append(.note(.run, words, state.position))
        }
        setPhase(askedPhase)
        reportProgress()
        return report
    }

    /// Policies see the evaluations of the plan only, never those a person asked for, and speak through the mailbox.
    private func consultPolicies(_ report: EvaluationReport) {
        let wanted = state.policies.observe(report, learningRate: step < totalSteps ? nextRate : nil)
        // What they wanted then is done again with all else.
        if !options.isReplay { mailbox.put(wanted) }
        takeMail()
    }

    /// Keeps what is to be kept, answers what came in meanwhile, and says how the run ended.
    private func finish(_ reason: EndReason, kept: KeptWeights) -> EndSummary {
        mailbox.beginSaving()
        keeping.payBest(of: state, isLast: true)
        keeping.save(.last, of: state)
        // Without validation the best is the last, unless that led to no finite loss.
        if material.validation == nil, reason != .notFinite { keeping.save(.best, of: state) }
        if kept == .best, let best = state.best.network { state.network.copy(from: best) }
        keeping.finish()
        // As late as possible, so that whatever came in meanwhile gets its answer too.
        takeMail()
        let summary = EndSummary(position: state.position, reason: reason, kept: kept, best: state.best.report)
        phase = .finished(reason)
        reports.append(.phase(phase, state.position))
        reportProgress()
        reports.append(.end(summary))
        return summary
    }

    private func takeCheckpoint() { keeping.takeCheckpoint(of: state, mailbox.waiting, reports: reports) }

    func setPhase(_ new: RunPhase) {
        guard new != phase else { return }
        phase = new
        reports.append(.phase(new, state.position))
        reportProgress()
    }

    /// Smoothed throughput, or what the pace lets through.
    private var samplesPerSecond: Double {
        let measured = instruments.samplesPerSecond
        return pace.map { min(measured, $0.stepsPerSecond * Double(state.epochs.batchSize(at: step))) } ?? measured
    }

    private func secondsLeft(evaluations: Int) -> Double? {
        let seconds = instruments.secondsLeft(steps: totalSteps - step, evaluations: evaluations)
        return pace.map { max(seconds ?? 0, Double(totalSteps - step) / $0.stepsPerSecond) } ?? seconds
    }

    func reportProgress() {
        instruments.noteProgress()
        let evaluations = state.lifecycle.limits.evaluationsLeft(after: step)
        reports.append(
            .progress(
                RunProgress(
                    position: state.position, epoch: state.epochs.epoch(of: min(step, totalSteps - 1)),
                    control: state.rate.control,
                    learningRate: nextRate, samplesPerSecond: samplesPerSecond,
                    statisticsShare: instruments.statisticsShare,
                    secondsLeft: secondsLeft(evaluations: evaluations),
                    rests: state.rate.rests, times: instruments.clock.times, undoable: state.rate.undoable.count,
                    snapshot: state.snapshot.memory.point,
                    evaluated: state.lifecycle.isEvaluating ? evaluator?.share : nil, plan: planInForce,
                    moments: keeping.momentsKept)))
    }
}
