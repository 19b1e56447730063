import Datasets
import Diagnosis
import NeuralNetworks
import Runs

extension RunMaterial {
    /// What is known of the run before its first step, for who diagnoses it.
    package var subject: RunSubject {
        let decoupled = !plan.optimizer.decayIsPenalty
        return RunSubject(
            description: description, data: data.facts(pool), links: links, beginsFresh: beginsFresh,
            decayIsDecoupled: decoupled,
            hasBatchNorm: network.bufferLayout.segments.contains { $0.name.hasSuffix(".running_mean") },
            structure: description.warnings.filter { $0.weight == .doubt }.map(\.sentence))
    }

    private var links: [LayerLink] {
        network.watched.enumerated().map { index, layer in
            LayerLink(
                name: layer.name, isNormalized: layer.isNormalized || (index == 0 && beginsNormalized),
                isHidden: layer.activation != nil && layer.activation != "softmax" && index + 1 < network.watched.count,
                isRecurrent: layer.kind == LSTM.word || layer.kind == RNN.word,
                canDie: layer.activation == "relu" || layer.activation == "gelu",
                outputCount: layer.outputShape.count)
        }
    }

    /// Whether a normalization stands before the first weights.
    private var beginsNormalized: Bool {
        for layer in plan.model {
            switch layer {
            case .batchNorm, .layerNorm, .instanceNorm: return true
            case .flatten: continue
            default: return false
            }
        }
        return false
    }
}
