import Tensors

/// The largest of each group of consecutive features, or maps at each place. NaN wins, as in a maximum of PyTorch.
final class MaxoutNode: UnaryNode {
    let place: NodePlace
    let traits: NodeTraits = []
    let role: NodeRole
    private let pieceCount: Int
    private let places: Int
    /// Which of the group each output came from.
    private let winners: UnsafeMutableBufferPointer<Int32>

    init(_ place: NodePlace, pieces: Int, maximumBatch: Int) {
        self.place = place
        let shape = place.outputShape
        role = .activation(.maxout(pieces: pieces))
        pieceCount = pieces
        places = shape.count / shape[0]
        winners = .allocate(capacity: maximumBatch * shape.count)
        winners.initialize(repeating: 0)
    }

    deinit { winners.deallocate() }

    var workspaceBytes: Int { 4 * winners.count }

    func forward(_ pass: Pass) {
        let (places, pieceCount) = (places, pieceCount)
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        guard let winners = winners.baseAddress else { return }
        let maps = KernelPieces(pass.batch * outputShape[0], costs: pieceCount * places)
        pass.pool.run(pieces: maps.count) { piece in
            for map in maps.range(piece) {
                let group = input + map * pieceCount * places
                for place in 0..<places {
                    var (largest, winner) = (group[place], 0)
                    for member in 1..<pieceCount {
                        let value = group[member * places + place]
                        if value > largest || value.isNaN { (largest, winner) = (value, member) }
                    }
                    result[map * places + place] = largest
                    winners[map * places + place] = Int32(truncatingIfNeeded: winner)
                }
            }
        }
    }

    func backward(_ pass: Pass) {
        guard let downstream = pass.gradients[inputs[0]], let winners = winners.baseAddress else { return }
        let (places, pieceCount) = (places, pieceCount)
        let upstream = pass.gradient(output)
        let maps = KernelPieces(pass.batch * outputShape[0], costs: pieceCount * places)
        pass.pool.run(pieces: maps.count) { piece in
            for map in maps.range(piece) {
                let group = downstream + map * pieceCount * places
                group.update(repeating: 0, count: pieceCount * places)
                for place in 0..<places {
                    let index = map * places + place
                    group[Int(winners[index]) * places + place] = upstream[index]
                }
            }
        }
    }
}
