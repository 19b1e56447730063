import Datasets
import NeuralNetworks
import Plans
import Runs
import Tensors

/// The rungs that train for a moment: a few examples by heart, and whether labels follow from inputs.
struct SmallTraining {
    private let material: RunMaterial
    private let engine: StepEngine
    private let rates: [Double]

    /// - Parameters:
    ///   - material: without regularization.
    ///   - rates: what a range test said.
    init(_ material: RunMaterial, rates: RateTestResult) {
        self.material = material
        engine = StepEngine(material, state: TrainingState(material))
        let found = [rates.curve.valley, rates.peak, rates.curve.steepest, rates.curve.minimumOverTen]
        self.rates = found.compactMap { $0 }.filter { $0 > 0 }.reduce(into: []) { list, rate in
            if !list.contains(where: { abs($0 / rate - 1) < 0.3 }) { list.append(rate) }
        }
    }

    /// Multiply-adds that a try may take, and how many steps that is at least and at most.
    private static let budget = 1e11
    private static let (fewestSteps, mostSteps) = (60, 1000)

    private func steps(of examples: Int, budget: Double) -> Int {
        let multiplyAdds = material.network.summary.reduce(0) { $0 + $1.multiplyAdds }
        return Int(min(Double(Self.mostSteps), budget / (3 * Double(max(1, examples * multiplyAdds)))))
    }

    // MARK: A few examples by heart

    private static let fewExamples = 20
    /// A try whose loss is above such a share of its first after so many steps leads nowhere.
    private static let (patience, progress) = (250, 0.97)

    func overfit() -> CheckItem {
        let probe = ProbeBatch(material.training, of: material, most: Self.fewExamples)
        let target = 0.01 * (probe.variance(in: material) ?? 1)
        let steps = max(Self.fewestSteps, steps(of: probe.count, budget: Self.budget))
        var best: (value: LossValue, steps: Int)?
        for rate in rates {
            var (last, made) = (LossValue.none, 0)
            var first: Double?
            engine.unseen { _ in
                for step in 0..<steps {
                    guard let value = update(probe, step: step, rate: rate) else { break }
                    (last, made) = (value, step)
                    first = first ?? value.mean
                    let isStuck = step == Self.patience && value.mean > Self.progress * (first ?? 0)
                    if isStuck || isLearned(value, target) { break }
                }
            }
            guard last.examples > 0 else { continue }
            if best.map({ Self.isBetter(last, than: $0.value) }) ?? true { best = (last, made) }
            if isLearned(last, target) { break }
        }
        guard let best else {
            return .overfit(examples: probe.count, steps: 0, accuracy: 0, loss: .nan, target: target)
        }
        return .overfit(
            examples: probe.count, steps: best.steps, accuracy: best.value.accuracy, loss: best.value.mean,
            target: target)
    }

    private func isLearned(_ value: LossValue, _ target: Double) -> Bool {
        value.accuracy.map { $0 >= 1 } ?? (value.mean <= target)
    }

    private static func isBetter(_ one: LossValue, than other: LossValue) -> Bool {
        (one.accuracy ?? -one.mean) > (other.accuracy ?? -other.mean)
    }

    /// Makes an update; the loss before it, nil where it was not finite.
    private func update(_ probe: ProbeBatch, step: Int, rate: Double) -> LossValue? {
        var clock = StepClock()
        let context = StepContext(mode: .training, step: step, seed: material.plan.seed, measures: false)
        let outcome = engine.step(probe.batch, count: probe.count, rate: rate, context: context, clock: &clock)
        return outcome.isFinite ? outcome.loss : nil
    }

    // MARK: Labels

    private static let labelBudget = 5e10

    func labels() -> CheckItem {
        if case .random = material.plan.data.source {
            return CheckItem(.labels, .green, "made at random on purpose")
        }
        let neighbours = NeighbourProbe(material)
        let first = neighbours.item
        guard first.verdict != .green else { return first }
        // Neighbours see no order and no sums: what the network itself learns in a moment decides.
        return trained(against: neighbours) ?? first
    }

    /// Trains for a moment, on all examples, and looks at those held out; nil where that says no more than neighbours did.
    private func trained(against neighbours: NeighbourProbe) -> CheckItem? {
        let batchSize = min(material.plan.batchSize, 32)
        let steps = steps(of: batchSize, budget: Self.labelBudget)
        guard steps >= Self.fewestSteps else { return nil }
        let held = neighbours.held
        let batches = neighbours.known.chunks(of: batchSize).map { ProbeBatch(material.training, $0, material.pool) }
        guard !batches.isEmpty else { return nil }
        var best: CheckItem?
        for rate in rates.prefix(2) where best?.verdict != .green {
            engine.unseen { _ in
                for step in 0..<steps where update(batches[step % batches.count], step: step, rate: rate) == nil {
                    break
                }
                let value = evaluate(held)
                let item = neighbours.judge(value, way: "\(steps) steps of training")
                if best.map({ item.verdict < $0.verdict }) ?? true { best = item }
            }
        }
        return best
    }

    private func evaluate(_ probe: ProbeBatch) -> LossValue {
        var total = LossValue.none
        let network = material.network
        let width = network.inputShape.count
        let context = StepContext(mode: .evaluation, seed: material.plan.seed)
        var done = 0
        while done < probe.count {
            let count = min(network.maximumBatch, probe.count - done)
            let outputs = network.forward(probe.batch.inputs + done * width, batch: count, context: context)
            total += material.plan.loss.evaluate(
                outputs: outputs, targets: probe.batch.targets.advanced(by: done, width: network.outputShape.count),
                batch: count, outputCount: network.outputShape.count, gradient: nil, pool: material.pool)
            done += count
        }
        return total
    }
}

extension Targets {
    /// The targets from an example on.
    fileprivate func advanced(by examples: Int, width: Int) -> Targets {
        switch self {
        case .classes(let classes): .classes(classes + examples)
        case .probabilities(let shares): .probabilities(shares + examples * width)
        case .values(let values): .values(values + examples * width)
        }
    }
}

extension Array {
    /// Neighbouring elements, so many at a time; what is left over is left out.
    fileprivate func chunks(of size: Int) -> [[Element]] {
        stride(from: 0, to: count - size + 1, by: size).map { Array(self[$0..<$0 + size]) }
    }
}
