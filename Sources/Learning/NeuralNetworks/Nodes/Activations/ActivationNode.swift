import Tensors

/// A nonlinearity without parameters, element by element.
final class ActivationNode: UnaryNode {
    let place: NodePlace
    let activation: Activation
    private let count: Int

    init(_ place: NodePlace, activation: Activation) {
        self.place = place
        count = place.outputShape.count
        self.activation = activation
    }

    var role: NodeRole { .activation(activation) }

    var traits: NodeTraits {
        switch activation {
        case .gelu, .leakyRelu, .elu: [.readsInput, .elementwise]
        default: [.readsOutput, .elementwise]
        }
    }

    func forward(_ pass: Pass) {
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let activation = activation
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.sweep(pieces: pieces.count) { piece, _ in
            ActivationKernel.forward(activation, input, into: result, pieces.range(piece))
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let upstream = pass.gradient(output)
        let kept = kept(pass)
        let activation = activation
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.sweep(pieces: pieces.count) { piece, _ in
            ActivationKernel.backward(activation, kept, upstream, into: downstream, pieces.range(piece))
        }
    }

    /// What `backward` reads besides the gradient.
    private func kept(_ pass: Pass) -> UnsafePointer<Float> {
        pass.value(traits.contains(.readsInput) ? inputs[0] : output)
    }

    /// The values of some examples.
    func forward(_ pass: Pass, examples: Range<Int>) {
        ActivationKernel.forward(
            activation, pass.value(inputs[0]), into: pass.values[output],
            examples.lowerBound * count..<examples.upperBound * count)
    }

    /// The values of a block of features of all examples, once they have come in.
    func forward(_ pass: Pass, features: Range<Int>) {
        let (input, result) = (pass.value(inputs[0]), pass.values[output])
        for example in 0..<pass.batch {
            let range = example * count + features.lowerBound..<example * count + features.upperBound
            ActivationKernel.forward(activation, input, into: result, range)
        }
    }

    /// Turns the gradient of a block of features of all examples into that of the input, in place.
    func backward(_ pass: Pass, gradient: UnsafeMutablePointer<Float>, features: Range<Int>) {
        let kept = kept(pass)
        for example in 0..<pass.batch {
            let range = example * count + features.lowerBound..<example * count + features.upperBound
            ActivationKernel.backward(activation, kept, gradient, into: gradient, range)
        }
    }
}
