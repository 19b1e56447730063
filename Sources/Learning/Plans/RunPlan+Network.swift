import NeuralNetworks
import Settings
import Tensors

extension RunPlan {
    /// Builds the plan's network for examples of a shape; an error stands where the layer does in the config.
    package func network(inputShape: Shape, maximumBatch: Int, pool: WorkerPool) throws(PreparationError) -> Network {
        let specification = NetworkSpecification(
            layers: model, inputShape: inputShape, initializer: initializer.weights, biasValue: initializer.bias,
            seed: seed)
        do throws(NetworkError) {
            return try Network(specification, maximumBatch: maximumBatch, pool: pool)
        } catch {
            throw .settings(setting(of: error.place).error(error.message))
        }
    }

    /// The entry of a layer in the config, as near as the config's way of writing it allows.
    private func setting(of place: LayerPlace?) -> Setting {
        guard let place, var setting = modelSettings[checked: place.index] else { return settings }
        for step in place.steps.dropFirst() {
            switch (step, setting.value) {
            case (.index(let index), .array(let elements)): setting = elements[checked: index] ?? setting
            // A block may name its main list or be that list: { residual: [...] }.
            case (.key(let key), .object(let members)):
                setting = members.first { $0.name == key }?.setting ?? setting
            default: break
            }
        }
        return setting
    }
}

extension Array {
    fileprivate subscript(checked index: Int) -> Element? { indices.contains(index) ? self[index] : nil }
}
