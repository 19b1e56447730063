import Diagnosis
import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// Everything that a run's future depends on besides its plan and its data, and the owner of every counter.
///
/// The living state of a run works in the memory of its network and optimizer. At a boundary between two updates it can be
/// written to bytes and read from them, also in another process: what is trained from there has the bits of a run without
/// a break. Random numbers and the order of examples need no memory, being functions of seed, epoch and step. What clocks
/// say is no part of it: speeds, the time left and what is measured for a screen begin anew.
package final class TrainingState {
    /// Parameters, running statistics and counts of batches; the network's own.
    package let network: NetworkState
    /// What the update rule remembers, and the count of its updates.
    package let optimizer: OptimizerState
    /// The best evaluation so far and its network.
    package var best: BestEvaluation
    /// So many updates were finished.
    package var position = Position(step: 0)
    /// What decides the rate beside the schedule, and what of it can be undone.
    package var rate = RateSteering()
    /// What was changed by hand beside the rate.
    package var tuning = Tuning() {
        didSet { follow() }
    }
    /// The schedule as planned for as many epochs as there are to be.
    package private(set) var schedule: Schedule
    /// The latest sound weights.
    package let snapshot: SoundSnapshot
    /// Plateau and early stopping, with what they have seen.
    package var policies: RunPolicies
    /// Pause, single steps and evaluations that are asked for, and how the run goes on.
    package var lifecycle: RunLifecycle
    /// Whether an update came near to what single precision holds; from then on each is checked.
    package var isNearOverflow = false
    /// Whether it was said that examples cannot be read, which is said once.
    package var hasToldReadingFailure = false
    /// How the run came to where it is.
    package internal(set) var course = RunCourse()
    /// What the run's diagnosis has seen and said; nil where it is not diagnosed.
    package internal(set) var examiner: Examiner?
    /// Checkpoints that were taken of this run.
    package var checkpointCount = 0
    /// Commands that wait to be acted on; while the run is alive its mailbox holds them.
    package var waiting: [CommandMailbox.Entry] = []

    /// What the plan says where nothing was changed by hand.
    private let material: RunMaterial

    /// The beginning of a run.
    package init(_ material: RunMaterial) {
        self.material = material
        schedule = material.description.schedule
        let (plan, description) = (material.plan, material.description)
        network = material.network.state
        optimizer = OptimizerState(plan.optimizer, layout: network.layout)
        snapshot = SoundSnapshot(
            network: network, optimizer: optimizer,
            multiplyAdds: material.network.summary.reduce(0) { $0 + $1.multiplyAdds }, batchSize: plan.batchSize)
        best = BestEvaluation(
            monitor: plan.earlyStopping?.monitor ?? .standard(hasAccuracy: description.task.hasAccuracy),
            network: description.task.hasValidation ? NetworkState(twinOf: network) : nil)
        examiner = plan.diagnosis ? Examiner(material.subject) : nil
        policies = RunPolicies(plan, hasAccuracy: description.task.hasAccuracy)
        lifecycle = RunLifecycle(
            limits: .init(
                totalSteps: description.lengths.totalSteps, epochs: material.epochs,
                hasValidation: description.task.hasValidation, canSteer: false, onNotFinite: plan.onNotFinite,
                keepsBest: plan.restoresBest, evaluationInterval: plan.validation?.every))
    }

    /// Lets policies, lengths and schedule be as was asked for by hand, or planned.
    func follow() {
        policies.follow(tuning)
        lifecycle.limits.evaluationInterval = tuning.interval(material.plan.validation)
        let (count, course) = (tuning.epochs ?? material.plan.epochs, course(of: tuning) ?? material.epochs)
        lifecycle.limits.epochs = course
        lifecycle.limits.totalSteps = course.firstStep(ofEpoch: count)
        schedule = material.schedule(epochs: count, of: course)
    }

    /// Which examples each update takes.
    package var epochs: EpochCourse { lifecycle.limits.epochs }

    /// The same with what was changed by hand; nil where that cannot be.
    func course(of tuning: Tuning?) -> EpochCourse? { (tuning ?? Tuning()).course(material.epochs) }

    /// Why a machine has no room for the batches of a course from update `step` on; nil where it has.
    func refusal(of course: EpochCourse, at step: Int) -> String? {
        material.network.refusal(ofBatch: course.batchSize(at: step))
    }

    /// Updates in all, with what was changed by hand.
    func totalSteps(of course: EpochCourse, _ tuning: Tuning?) -> Int {
        course.firstStep(ofEpoch: tuning?.epochs ?? material.plan.epochs)
    }

    /// The best evaluation of a run.
    package struct BestEvaluation {
        /// The number of an evaluation that decides which is best.
        package let monitor: Monitor
        /// Nil before the first evaluation.
        package internal(set) var report: EvaluationReport?
        /// The network of that evaluation; nil without validation.
        package let network: NetworkState?

        init(monitor: Monitor, network: NetworkState?) {
            self.monitor = monitor
            self.network = network
        }

        /// Keeps an evaluation and its network where it is better than the best so far, and says whether it is.
        mutating func take(_ report: EvaluationReport, of network: NetworkState) -> Bool {
            guard monitor.isBetter(report, than: self.report) else { return false }
            self.report = report
            self.report?.isBest = true
            self.network?.copy(from: network)
            return true
        }
    }
}
