import Datasets
import NeuralNetworks
import Runs

extension RunMaterial {
    /// What is doubtful in a model and a plan, whatever the data's values are: a line each, without a full stop.
    static func structureConcerns(_ plan: RunPlan, training: Dataset) -> [StartWarning] {
        var found: [StartWarning] = []
        func doubt(_ id: String, _ sentence: String) { found.append(StartWarning("structure.\(id)", sentence)) }
        let tail = plan.model.reversed().prefix { !$0.isWeighted }
        for layer in tail.reversed() {
            switch layer {
            case .activation(let activation):
                if let sentence = concern(activation, plan.loss, training) { doubt("lastActivation", sentence) }
            case .dropout(let dropout) where dropout.p > 0:
                doubt(
                    "lastDropout",
                    "model: dropout after the last layer drops outputs, so that the loss of these is of nothing")
            default: break
            }
        }
        if let p = plan.model.dropouts.max(), p > 0.7 {
            doubt(
                "dropout",
                "model: dropout with p \(p) leaves \(Int((100 * (1 - p)).rounded())) % of the values; 0.5 is much")
        }
        if plan.batchSize < 4, plan.model.contains(where: \.hasBatchNorm) {
            doubt(
                "batchNorm",
                "batchSize: batchNorm takes its statistics from batches of \(plan.batchSize); take 16 and more, or layerNorm"
            )
        }
        if let (most, least) = training.classSpread, least > 0, most > 10 * least {
            doubt(
                "imbalance",
                "\(training.name): the commonest class has \(most) examples and the rarest \(least): accuracy says little, the "
                    + "rare ones are hardly learned")
        }
        return found
    }

    /// Why an activation behind the last weights is doubtful with a loss; nil where it is not.
    private static func concern(_ activation: Activation, _ loss: Loss, _ training: Dataset) -> String? {
        switch loss {
        case .crossEntropy:
            let own = activation == .softmax ? ", which has a softmax of its own" : ", which wants logits of any size"
            return "model: \(activation.name) stands between the last layer and crossEntropy\(own); take it out"
        case .hinge:
            return "model: \(activation.name) bounds the scores of the hinge loss, which wants any; take it out"
        case .meanSquaredError:
            guard let range = activation.outputRange, case .values(let values, _) = training.targets else { return nil }
            var (low, high) = (Float.infinity, -Float.infinity)
            for place in stride(from: 0, to: values.count, by: max(1, values.count / 10_000)) {
                low = min(low, values.pointer[place])
                high = max(high, values.pointer[place])
            }
            guard low < range.lowerBound - 1e-3 || high > range.upperBound + 1e-3 else { return nil }
            return
                "model: \(activation.name) behind the last layer cannot reach the numbers to predict, which go from \(low) to \(high)"
        }
    }
}

extension Activation {
    /// What it can give; nil where that is everything.
    fileprivate var outputRange: ClosedRange<Float>? {
        switch self {
        case .sigmoid, .softmax: 0...1
        case .tanh: -1...1
        case .relu: 0...(.greatestFiniteMagnitude)
        default: nil
        }
    }
}

extension LayerSpecification {
    /// Whether it has weights of its own that make outputs of inputs, here or within.
    fileprivate var isWeighted: Bool {
        switch self {
        case .linear, .conv2d, .conv1d, .rnn, .lstm, .residual, .concat: true
        default: false
        }
    }

    fileprivate var hasBatchNorm: Bool {
        switch self {
        case .batchNorm: true
        case .residual(let layer): (layer.body + layer.shortcut).contains(where: \.hasBatchNorm)
        case .concat(let layer): layer.branches.joined().contains(where: \.hasBatchNorm)
        default: false
        }
    }
}

extension [LayerSpecification] {
    /// The probabilities of all dropout layers.
    fileprivate var dropouts: [Double] {
        flatMap { layer -> [Double] in
            switch layer {
            case .dropout(let dropout): [dropout.p]
            case .residual(let layer): (layer.body + layer.shortcut).dropouts
            case .concat(let layer): layer.branches.flatMap(\.dropouts)
            default: []
            }
        }
    }
}

extension Dataset {
    /// Examples of the commonest class and of the rarest that occurs; nil without classes.
    fileprivate var classSpread: (most: Int, least: Int)? {
        guard case .classes(let classes, let count) = targets, !classes.isEmpty else { return nil }
        var counts = [Int](repeating: 0, count: count)
        for label in classes { counts[Int(label)] += 1 }
        let present = counts.filter { $0 > 0 }
        return (present.max() ?? 0, present.min() ?? 0)
    }
}
