import Datasets
import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// The pre-flight ladder: is this run worth training at all? Climbed with networks that begin anew, beside whatever run there is.
///
/// What it finds depends on the plan, the data and the seed alone, not on clocks.
package struct Preflight {
    /// The run as it would begin.
    private let material: RunMaterial
    /// The same with batches large enough to look at.
    private let probing: RunMaterial
    /// The same without what makes training harder on purpose.
    private let calm: RunMaterial
    private let probe: ProbeBatch
    /// Damages what the backward pass wrote, to see whether that is noticed; nil for no damage.
    private let damage: ((Network) -> Void)?

    /// Examples that are looked at, where there are as many.
    private static let mostExamples = 256

    /// Builds the networks over data and threads that a run may use too, though not at the same time.
    /// - Parameter damage: gets the network after each backward pass of the gradient check; tests write wrong gradients there.
    package init(
        plan: RunPlan, data: LoadedData, pool: WorkerPool, damage: ((Network) -> Void)? = nil
    ) throws(PreparationError) {
        self.damage = damage
        material = try RunMaterial(plan: plan, data: data, pool: pool)
        var plan = plan
        let few = min(Self.mostExamples, data.training.count)
        // So many of a large network's values would take more memory than the run itself.
        let fitting = Self.mostValues / max(1, material.network.memoryBytes / 4 / max(1, material.network.maximumBatch))
        plan.batchSize = min(few, max(plan.batchSize, min(few, max(32, fitting))))
        plan.dropLast = true
        probing = try RunMaterial(plan: plan, data: data, pool: pool)
        calm = try RunMaterial(plan: plan.withoutRegularization, data: data, pool: pool)
        probe = ProbeBatch(data.training, of: probing)
    }

    private static let mostValues = 64 << 20
    /// What trials may take where the ramp alone shows no descent.
    private static let (trialBudget, mostTrialSteps) = (2e11, 300)

    /// Climbs.
    /// - Parameter goesOn: gets the result before and after each rung; false ends it.
    package func run(goesOn: @escaping (CheckResult) -> Bool) -> CheckResult {
        var result = CheckResult()
        var rates = RateTestResult(position: Position(step: 0), peak: 0)
        for rung in CheckItem.Rung.allCases {
            result.current = rung
            guard goesOn(result) else { break }
            var isWanted = true
            switch rung {
            case .structure: result.append(.structure(material.description.warnings))
            case .inputs: result.append(inputs)
            case .initialLoss: result.append(initialLoss)
            case .regularization: result.append(regularization)
            case .activations: result.append(activations)
            case .gradients:
                result.append(.gradients(GradientCheck(probing, damage: damage).tensors()))
            case .learningRate:
                func test(tries: Bool) -> RateTestResult {
                    var finder = RateFinder(material)
                    (finder.budget, finder.mostTrialSteps) = (Self.trialBudget, Self.mostTrialSteps)
                    let steps = rampSteps
                    finder.mostAveraged = max(1, min(4, steps / RateTest.usualSteps))
                    return finder.run(RateTest(steps: min(steps, RateTest.usualSteps), tries: tries)) { _ in
                        isWanted = goesOn(result)
                        return isWanted
                    }
                }
                rates = test(tries: false)
                // What learns slowly at first descends in no short ramp.
                if isWanted, rates.concern == .neverDescends { rates = test(tries: true) }
                guard isWanted else { break }
                let bound = rates.curve.concern == .neverDescends ? nil : rates.curve.blowUp
                result.append(
                    .learningRate(
                        rates.peak, suggested: rates.suggested?.rate, blowUp: bound, concern: rates.concern))
            case .overfit, .labels:
                let training = SmallTraining(calm, rates: rates)
                let item = rung == .overfit ? training.overfit() : training.labels()
                result.append(item)
            }
            guard isWanted, goesOn(result) else { break }
        }
        result.end()
        return result
    }

    /// Updates that a ramp may make.
    private var rampSteps: Int {
        let multiplyAdds = material.network.summary.reduce(0) { $0 + $1.multiplyAdds }
        let step = 3 * Double(max(1, multiplyAdds)) * Double(material.plan.batchSize)
        return max(Self.fewestRampSteps, Int(min(4 * Double(RateTest.usualSteps), Self.rampBudget / step)))
    }

    private static let (rampBudget, fewestRampSteps) = (2e11, 30)

    // MARK: Rungs without training

    private var inputs: CheckItem {
        let (numbers, count) = (probe.batch.inputs, probe.count)
        let shape = material.network.inputShape
        let length = shape.count
        var (sum, squares, low, high) = (0.0, 0.0, Double.infinity, -Double.infinity)
        // A spread for each feature, or each channel.
        let groups = shape.rank == 3 ? shape[0] : length
        let size = length / max(1, groups)
        var (sums, squareSums) = ([Double](repeating: 0, count: groups), [Double](repeating: 0, count: groups))
        var isFinite = true
        for example in 0..<count {
            for place in 0..<length {
                let value = Double(numbers[example * length + place])
                isFinite = isFinite && value.isFinite
                sum += value
                squares += value * value
                (low, high) = (min(low, value), max(high, value))
                sums[place / size] += value
                squareSums[place / size] += value * value
            }
        }
        let each = Double(max(1, count * size))
        let spreads = zip(sums, squareSums).map { sum, squares in
            max(0, squares / each - sum / each * (sum / each)).squareRoot()
        }
        let all = Double(max(1, count * length))
        return .inputs(
            rms: isFinite ? (squares / all).squareRoot() : .nan, mean: sum / all, low: low, high: high,
            spreads: spreads,
            isNormalized: normalizesFirst)
    }

    /// Whether a normalization comes before the second layer with weights, so that the inputs' scale does not matter.
    private var normalizesFirst: Bool {
        let kinds = material.network.summary.map(\.kind)
        guard let norm = kinds.firstIndex(where: Self.norms.contains) else { return false }
        return kinds[..<norm].count { [Linear.word, Conv2d.word, Conv1d.word, RNN.word, LSTM.word].contains($0) } <= 1
    }

    private static let norms = [BatchNorm.word, LayerNorm.word, InstanceNorm.word]

    private var loss: Double { calm.loss(of: probe.batch, count: probe.count).mean }

    private var initialLoss: CheckItem {
        let task = material.description.task
        let expected = task.chanceLoss ?? probe.meanSquare(in: calm)
        let formula =
            switch material.plan.loss {
            case .crossEntropy: "ln \(task.classCount ?? 0)"
            case .hinge: "\(task.classCount ?? 0) - 1"
            case .meanSquaredError: task.classCount == nil ? "the targets' mean square" : "as of equal guesses"
            }
        let isConstant = !material.network.layout.segments.contains { segment in
            segment.shape.rank > 1 && segment.count > 1
                && segment.range.contains {
                    material.network.parameters.pointer[$0] != material.network.parameters.pointer[segment.offset]
                }
        }
        let hasHidden = material.network.watched.count > 1
        return .initialLoss(
            loss, expected: expected, formula: formula, batchSize: material.plan.batchSize,
            constantLayer: isConstant && hasHidden ? "each layer" : nil)
    }

    private var regularization: CheckItem {
        let (specification, network) = (material.plan.optimizer, material.network)
        let decay = specification.weightDecay
        func penalty(_ specification: OptimizerSpecification) -> Double {
            Optimizer(specification, layout: network.layout).penalty(
                parameters: network.parameters, pool: material.pool)
        }
        let greater = specification.with("weightDecay", decay * 10) ?? specification
        return .regularization(
            loss: loss, decay: decay, penalty: penalty(specification), greater: penalty(greater),
            isPenalty: specification.decayIsPenalty)
    }

    private var activations: CheckItem {
        let network = calm.network
        _ = network.forward(
            probe.batch.inputs, batch: probe.count,
            context: StepContext(mode: .training, seed: calm.plan.seed, measures: true))
        var measured = [LayerMeasurement](repeating: LayerMeasurement(), count: network.watched.count)
        measured.withUnsafeMutableBufferPointer { buffer in
            if let start = buffer.baseAddress { network.measurements(into: start) }
        }
        let layers = zip(network.watched, measured).map { layer, found in
            CheckItem.Layer(
                name: layer.name, spread: found.preactivation.spread,
                neverFired: layer.activation == "relu" ? found.neverFired : .nan,
                saturated: found.saturated)
        }
        let isNormalized = network.summary.contains { Self.norms.contains($0.kind) }
        return .activations(layers, isNormalized: isNormalized)
    }
}

extension RunMaterial {
    /// The loss of a batch in training mode, before any update.
    func loss(of batch: Batch, count: Int, gradient: UnsafeMutablePointer<Float>? = nil) -> LossValue {
        let context = StepContext(mode: .training, seed: plan.seed)
        let outputs = network.forward(batch.inputs, batch: count, context: context)
        return plan.loss.evaluate(
            outputs: outputs, targets: batch.targets, batch: count, outputCount: network.outputShape.count,
            gradient: gradient, pool: pool)
    }
}

extension MeasuredHistogram {
    /// The standard deviation of what is counted, from the middles of the bins; NaN where nothing is.
    fileprivate var spread: Double {
        let width = (Double(high) - Double(low)) / Double(Self.binCount)
        var (count, sum, squares) = (0.0, 0.0, 0.0)
        for bin in 0..<Self.binCount {
            let (number, value) = (Double(counts[bin]), Double(low) + width * (Double(bin) + 0.5))
            count += number
            sum += number * value
            squares += number * value * value
        }
        guard count > 0 else { return .nan }
        return high == low ? 0 : max(0, squares / count - sum / count * (sum / count)).squareRoot()
    }
}
