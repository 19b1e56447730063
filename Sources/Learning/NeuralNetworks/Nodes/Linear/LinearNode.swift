import Tensors

/// y = x W^T + b; W is [out, in].
///
/// With DropConnect (Wan and others, 2013) a training step multiplies each weight by 0 with probability p, else by
/// 1 / (1 - p); one mask serves the whole batch.
final class LinearNode: UnaryNode, RandomizedNode {
    let place: NodePlace
    let traits: NodeTraits = [.readsInput, .accumulates]
    let role = NodeRole.weighted
    let parameterSegments: [Int]
    /// 0 or 1 for each weight.
    var supplied: FloatBuffer?
    private let features: Int
    private let units: Int
    private let maximumBatch: Int
    private let weight: Parameter
    private let bias: Parameter?
    /// DropConnect's mask, and the weights times it.
    private let mask: RandomMask
    private let maskedWeight: FloatBuffer

    init(
        _ place: NodePlace, features: Int, dropConnect: Double, weight: Parameter, bias: Parameter?, maximumBatch: Int
    ) {
        self.place = place
        self.features = features
        units = place.outputShape[0]
        self.maximumBatch = maximumBatch
        self.weight = weight
        self.bias = bias
        parameterSegments = [weight.index] + (bias.map { [$0.index] } ?? [])
        mask = RandomMask(count: features * units, probability: dropConnect, purpose: .dropConnect)
        maskedWeight = FloatBuffer(count: mask.values.count)
    }

    var workspaceBytes: Int { 4 * (mask.values.count + maskedWeight.count) }
    var multiplyAdds: Int { features * units }

    /// Memory of a thread, whichever product it computes.
    private var threadMemory: Int { PackedProduct.memoryCount(inner: max(features, units, maximumBatch)) }

    func sharedCount(threads: Int) -> Int { threads * threadMemory }

    /// What is done with a block of outputs while it is in the cache.
    enum Following {
        case nothing
        /// The activation that alone reads it.
        case activation(ActivationNode)
        /// Its range is taken for the pass's meter.
        case range
    }

    func forward(_ pass: Pass) { forward(pass, then: .nothing) }

    func backward(_ pass: Pass) { backward(pass, before: nil) }

    func forward(_ pass: Pass, then following: Following) {
        let (units, batch, threadMemory) = (units, pass.batch, threadMemory)
        let result = pass.values[output]
        if mask.isActive(pass) { maskWeight(pass) }
        let bias = bias.map { pass.parameter($0) }
        let product = LinearProduct(rows: batch, columns: units, inner: features)
        let (input, weight) = (pass.value(inputs[0]), effectiveWeight(pass))
        let pieces = product.pieces
        pass.pool.run(pieces: pieces.count) { piece, thread in
            let range = pieces.range(piece)
            product.multiplyByTransposed(
                input, weight, range, bias: bias, memory: pass.shared + thread * threadMemory, into: result)
            switch following {
            case .nothing: break
            case .activation(let activation): activation.forward(pass, features: range)
            case .range: pass.meter?.takeRange(result, rows: batch, width: units, range, piece: piece)
            }
        }
        if case .range = following { pass.meter?.joinRanges(pieces.count) }
    }

    /// - Parameter activation: The one before, whose gradient is computed too: the input's becomes that of the
    ///   activation's input.
    func backward(_ pass: Pass, before activation: ActivationNode?) {
        let (features, units, batch, threadMemory) = (features, units, pass.batch, threadMemory)
        let (input, upstream) = (pass.value(inputs[0]), pass.gradient(output))
        let weightGradient = pass.parameterGradient(weight)
        let downstream = pass.gradients[inputs[0]]
        let weight = effectiveWeight(pass)
        let mask = mask.isActive(pass) ? mask.values.pointer : nil
        let adds = pass.adds
        let meter = activation == nil ? nil : pass.meter
        let weightProduct = LinearProduct(rows: units, columns: features, inner: batch)
        let inputProduct = LinearProduct(rows: batch, columns: features, inner: units)
        let weightPieces = weightProduct.pieces
        let inputPieces = downstream == nil ? 0 : inputProduct.pieces.count
        let biasGradient = bias.map { pass.parameterGradient($0) }
        let biasPieces = KernelPieces(biasGradient == nil ? 0 : units, unit: 16, costs: batch)
        // All in one job: the pieces of one fill the gaps of the others.
        pass.pool.run(pieces: inputPieces + weightPieces.count + biasPieces.count) { piece, thread in
            let memory = pass.shared + thread * threadMemory
            if piece < inputPieces, let downstream {
                let range = inputProduct.pieces.range(piece)
                inputProduct.multiply(upstream, weight, range, adds: adds, memory: memory, into: downstream)
                meter?.takeSquares(downstream, rows: batch, width: features, range, piece: piece)
                activation?.backward(pass, gradient: downstream, features: range)
            } else if piece < inputPieces + weightPieces.count {
                let range = weightPieces.range(piece - inputPieces)
                weightProduct.multiplyTransposed(upstream, input, range, memory: memory, into: weightGradient)
                guard let mask else { return }
                for unit in 0..<units {
                    let weights = unit * features + range.lowerBound..<unit * features + range.upperBound
                    VectorLoop.map(weightGradient, mask, into: weightGradient, weights) { $0 * $1 }
                }
            } else if let biasGradient {
                let range = biasPieces.range(piece - inputPieces - weightPieces.count)
                Self.sumColumns(upstream, rows: batch, width: units, range, into: biasGradient)
            }
        }
        meter?.joinSquares(inputPieces, count: batch * features)
    }

    private func effectiveWeight(_ pass: Pass) -> UnsafePointer<Float> {
        mask.isActive(pass) ? UnsafePointer(maskedWeight.pointer) : pass.parameter(weight)
    }

    private func maskWeight(_ pass: Pass) {
        let (weight, masked) = (pass.parameter(weight), maskedWeight.pointer)
        let (mask, supplied, layer) = (mask, supplied, output)
        let pieces = KernelPieces(features * units, unit: 64)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            mask.draw(range, pass.context, layer: layer, supplied: supplied)
            VectorLoop.map(weight, mask.values.pointer, into: masked, range) { $0 * $1 }
        }
    }

    static func sumColumns(
        _ matrix: UnsafePointer<Float>, rows: Int, width: Int, _ range: Range<Int>,
        into sums: UnsafeMutablePointer<Float>
    ) {
        var column = range.lowerBound
        while column < range.upperBound {
            let count = min(16, range.upperBound - column)
            var sum = FloatVector()
            if count == 16 {
                for row in 0..<rows { sum += matrix.vector(at: row * width + column) }
                sums.setVector(sum, at: column)
            } else {
                for row in 0..<rows { sum += matrix.partialVector(at: row * width + column, count: count) }
                sums.setPartialVector(sum, at: column, count: count)
            }
            column += 16
        }
    }
}
