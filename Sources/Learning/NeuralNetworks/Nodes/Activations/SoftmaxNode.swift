import Tensors

/// e^x over its sum over the first axis of an example: its features, or the channels at each place.
final class SoftmaxNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = [.readsOutput, .elementwise]
    let role = NodeRole.activation(.softmax)
    private let channels: Int
    private let places: Int

    init(_ place: NodePlace) {
        self.place = place
        let shape = place.outputShape
        channels = shape[0]
        places = shape.count / max(1, channels)
    }

    func forward(_ pass: Pass) {
        let (channels, places) = (channels, places)
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let pieces = KernelPieces(pass.batch, costs: channels * places)
        pass.pool.run(pieces: pieces.count) { piece in
            for example in pieces.range(piece) {
                let start = example * channels * places
                for place in start..<start + places {
                    var largest = -Float.infinity
                    for channel in 0..<channels { largest = max(largest, input[place + channel * places]) }
                    for channel in 0..<channels {
                        result[place + channel * places] = input[place + channel * places] - largest
                    }
                }
                let range = start..<start + channels * places
                VectorLoop.map(result, into: result, range) { VectorMath.exp($0) }
                for place in start..<start + places {
                    var sum: Float = 0
                    for channel in 0..<channels { sum += result[place + channel * places] }
                    for channel in 0..<channels { result[place + channel * places] /= sum }
                }
            }
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]] else { return }
        let (channels, places) = (channels, places)
        let result = pass.value(output)
        let upstream = pass.gradient(output)
        let pieces = KernelPieces(pass.batch, costs: channels * places)
        pass.pool.run(pieces: pieces.count) { piece in
            for example in pieces.range(piece) {
                let start = example * channels * places
                for place in start..<start + places {
                    var product: Float = 0
                    for channel in 0..<channels {
                        let index = place + channel * places
                        product += result[index] * upstream[index]
                    }
                    for channel in 0..<channels {
                        let index = place + channel * places
                        downstream[index] = result[index] * (upstream[index] - product)
                    }
                }
            }
        }
    }
}
