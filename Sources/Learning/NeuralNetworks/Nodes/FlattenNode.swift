import Tensors

/// The same numbers as a list: no work, no memory.
final class FlattenNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = .alias

    init(_ place: NodePlace) { self.place = place }

    func forward(_ pass: Pass) { pass.values[output] = pass.values[inputs[0]] }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let upstream = pass.gradient(output)
        // The same memory, unless several nodes read the input.
        if upstream != UnsafePointer(downstream) {
            downstream.update(from: upstream, count: pass.batch * outputShape.count)
        }
    }
}
