import Tensors

extension ConvolutionNode {
    /// Floats of a panel of columns, one a thread.
    var panelCount: Int { (depth * panelRows * geometry.outputWidth + 15) / 16 * 16 }
    /// Floats of a piece's weight gradient and bias gradient.
    var partialCount: Int { (filters * (depth + 1) + 15) / 16 * 16 }

    /// Whether the columns are the picture itself.
    private var isPointwise: Bool { geometry.window.area == 1 && geometry.stride == 1 && geometry.padding == 0 }

    private func pieces(_ pass: Pass, most: Int) -> KernelPieces {
        KernelPieces(pass.batch, costs: multiplyAdds, atLeast: 1 << 17, most: most)
    }

    func forwardColumns(_ pass: Pass, _ norms: NormsAround) {
        let (geometry, filters, depth, places) = (geometry, filters, depth, geometry.places)
        let isPointwise = isPointwise
        let pictureCount = pictureCount
        let result = pass.values[output]
        let weight = pass.parameter(weight)
        let bias = bias.map { pass.parameter($0) }
        let (workspace, panelRows, panelCount) = (pass.shared, panelRows, panelCount)
        let pieces = pieces(pass, most: KernelPieces.mostWithoutSums)
        let follower = pass.context.mode == .training ? norms.follower : nil
        pass.pool.sweep(pieces: pieces.count) { piece, thread in
            let matrix = workspace + thread * panelCount
            for example in pieces.range(piece) {
                let input = input(pass, example..<example + 1, of: pieces.range(piece), norms.writer)
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
                        rows: filters, columns: count, inner: depth, MatrixFactor(weight, leading: depth),
                        MatrixFactor(
                            isPointwise ? picture + first : UnsafePointer(matrix),
                            leading: isPointwise ? places : count),
                        into: MatrixResult(maps + first, leading: places, beta: bias == nil ? 0 : 1))
                }
                if let follower { follower.norm.collect(pass, follower.maps(of: example..<example + 1)) }
            }
        }
    }

    func backwardColumns(_ pass: Pass, _ norms: NormsAround) {
        let (geometry, filters, depth, places) = (geometry, filters, depth, geometry.places)
        let isPointwise = isPointwise
        let pictureCount = pictureCount
        let downstream = pass.gradients[inputs[0]]
        let weight = pass.parameter(weight)
        let hasBias = bias != nil
        let adds = pass.adds
        let (workspace, panelRows, panelCount) = (pass.shared, panelRows, panelCount)
        let pieces = pieces(pass, most: KernelPieces.most)
        let partials = workspace + pass.pool.threadCount * panelCount
        let partialCount = partialCount
        pass.pool.sweep(pieces: pieces.count) { piece, thread in
            let matrix = workspace + thread * panelCount
            let weightSum = partials + piece * partialCount
            let biasSum = weightSum + filters * depth
            weightSum.update(repeating: 0, count: filters * (depth + 1))
            for example in pieces.range(piece) {
                let input = input(pass, example..<example + 1, of: pieces.range(piece), norms.writer)
                let picture = input + example * pictureCount
                let upstream = outputGradient(pass, example..<example + 1, of: pieces.range(piece), norms.follower)
                let maps = upstream + example * filters * places
                if hasBias { addBiasGradients(upstream, example..<example + 1, to: biasSum) }
                let target = downstream.map { $0 + example * pictureCount }
                if !isPointwise, !adds { target?.update(repeating: 0, count: pictureCount) }
                defer {
                    if let summer = norms.summer { summer.takeSums(pass, summer.maps(of: example..<example + 1)) }
                }
                geometry.eachPanel(panelRows) { panel, first, count in
                    if !isPointwise { geometry.spread(picture, panel: panel, into: matrix) }
                    MatrixProduct.multiply(
                        rows: filters, columns: depth, inner: count, MatrixFactor(maps + first, leading: places),
                        MatrixFactor(
                            isPointwise ? picture + first : UnsafePointer(matrix),
                            leading: isPointwise ? places : count, isTransposed: true),
                        into: MatrixResult(weightSum, leading: depth, beta: 1))
                    guard let target else { return }
                    MatrixProduct.multiply(
                        rows: depth, columns: count, inner: filters,
                        MatrixFactor(weight, leading: depth, isTransposed: true),
                        MatrixFactor(maps + first, leading: places),
                        into: MatrixResult(
                            isPointwise ? target + first : matrix, leading: isPointwise ? places : count,
                            beta: isPointwise && adds ? 1 : 0))
                    if !isPointwise { geometry.gather(matrix, panel: panel, into: target) }
                }
            }
        }
        reducePartials(pass, partials, pieces: pieces.count)
    }

    private func reducePartials(_ pass: Pass, _ partials: UnsafeMutablePointer<Float>, pieces: Int) {
        let (weightCount, distance) = (filters * depth, partialCount)
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
