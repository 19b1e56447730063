import Optimizers
import Plans

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

    /// Whether it can be what was changed in a run.
    var isSound: Bool {
        options.values.allSatisfy { (0...1e6).contains($0) } && (0...1e6).contains(bound ?? 0)
            && dropout.values.allSatisfy { (0..<1).contains($0) } && (1...1_000_000).contains(patience ?? 1)
    }
}
