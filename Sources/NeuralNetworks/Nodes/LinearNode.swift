import Tensors

/// y = x W^T + b; W is [out, in].
///
/// With DropConnect (Wan and others, 2013) a training step multiplies each weight by 0 with probability p, else by
/// 1 / (1 - p); one mask serves the whole batch.
final class LinearNode: RandomizedNode {
    let name: String
    let kind = "linear"
    let inputs: [Int]
    let output: Int
    let outputShape: Shape
    let traits: NodeTraits = [.readsInput, .accumulates]
    let role = NodeRole.weighted
    let parameterSegments: [Int]
    /// 0 or 1 for each weight.
    var supplied: FloatBuffer?
    /// The activation behind, done right after the product, and the one before, whose gradient is.
    var activationBehind: ActivationNode?
    var activationBefore: ActivationNode?
    private let features: Int
    private let units: Int
    private let weight: ParameterLayout.Segment
    private let bias: ParameterLayout.Segment?
    /// DropConnect's mask, and the weights times it.
    private let mask: RandomMask
    private let maskedWeight: FloatBuffer

    init(
        name: String, input: Int, output: Int, features: Int, units: Int, dropConnect: Double,
        layout: ParameterLayout, weight: Int, bias: Int?
    ) {
        self.name = name
        inputs = [input]
        self.output = output
        self.features = features
        self.units = units
        outputShape = [units]
        self.weight = layout.segments[weight]
        self.bias = bias.map { layout.segments[$0] }
        parameterSegments = [weight] + (bias.map { [$0] } ?? [])
        mask = RandomMask(count: features * units, probability: dropConnect, purpose: .dropConnect)
        maskedWeight = FloatBuffer(count: mask.values.count)
    }

    var workspaceBytes: Int { 4 * (mask.values.count + maskedWeight.count) }
    var multiplyAdds: Int { features * units }

    /// Cuts a product. Each piece packs one of the factors anew, so there are few: four, and eight only where each is
    /// worth 16 million multiply-adds.
    static func pieces(_ total: Int, costs: Int) -> KernelPieces {
        KernelPieces(total, unit: 16, costs: costs, atLeast: 1 << 19, most: total * costs >= 1 << 27 ? 8 : 4)
    }

    func forward(_ pass: Pass) {
        let (features, units, batch) = (features, units, pass.batch)
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        if mask.isActive(pass) { maskWeight(pass) }
        let weight = effectiveWeight(pass)
        let bias = bias.map { pass.parameter($0) }
        let behind = pass.context.measures ? nil : activationBehind
        let pieces = Self.pieces(units, costs: features * batch)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            if let bias {
                for example in 0..<batch {
                    (result + example * units + range.lowerBound).update(
                        from: bias + range.lowerBound, count: range.count)
                }
            }
            MatrixProduct.multiply(
                rows: batch, columns: range.count, inner: features, input, leadingA: features,
                weight + range.lowerBound * features, leadingB: features, transposedB: true,
                beta: bias == nil ? 0 : 1, into: result + range.lowerBound, leadingC: units)
            behind?.forward(pass, features: range)
        }
    }

    func backward(_ pass: Pass) {
        let (features, units, batch) = (features, units, pass.batch)
        let input = pass.value(inputs[0])
        let upstream = pass.gradient(output)
        let weightGradient = pass.parameterGradient(weight)
        let biasGradient = bias.map { pass.parameterGradient($0) }
        let rows = Self.pieces(units, costs: features * batch)
        let downstream = pass.gradients[inputs[0]]
        let columns = Self.pieces(downstream == nil ? 0 : features, costs: units * batch)
        let weight = effectiveWeight(pass)
        let mask = mask.isActive(pass) ? mask.values.pointer : nil
        let beta: Float = pass.adds ? 1 : 0
        let before = pass.context.measures ? nil : activationBefore
        // Both products in one job: the pieces of the second fill the gaps of the first.
        pass.pool.run(pieces: rows.count + (downstream == nil ? 0 : columns.count)) { piece in
            if piece < rows.count {
                let range = rows.range(piece)
                MatrixProduct.multiply(
                    rows: range.count, columns: features, inner: batch, upstream + range.lowerBound,
                    leadingA: units, transposedA: true, input, leadingB: features,
                    into: weightGradient + range.lowerBound * features, leadingC: features)
                if let mask {
                    let weights = range.lowerBound * features..<range.upperBound * features
                    VectorLoop.map(weightGradient, mask, into: weightGradient, weights) { $0 * $1 }
                }
                if let biasGradient {
                    Self.sumColumns(upstream, rows: batch, width: units, range, into: biasGradient)
                }
            } else if let downstream {
                let range = columns.range(piece - rows.count)
                MatrixProduct.multiply(
                    rows: batch, columns: range.count, inner: units, upstream, leadingA: units,
                    weight + range.lowerBound, leadingB: features, beta: beta, into: downstream + range.lowerBound,
                    leadingC: features)
                before?.backward(pass, gradient: downstream, features: range)
            }
        }
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
