extension Network {
    /// The dropout layers in depth order, with the probability that each drops with now.
    package var dropout: [(layer: String, probability: Double)] {
        nodes.compactMap { ($0 as? DropoutNode).map { ($0.name, $0.probability) } }
    }

    /// Lets dropout layers drop with other probabilities, by their names; those without one as the model has it.
    package func setDropout(_ probabilities: [String: Double]) {
        for case let node as DropoutNode in nodes { node.probability = probabilities[node.name] ?? node.planned }
    }
}
