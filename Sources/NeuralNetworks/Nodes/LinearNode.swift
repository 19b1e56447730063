import Tensors

/// y = x W^T + b; W is [out, in].
final class LinearNode: Node {
    let name: String
    let kind = "linear"
    let inputs: [Int]
    let output: Int
    let outputShape: Shape
    let traits: NodeTraits = .readsInput
    let parameterSegments: [Int]
    private let features: Int
    private let units: Int
    private let weight: ParameterLayout.Segment
    private let bias: ParameterLayout.Segment?

    init(
        name: String, input: Int, output: Int, features: Int, units: Int, layout: ParameterLayout, weight: Int,
        bias: Int?
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
    }

    var multiplyAdds: Int { features * units }

    /// Cuts a product. Each piece packs one of the factors anew, so there are few: four, and eight only where each is
    /// worth 16 million multiply-adds.
    private static func pieces(_ total: Int, costs: Int) -> KernelPieces {
        KernelPieces(total, unit: 16, costs: costs, atLeast: 1 << 21, most: total * costs >= 1 << 27 ? 8 : 4)
    }

    func forward(_ pass: Pass) {
        let (features, units, batch) = (features, units, pass.batch)
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let weight = pass.parameter(weight)
        let bias = bias.map { pass.parameter($0) }
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
        let weight = pass.parameter(weight)
        // Both products in one job: the pieces of the second fill the gaps of the first.
        pass.pool.run(pieces: rows.count + (downstream == nil ? 0 : columns.count)) { piece in
            if piece < rows.count {
                let range = rows.range(piece)
                MatrixProduct.multiply(
                    rows: range.count, columns: features, inner: batch, upstream + range.lowerBound,
                    leadingA: units, transposedA: true, input, leadingB: features,
                    into: weightGradient + range.lowerBound * features, leadingC: features)
                if let biasGradient {
                    Self.sumColumns(upstream, rows: batch, width: units, range, into: biasGradient)
                }
            } else if let downstream {
                let range = columns.range(piece - rows.count)
                MatrixProduct.multiply(
                    rows: batch, columns: range.count, inner: units, upstream, leadingA: units,
                    weight + range.lowerBound, leadingB: features, into: downstream + range.lowerBound,
                    leadingC: features)
            }
        }
    }

    private static func sumColumns(
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
