import Datasets
import NeuralNetworks
import Runs

/// What a plan's layers and classes say of themselves that may not be meant: pure looks, which change nothing.
extension RunPlan {
    /// Layers that stand where they do harm, and classes that are far from equally frequent.
    package func structureWarnings(training: Dataset) -> [StartWarning] {
        [onOutputs, lastDropout, highDropout, smallBatch, Self.imbalance(training)].compactMap { $0 }
    }

    /// An activation on the outputs of a loss that takes them as they are.
    private var onOutputs: StartWarning? {
        guard loss != .meanSquaredError, case .activation(let activation)? = model.last else { return nil }
        return StartWarning(
            "structure.logits",
            "\(activation.name) stands after the last layer, and \(loss.name) takes outputs as they are: leave it out")
    }

    private var lastDropout: StartWarning? {
        let after = model.reversed().prefix { !Self.hasWeights($0) }
        let drops = after.contains { if case .dropout(let layer) = $0 { layer.p > 0 } else { false } }
        guard drops else { return nil }
        return StartWarning("structure.lastDropout", "dropout stands after the last layer, where it drops outputs")
    }

    private var highDropout: StartWarning? {
        let highest = Self.flattened(model).compactMap { if case .dropout(let layer) = $0 { layer.p } else { nil } }
            .max()
        guard let highest, highest > Self.mostDropped else { return nil }
        return StartWarning("structure.highDropout", "dropout of \(highest) leaves little to learn from; 0.5 is much")
    }

    private static let mostDropped = 0.7

    private var smallBatch: StartWarning? {
        let isNormalized = Self.flattened(model).contains { if case .batchNorm = $0 { true } else { false } }
        guard isNormalized, batchSize < Self.leastNormalized else { return nil }
        return StartWarning(
            "structure.smallBatch",
            "batchNorm normalizes over a batch of \(batchSize), whose mean is mostly noise; take more, or layerNorm")
    }

    private static let leastNormalized = 4

    /// Classes of which one is far more frequent than another that occurs.
    private static func imbalance(_ training: Dataset) -> StartWarning? {
        guard case .classes(let classes, let count) = training.targets else { return nil }
        var tallies = [Int](repeating: 0, count: count)
        for label in classes { tallies[Int(label)] += 1 }
        let occurring = tallies.filter { $0 > 0 }
        guard let most = occurring.max(), let least = occurring.min(), most > mostImbalance * least else { return nil }
        return StartWarning(
            "classes.imbalance",
            "the commonest class has \(most) examples and the rarest \(least): accuracy says little, and the rare ones are hardly "
                + "learned")
    }

    private static let mostImbalance = 10

    /// All layers, those within blocks included.
    private static func flattened(_ layers: [LayerSpecification]) -> [LayerSpecification] {
        layers.flatMap { layer -> [LayerSpecification] in
            switch layer {
            case .residual(let block): flattened(block.body) + flattened(block.shortcut)
            case .concat(let block): block.branches.flatMap(flattened)
            default: [layer]
            }
        }
    }

    private static func hasWeights(_ layer: LayerSpecification) -> Bool {
        flattened([layer]).contains { layer in
            switch layer {
            case .linear, .conv1d, .conv2d, .rnn, .lstm: true
            default: false
            }
        }
    }

    /// The plan without everything that makes training harder on purpose: dropout, noise, dropped blocks, decay.
    package var withoutRegularization: RunPlan {
        var plan = self
        plan.model = Self.calm(model)
        plan.optimizer = optimizer.with("weightDecay", 0) ?? optimizer
        return plan
    }

    private static func calm(_ layers: [LayerSpecification]) -> [LayerSpecification] {
        layers.map { layer in
            switch layer {
            case .dropout: .dropout(Dropout(p: 0))
            case .gaussianNoise: .gaussianNoise(GaussianNoise(std: 0))
            case .residual(let block):
                .residual(Residual(body: calm(block.body), shortcut: calm(block.shortcut)))
            case .concat(let block): .concat(Concat(branches: block.branches.map(calm)))
            default: layer
            }
        }
    }
}
