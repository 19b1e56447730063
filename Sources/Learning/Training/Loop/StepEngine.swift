import Datasets
import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// One update: from a batch to its gradients, and from these to other weights.
///
/// It reports nothing and knows no command. A step that is not finite changes nothing, counters included. Allocates nothing
/// after its making, but for a copy of the state when an update first comes near to what single precision holds.
final class StepEngine {
    let network: Network
    /// Sums of squares of each segment in the last measured update.
    let norms: UnsafeMutableBufferPointer<SegmentNorms>
    private let state: TrainingState
    let optimizer: Optimizer
    private let loss: Loss
    private var clipping: GradientClipping?
    private let pool: WorkerPool
    private var lossGradient: FloatBuffer
    /// Running statistics as they were before the step.
    private let statisticsBefore: RunningStatistics
    /// Running statistics of frozen layers, which stay.
    private var keptStatistics = RunningStatistics.Part()
    /// Whether the step under way is taken back, so that nobody remembers its loss.
    private var isTrial = false
    /// The state before an update that may overflow, made when it is first needed.
    private var before: (network: NetworkState, optimizer: OptimizerState)?

    /// A step that would move weights by less than this stays finite, whatever the rule remembers.
    private static let harmless = 1e15

    init(_ material: RunMaterial, state: TrainingState) {
        let plan = material.plan
        (network, pool, self.state) = (material.network, material.pool, state)
        (loss, clipping) = (plan.loss, plan.gradientClipping)
        optimizer = Optimizer(plan.optimizer, layout: network.layout, state: state.optimizer)
        lossGradient = FloatBuffer(count: network.maximumBatch * network.outputShape.count)
        statisticsBefore = RunningStatistics(twinOf: state.network.statistics)
        norms = .allocate(capacity: network.layout.segments.count)
        norms.initialize(repeating: SegmentNorms())
        follow(state.tuning, plan)
    }

    /// Makes room for batches of so many examples, where there is less.
    func makeRoom(forBatch count: Int) {
        network.makeRoom(forBatch: count)
        let outputs = network.maximumBatch * network.outputShape.count
        if lossGradient.count < outputs { lossGradient = FloatBuffer(count: outputs) }
    }

    /// Makes the updates to come with what the plan says and what was changed by hand.
    func follow(_ tuning: Tuning, _ plan: RunPlan) {
        let frozen = Set(tuning.frozen)
        optimizer.adopt(tuning.optimizer(plan.optimizer), frozen: frozen)
        keptStatistics = network.state.statistics.part(of: frozen)
        clipping = tuning.clipping(plan.gradientClipping)
        network.setDropout(tuning.dropout)
    }

    deinit { norms.deallocate() }

    /// What an update was.
    struct Outcome {
        /// Of the batch, before the update.
        let loss: LossValue
        /// The regularization term beside it.
        let penalty: Double
        /// 2-norm of all gradients, before clipping.
        let gradientNorm: Double
        /// Whether loss, gradient and everything they lead to are finite; else the update was not made.
        let isFinite: Bool
    }

    /// Makes the update of a batch.
    ///
    /// - Parameters:
    ///   - count: examples in the batch.
    ///   - rate: the learning rate.
    ///   - takesNorms: whether `norms` is wanted of a step that is not measured too.
    ///   - clock: told where each part of the step ends.
    func step(
        _ batch: Batch, count: Int, rate: Double, context: StepContext, takesNorms: Bool = false,
        clock: inout StepClock
    ) -> Outcome {
        statisticsBefore.copy(from: state.network.statistics)
        clock.endData()
        let outputs = network.forward(batch.inputs, batch: count, context: context)
        let value = loss.evaluate(
            outputs: outputs, targets: batch.targets, batch: count, outputCount: network.outputShape.count,
            gradient: lossGradient.pointer, pool: pool)
        clock.endForward(measuring: context.measures ? network.measuringSeconds : 0)
        network.backward(outputGradient: lossGradient.pointer, batch: count, context: context)
        clock.endBackward(measuring: context.measures ? network.measuringSeconds : 0)

        state.network.statistics.copy(keptStatistics, from: statisticsBefore)
        // Where several machines train one network, the gradients of their batches are added up here.

        let (outcome, isClipped) = update(
            value, rate: rate, context, takesNorms: takesNorms || context.measures)
        clock.endUpdate(isClipped: isClipped)
        return outcome
    }

