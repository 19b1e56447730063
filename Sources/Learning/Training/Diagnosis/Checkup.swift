import Datasets
import Diagnosis
import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// Takes a run's measures for its diagnosis, at steps that the plan decides alone, and hands on what is found.
///
/// Nothing here changes a bit of the training, and nothing depends on a clock.
final class Checkup {
    private let state: TrainingState
    private let engine: StepEngine
    private let reports: ReportMailbox
    private let seed: UInt64
    private let cadence: CheckupCadence
    private let probe: ProbeExamples?
    /// Of each watched layer.
    private let units: [Int]
    private let canDie: [Bool]
    private let outputCounts: [Int]

    /// Nil where the run is not diagnosed.
    init?(_ material: RunMaterial, state: TrainingState, engine: StepEngine, reports: ReportMailbox) {
        guard let examiner = state.examiner else { return nil }
        self.state = state
        self.engine = engine
        self.reports = reports
        seed = material.plan.seed
        probe = examiner.subject.links.contains(where: \.canDie) ? ProbeExamples(material) : nil
        cadence = CheckupCadence(
            layers: material.network.watched.count, batchSize: material.plan.batchSize,
            probeExamples: probe?.count ?? 0)
        units = material.network.watched.map { $0.outputShape[0] }
        canDie = examiner.subject.links.map(\.canDie)
        outputCounts = examiner.subject.links.map(\.outputCount)
    }

    /// Whether the layers are to be measured in the update that is due.
    func wantsMeasurement(at step: Int) -> Bool { cadence.measures(at: step) }

    /// Whether the size of the update that is due is to be taken.
    func wantsNorms(at step: Int) -> Bool { cadence.takesNorms(at: step) }

    /// Looks at the weights of now where that is due, before the update's batch is loaded.
    func look(before step: Int) {
        guard let probe, cadence.probes(at: step), state.examiner != nil else { return }
        let network = engine.network
        network.probe(batches: probe.batches, step: step, seed: seed) { probe.load($0) }
        // Leaky units come back by themselves.
        state.examiner?.takeProbe(probe.count, units: units) { canDie[$0] ? network.deadShare(of: $0) : .nan }
        tell()
    }

    /// The loss of the batch that is due with running statistics, where that is to be compared; before the update.
    func evaluationLoss(_ batch: Batch, count: Int, context: StepContext) -> Double? {
        guard let examiner = state.examiner, examiner.subject.hasBatchNorm, cadence.compares(at: context.step) else {
            return nil
        }
        return engine.evaluationLoss(batch, count: count, context: context)
    }

    /// Takes an update.
    ///
    /// - Parameters:
    ///   - measured: what the layers looked like, where that was measured.
    ///   - evaluation: the loss of its batch with running statistics.
    func take(_ step: StepReport, measured: LayersReport?, evaluation: Double?) {
        state.examiner?.take(step, wantsNorms(at: step.step) || measured != nil ? updateReport() : nil)
        if let measured, cadence.measures(at: step.step) {
            state.examiner?.takeLayers { LayerSigns(measured.layers[$0], outputCount: outputCounts[$0]) }
        }
        if let evaluation { state.examiner?.take(training: step.loss, evaluation: evaluation) }
        tell()
    }

    /// Takes an update that was not made, because something was not finite.
    func take(notFinite step: StepReport, _ batch: Batch, count: Int) {
        guard state.examiner != nil else { return }
        state.examiner?.take(notFinite: step, engine.firstNotFinite(batch, count: count, step: step.step, seed: seed))
        tell()
    }

    /// Takes an evaluation.
    func take(_ report: EvaluationReport) {
        state.examiner?.take(report)
        tell()
    }

    /// Takes the answer to a command.
    func take(_ receipt: Receipt) { state.examiner?.take(receipt) }

    private func tell() {
        guard let findings = state.examiner?.takeFindings(), !findings.isEmpty else { return }
        for finding in findings { reports.append(.finding(finding)) }
    }

