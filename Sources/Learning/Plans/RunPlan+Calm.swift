import NeuralNetworks
import Optimizers

extension RunPlan {
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
