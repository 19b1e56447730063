import Optimizers
import Plans
import Runs

/// What somebody changed in a running run beside its rate, each number in place of the plan's.
///
/// Where it is empty, the run is as planned. It is part of the state: what is trained from a checkpoint has the bits of a run
/// without a break.
package struct Tuning: Hashable, Sendable, Codable {
    /// Options of the optimizer by their keys: `weightDecay`, `momentum`, `beta1`.
    package internal(set) var options: [String: Double] = [:]
    /// The bound on the gradients, 0 for none.
    package internal(set) var bound: Double?
    /// Probabilities of dropout layers by their names.
    package internal(set) var dropout: [String: Double] = [:]
    /// Updates from one evaluation to the next, 0 for one at the end of each epoch.
    package internal(set) var evaluationInterval: Int?
    /// Epochs in all.
    package internal(set) var epochs: Int?
    /// The sizes of batches from some updates on, in rising order; nil where they are the plan's all along.
    package internal(set) var batches: [EpochCourse.Stretch]?
    /// Layers that are not trained, by their names, sorted so that the same state is always written as the same bytes.
    package internal(set) var frozen: [String] = []
    /// Evaluations without improvement that end the run.
    package internal(set) var patience: Int?

    /// As planned.
    package init() {}

    /// The optimizer with what was changed; what the rule cannot do is left as it is.
    func optimizer(_ planned: OptimizerSpecification) -> OptimizerSpecification {
        options.sorted { $0.key < $1.key }.reduce(planned) { $0.with($1.key, $1.value) ?? $0 }
    }

    /// The bound on the gradients: of the plan's kind, or else on their norm.
    func clipping(_ planned: GradientClipping?) -> GradientClipping? {
        guard let bound else { return planned }
        guard bound > 0 else { return nil }
        return if case .value = planned { .value(bound) } else { .norm(bound) }
    }

    /// Which examples each update takes; nil where the changes cannot be those of such a run.
    func course(_ planned: EpochCourse) -> EpochCourse? { EpochCourse(planned, changed: batches ?? []) }

    /// Goes back to the plan where that was changed since, by texts `KEY=VALUE`: `optimizer.sgd.momentum=0.9`, `epochs=20`.
    package mutating func forget(_ changes: [String]) {
        for change in changes {
            let keys = change.prefix { $0 != "=" }.split(separator: ".").map(String.init)
            switch keys.first {
            case "optimizer": if keys.count > 2 { options[keys[2]] = nil } else { options = [:] }
            case "gradientClipping": bound = nil
            case "earlyStopping": patience = nil
            case "validation": evaluationInterval = nil
            case "epochs": epochs = nil
            default: break
            }
        }
    }

    /// Whether it can be what was changed in a run.
    var isSound: Bool {
        options.values.allSatisfy { (0...1e6).contains($0) } && (0...1e6).contains(bound ?? 0)
            && dropout.values.allSatisfy { (0..<1).contains($0) } && (1...1_000_000).contains(patience ?? 1)
            && (0...1_000_000_000).contains(evaluationInterval ?? 0) && (1...1_000_000).contains(epochs ?? 1)
    }
}