    /// What the last update did, by the norms that it took.
    private func updateReport() -> UpdateReport {
        var (largest, place, weights, updates) = (0.0, 0, 0.0, 0.0)
        let norms = engine.norms
        for (index, layer) in engine.network.watched.enumerated() {
            var sums = SegmentNorms()
            for segment in layer.parameterSegments {
                sums.weights += norms[segment].weights
                sums.update += norms[segment].update
            }
            // Weights that begin next to nothing grow by large shares before they are of any size: what counts is the size that
            // PyTorch begins with, half of it.
            sums.weights = max(sums.weights, Double(layer.outputShape[0]) / 12)
            let ratio = sums.updateRatio
            // What a normalization follows has no size of its own that an update could be large against.
            if ratio > largest, !layer.isNormalized || ratio < 0.05 { (largest, place) = (ratio, index) }
        }
        for segment in norms.indices {
            weights += norms[segment].weights
            updates += norms[segment].update
        }
        return UpdateReport(
            largestRatio: largest, layer: place, weightNorm: weights.squareRoot(), updateNorm: updates.squareRoot(),
            weightDecay: engine.optimizer.weightDecay)
    }
}

/// At which updates what is looked at: often at the beginning, and later so seldom that it costs next to nothing.
struct CheckupCadence: Hashable, Sendable {
    /// Updates between two measurements of the layers, once the beginning is over.
    private let layersInterval: Int
    /// The same of probes, and of norms.
    private let probeInterval: Int
    private let normsInterval: Int

    /// Share of the updates' work that each kind of look may take.
    private static let share = 0.004
    /// When the layers are measured at the beginning, and when probes are taken.
    private static let firstLayers: Set<Int> = [0, 2, 5, 10, 20, 30, 40, 60, 80, 100]
    private static let firstProbes: Set<Int> = [0, 20, 60, 120]

    init(layers: Int, batchSize: Int, probeExamples: Int) {
        // Measuring takes up to half of an update.
        layersInterval = 125
        // Going forward is a third of an update.
        let cost = Double(probeExamples) / Double(max(1, batchSize)) / 3 + 0.5
        probeInterval = max(100, Int((cost / Self.share).rounded(.up)))
        normsInterval = layers > 200 ? 20 : 4
    }

    func measures(at step: Int) -> Bool { Self.firstLayers.contains(step) || (step > 100 && step % layersInterval == 0) }

    func probes(at step: Int) -> Bool { Self.firstProbes.contains(step) || (step > 0 && step % probeInterval == 0) }

    func takesNorms(at step: Int) -> Bool { step < 200 || step % normsInterval == 0 }

    func compares(at step: Int) -> Bool { step > 0 && (step <= 200 ? step % 20 == 0 : step % layersInterval == 0) }
}

/// A fixed set of training examples, as the net sees them without augmentation.
private final class ProbeExamples {
    private static let most = 256
    /// Examples of each pass.
    let batches: [Int]
    private let pipeline: InputPipeline
    private let batch: Batch
    private let order: [Int32]

    /// Nil where the set has too few examples.
    init?(_ material: RunMaterial) {
        let training = material.training
        let count = min(Self.most, training.count)
        let capacity = min(material.evaluationBatch, count)
        guard count >= 20, capacity > 0 else { return nil }
        order = Array(
            BatchOrder(seed: material.plan.seed, count: training.count).permutation(epoch: 0).prefix(count))
        batches = stride(from: 0, to: count, by: capacity).map { min(capacity, count - $0) }
        pipeline = InputPipeline(training, capacity: capacity, pool: material.pool)
        batch = Batch(dataset: training, capacity: capacity)
    }

    var count: Int { order.count }

    /// The inputs of a pass. What cannot be read is told when it is trained on.
    func load(_ place: Int) -> UnsafePointer<Float> {
        var start = 0
        for before in 0..<place { start += batches[before] }
        order.withUnsafeBufferPointer { order in
            _ = batch.load(pipeline, UnsafeBufferPointer(rebasing: order[start..<start + batches[place]]), .plain)
        }
        return batch.inputs
    }
}
