import Tensors

/// Cross-correlation of pictures with learned kernels [out, in, kH, kW]; a sequence is a picture of height 1.
///
/// Each picture is spread into columns and multiplied (im2col), in panels that fit into the cache. Weight gradients are summed per piece of pictures, and
/// the pieces' sums in a fixed tree.
final class ConvolutionNode: Node {
    let name: String
    let kind: String
    let inputs: [Int]
    let output: Int
    let outputShape: Shape
    let traits: NodeTraits = [.readsInput, .accumulates]
    let role = NodeRole.weighted
    let parameterSegments: [Int]
    private let geometry: WindowGeometry
    private let filters: Int
    private let weight: ParameterLayout.Segment
    private let bias: ParameterLayout.Segment?
    /// Output rows of a panel.
    private let panelRows: Int
    /// One panel of columns a piece.
    private let columns: FloatBuffer
    /// One weight gradient and bias gradient a piece.
    private let partials: FloatBuffer

    init(
        name: String, kind: String, input: Int, output: Int, outputShape: Shape, geometry: WindowGeometry,
        filters: Int, layout: ParameterLayout, weight: Int, bias: Int?, maximumBatch: Int
    ) {
        self.name = name
        self.kind = kind
        inputs = [input]
        self.output = output
        self.outputShape = outputShape
        self.geometry = geometry
        self.filters = filters
        self.weight = layout.segments[weight]
        self.bias = bias.map { layout.segments[$0] }
        parameterSegments = [weight] + (bias.map { [$0] } ?? [])
        let depth = geometry.channels * geometry.window.area
        let pieces = Swift.min(KernelPieces.most, maximumBatch)
        let panels = (depth * geometry.places + Self.largestPanel - 1) / Self.largestPanel
        panelRows = (geometry.outputHeight + panels - 1) / panels
        columns = FloatBuffer(count: pieces * Self.columnCount(depth, panelRows * geometry.outputWidth))
        partials = FloatBuffer(count: pieces * Self.partialCount(filters, depth))
    }

    /// Floats of columns that stay in the second-level cache beside the weights.
    private static let largestPanel = 160 << 10

    private static func columnCount(_ depth: Int, _ places: Int) -> Int { (depth * places + 15) / 16 * 16 }
    private static func partialCount(_ filters: Int, _ depth: Int) -> Int { (filters * (depth + 1) + 15) / 16 * 16 }

    private var depth: Int { geometry.channels * geometry.window.area }
    var multiplyAdds: Int { filters * depth * geometry.places }
    var workspaceBytes: Int { 4 * (columns.count + partials.count) }

    /// Whether the columns are the picture itself.
    private var isPointwise: Bool { geometry.window.area == 1 && geometry.stride == 1 && geometry.padding == 0 }

    func forward(_ pass: Pass) {
        let (geometry, filters, depth, places) = (geometry, filters, depth, geometry.places)
        let isPointwise = isPointwise
        let pictureCount = geometry.channels * geometry.plane
        let input = pass.value(inputs[0])
        let result = pass.values[output]
        let weight = pass.parameter(weight)
        let bias = bias.map { pass.parameter($0) }
        let (workspace, panelRows) = (columns.pointer, panelRows)
        let panelCount = Self.columnCount(depth, panelRows * geometry.outputWidth)
        let pieces = KernelPieces(pass.batch, costs: filters * depth * places, atLeast: 1 << 17)
        pass.pool.run(pieces: pieces.count) { piece in
            let matrix = workspace + piece * panelCount
            for example in pieces.range(piece) {
                let picture = input + example * pictureCount
                let maps = result + example * filters * places
                if let bias {
                    for filter in 0..<filters {
                        (maps + filter * places).update(repeating: bias[filter], count: places)
                    }
                }
                geometry.eachPanel(panelRows) { panel, first, count in
                    if !isPointwise { geometry.spread(picture, panel: panel, into: matrix) }
                    MatrixProduct.multiply(
                        rows: filters, columns: count, inner: depth, weight, leadingA: depth,
                        isPointwise ? picture + first : UnsafePointer(matrix), leadingB: isPointwise ? places : count,
                        beta: bias == nil ? 0 : 1, into: maps + first, leadingC: places)
                }
            }
        }
    }

    func backward(_ pass: Pass) {
        let (geometry, filters, depth, places) = (geometry, filters, depth, geometry.places)
        let isPointwise = isPointwise
        let pictureCount = geometry.channels * geometry.plane
        let input = pass.value(inputs[0])
        let upstream = pass.gradient(output)
        let downstream = pass.gradients[inputs[0]]
        let weight = pass.parameter(weight)
        let hasBias = bias != nil
        let adds = pass.adds
        let (workspace, panelRows) = (columns.pointer, panelRows)
        let panelCount = Self.columnCount(depth, panelRows * geometry.outputWidth)
        let partials = partials.pointer
        let partialCount = Self.partialCount(filters, depth)
        let pieces = KernelPieces(pass.batch, costs: filters * depth * places, atLeast: 1 << 17)
        pass.pool.run(pieces: pieces.count) { piece in
            let matrix = workspace + piece * panelCount
            let weightSum = partials + piece * partialCount
            let biasSum = weightSum + filters * depth
            weightSum.update(repeating: 0, count: filters * (depth + 1))
            for example in pieces.range(piece) {
                let picture = input + example * pictureCount
                let maps = upstream + example * filters * places
                if hasBias {
                    for filter in 0..<filters {
                        biasSum[filter] += Float(VectorSums.sum(maps + filter * places, 0..<places))
                    }
                }
                let target = downstream.map { $0 + example * pictureCount }
                if !isPointwise, !adds { target?.update(repeating: 0, count: pictureCount) }
                geometry.eachPanel(panelRows) { panel, first, count in
                    if !isPointwise { geometry.spread(picture, panel: panel, into: matrix) }
                    MatrixProduct.multiply(
                        rows: filters, columns: depth, inner: count, maps + first, leadingA: places,
                        isPointwise ? picture + first : UnsafePointer(matrix), leadingB: isPointwise ? places : count,
                        transposedB: true, beta: 1, into: weightSum, leadingC: depth)
                    guard let target else { return }
                    MatrixProduct.multiply(
                        rows: depth, columns: count, inner: filters, weight, leadingA: depth, transposedA: true,
                        maps + first, leadingB: places, beta: isPointwise && adds ? 1 : 0,
                        into: isPointwise ? target + first : matrix,
                        leadingC: isPointwise ? places : count)
                    if !isPointwise { geometry.gather(matrix, panel: panel, into: target) }
                }
            }
        }
        reducePartials(pass, pieces: pieces.count)
    }

    private func reducePartials(_ pass: Pass, pieces: Int) {
        let (partials, weightCount, distance) = (partials.pointer, filters * depth, Self.partialCount(filters, depth))
        let weightGradient = pass.parameterGradient(weight)
        let elements = KernelPieces(weightCount + filters, unit: 16, costs: pieces)
        pass.pool.run(pieces: elements.count) { piece in
            let range = elements.range(piece)
            VectorSums.reduce(partials, count: pieces, distance: distance, range)
            let weights = range.clamped(to: 0..<weightCount)
            (weightGradient + weights.lowerBound).update(from: partials + weights.lowerBound, count: weights.count)
        }
        if let bias { pass.parameterGradient(bias).update(from: partials + weightCount, count: filters) }
    }
}
