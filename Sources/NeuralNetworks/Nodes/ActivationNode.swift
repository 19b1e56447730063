import Tensors

/// A nonlinearity without parameters, element by element.
final class ActivationNode: Node {
    let name: String
    let inputs: [Int]
    let output: Int
    let outputShape: Shape
    private let activation: Activation
    private let count: Int

    init(name: String, input: Int, output: Int, shape: Shape, activation: Activation) {
        self.name = name
        inputs = [input]
        self.output = output
        outputShape = shape
        count = shape.count
        self.activation = activation
    }

    var kind: String { activation.name }
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
        pass.pool.run(pieces: pieces.count) { piece in
            ActivationKernel.forward(activation, input, into: result, pieces.range(piece))
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let upstream = pass.gradient(output)
        let kept = traits.contains(.readsInput) ? pass.value(inputs[0]) : pass.value(output)
        let activation = activation
        let pieces = KernelPieces(pass.batch * count, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            ActivationKernel.backward(activation, kept, upstream, into: downstream, pieces.range(piece))
        }
    }
}