    /// What the update of a batch would be: makes it, lets somebody look while gradients and weights are those of it, and puts
    /// everything back. No bit of the training changes.
    ///
    /// Allocates a copy of the state for the while.
    func tryOut(
        _ batch: Batch, count: Int, rate: Double, context: StepContext, look: (Outcome) -> Void
    ) {
        unseen { _ in
            // Nothing of this belongs to the time of the steps.
            var clock = StepClock()
            look(step(batch, count: count, rate: rate, context: context, clock: &clock))
        }
    }

    /// Lets somebody make updates that nobody remembers, as often as wanted from where the state stands now, and puts everything
    /// back. No bit of the training changes.
    ///
    /// Allocates a copy of the state for the while.
    /// - Parameter work: gets what puts everything back on the way.
    func unseen(_ work: (_ putBack: () -> Void) -> Void) {
        let kept = (NetworkState(twinOf: state.network), OptimizerState(twinOf: state.optimizer), state.isNearOverflow)
        func putBack() {
            state.network.copy(from: kept.0)
            state.optimizer.copy(from: kept.1)
            state.isNearOverflow = kept.2
        }
        isTrial = true
        work(putBack)
        isTrial = false
        putBack()
    }

    /// The loss of a batch as an evaluation sees it; no bit of the training changes.
    func evaluationLoss(_ batch: Batch, count: Int, context: StepContext) -> Double {
        var context = context
        (context.mode, context.measures) = (.evaluation, false)
        let outputs = network.forward(batch.inputs, batch: count, context: context)
        return loss.evaluate(
            outputs: outputs, targets: batch.targets, batch: count, outputCount: network.outputShape.count, gradient: nil,
            pool: pool
        ).mean
    }

    private func update(
        _ value: LossValue, rate: Double, _ context: StepContext, takesNorms: Bool
    ) -> (Outcome, isClipped: Bool) {
        // Before clipping: what is reported, and what an infinite gradient must not hide behind a bound from.
        let norm = GradientNorm.total(network.gradients, pieces: optimizer.pieces, pool: pool)
        let isCut = clipping?.clipValues(network.gradients, pieces: optimizer.pieces, pool: pool) ?? false
        let scale = clipping?.scale(norm: norm.value) ?? 1
        var isFinite = value.mean.isFinite && norm.isFinite && network.buffers.isFinite
        let penalty: Double
        if isFinite {
            if !isTrial {
                state.snapshot.observe(
                    loss: value.mean, at: context.step, of: state.network, statistics: statisticsBefore,
                    optimizer: state.optimizer)
            }
            let size = max(1, norm.value) * max(1, rate)
            // Decay alone makes weights grow without bound where rate x decay is large.
            if size > Self.harmless || rate * optimizer.weightDecay > 1 { state.isNearOverflow = true }
            if state.isNearOverflow { remember() }
            penalty = optimizer.step(
                parameters: network.parameters, gradients: network.gradients, learningRate: rate, gradientScale: scale,
                pool: pool, norms: takesNorms ? norms.baseAddress : nil)
            isFinite = !state.isNearOverflow || goBackUnlessFinite()
        } else {
            penalty = optimizer.penalty(parameters: network.parameters, pool: pool)
        }
        if !isFinite { state.network.statistics.copy(from: statisticsBefore) }
        let outcome = Outcome(loss: value, penalty: penalty, gradientNorm: norm.value, isFinite: isFinite)
        return (outcome, isFinite && (isCut || scale < 1))
    }

    /// Keeps a copy of what an update changes, in memory that is used again.
    private func remember() {
        guard let before else {
            before = (NetworkState(twinOf: state.network), OptimizerState(twinOf: state.optimizer))
            return
        }
        before.network.copy(from: state.network)
        before.optimizer.copy(from: state.optimizer)
    }

    /// Takes the update back where it made anything infinite; whether it did not.
    ///
    /// A finite gradient times a huge rate can overflow single precision. Looking at every number costs as much as a
    /// plain update does, so it is done only once an update came near to it.
    private func goBackUnlessFinite() -> Bool {
        let (network, optimizer) = (state.network, state.optimizer)
        if network.parameters.isFinite, network.statistics.buffers.isFinite, optimizer.slots.allSatisfy(\.isFinite) {
            return true
        }
        guard let before else { preconditionFailure("an update that may overflow is made over a copy of the state") }
        network.copy(from: before.network)
        optimizer.copy(from: before.optimizer)
        return false
    }
}

extension FloatBuffer {
    /// Whether every number is finite.
    fileprivate var isFinite: Bool {
        // The largest exponent of all; written so that it becomes vector instructions.
        var exponent: UInt32 = 0
        for value in values { exponent = max(exponent, value.bitPattern & 0x7F80_0000) }
        return exponent != 0x7F80_0000
    }
}
