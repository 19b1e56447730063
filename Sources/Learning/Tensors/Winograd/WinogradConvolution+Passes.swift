extension WinogradConvolution {
    /// Computes the outputs of a piece's pictures.
    ///
    /// - Parameters:
    ///   - bias: One number a filter; nil for none.
    ///   - output: That of the whole batch, [batch, filters, outputHeight, outputWidth].
    ///   - before: Called with the pictures of a block before they are read first; says where the whole batch,
    ///     [batch, channels, height, width], lies for them.
    ///   - after: Called with the pictures of a block when their outputs are complete.
    package func forward(
        _ piece: Piece, bias: UnsafePointer<Float>?, into output: UnsafeMutablePointer<Float>,
        before: (Range<Int>) -> UnsafePointer<Float>, after: (Range<Int>) -> Void
    ) {
        let kernels = piece.kernels
        let space = Workspace(self, piece.memory)
        clear(space.inputPatch, inputPatch)
        var input: UnsafePointer<Float>?
        eachBlock(piece.pictures, of: piece.block) { group, rows in
            if rows.lowerBound == 0 { input = before(group) }
            guard let input else { return }
            transformInputs(group, rows, input, space)
            for point in 0..<36 {
                PanelProduct.multiply(
                    rows: tileCount(group, rows), capacity: tileCapacity, inner: channels, panels: filterPanels,
                    space.inputs + point * inputDistance, kernels + point * filterPanels * channels * 16,
                    into: space.outputs + point * outputDistance)
            }
            transformOutputs(group, rows, space, bias, into: output)
            if rows.upperBound == tileRows { after(group) }
        }
    }

    /// Computes the sum of the gradients of the transformed kernels of a piece's pictures, and the gradient of the
    /// input.
    ///
    /// - Parameters:
    ///   - kernelGradient: Takes `kernelGradientCount` floats.
    ///   - inputGradient: Nil where it is not wanted.
    ///   - adds: Whether the gradient of the input is added to what lies there.
    ///   - before: As in `forward`; says also where the gradient of the whole batch's outputs,
    ///     [batch, filters, outputHeight, outputWidth], lies for them.
    ///   - after: Called with the pictures of a block when their gradients are complete.
    package func backward(
        _ piece: Piece, kernelGradient: UnsafeMutablePointer<Float>, inputGradient: UnsafeMutablePointer<Float>?,
        adds: Bool,
        before: (Range<Int>) -> (input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>),
        after: (Range<Int>) -> Void
    ) {
        let kernels = piece.kernels
        let space = Workspace(self, piece.memory)
        clear(space.inputPatch, inputPatch)
        clear(space.outputPatch, outputPatch)
        if piece.pictures.isEmpty { kernelGradient.update(repeating: 0, count: kernelGradientCount) }
        var sources: (input: UnsafePointer<Float>, outputGradient: UnsafePointer<Float>)?
        var isFirst = true
        eachBlock(piece.pictures, of: piece.block) { group, rows in
            if rows.lowerBound == 0 { sources = before(group) }
            guard let (input, outputGradient) = sources else { return }
            let count = tileCount(group, rows)
            transformInputs(group, rows, input, space)
            transformOutputGradients(group, rows, outputGradient, space)
            for point in 0..<36 {
                PanelProduct.multiplyTransposed(
                    rows: count, capacity: tileCapacity, panelsA: channelPanels, panelsB: filterPanels,
                    space.inputs + point * inputDistance, space.outputs + point * outputDistance,
                    adds: !isFirst, into: kernelGradient + point * filterPanels * channelPanels * 256)
            }
            isFirst = false
            if let inputGradient {
                for point in 0..<36 {
                    PanelProduct.multiply(
                        rows: count, capacity: tileCapacity, inner: filters, panels: channelPanels,
                        space.outputs + point * outputDistance, kernels + point * channelPanels * filters * 16,
                        into: space.inputs + point * inputDistance)
                }
                gatherInputGradients(group, rows, space, adds: adds, into: inputGradient)
            }
            if rows.upperBound == tileRows { after(group) }
        }
    }

    private func tileCount(_ pictures: Range<Int>, _ rows: Range<Int>) -> Int {
        pictures.count * rows.count * tileColumns
    }

    private func clear(_ memory: UnsafeMutablePointer<Float>, _ patch: WinogradPatch) {
        memory.update(repeating: 0, count: patch.count)
    }

    private func transformInputs(
        _ pictures: Range<Int>, _ rows: Range<Int>, _ input: UnsafePointer<Float>, _ space: Workspace
    ) {
        let (line, top) = (inputPatch.columns * 16, 4 * rows.lowerBound - padding.height)
        for panel in 0..<channelPanels {
            var target = space.inputs + panel * tileCapacity * 16
            for picture in pictures {
                // What the last block left must not show below and above the picture.
                if blockTileRows < tileRows { clear(space.inputPatch, inputPatch) }
                inputPatch.spread(
                    input + (picture * channels + panel * 16) * height * width, count: channels - panel * 16, top: top,
                    into: space.inputPatch)
                for row in 0..<rows.count {
                    for column in 0..<tileColumns {
                        WinogradTile.transformInput(
                            space.inputPatch + (4 * row * line + column * 64), row: line, space.tile, into: target,
                            distance: inputDistance)
                        target += 16
                    }
                }
            }
        }
    }

    private func transformOutputs(
        _ pictures: Range<Int>, _ rows: Range<Int>, _ space: Workspace, _ bias: UnsafePointer<Float>?,
        into output: UnsafeMutablePointer<Float>
    ) {
        let (line, top) = (outputPatch.columns * 16, 4 * rows.lowerBound)
        for panel in 0..<filterPanels {
            var source = UnsafePointer(space.outputs + panel * tileCapacity * 16)
            let lanes = Swift.min(16, filters - panel * 16)
            let bias = bias?.lanes(at: panel * 16, count: lanes) ?? FloatVector()
            for picture in pictures {
                for row in 0..<rows.count {
                    for column in 0..<tileColumns {
                        WinogradTile.transformOutput(
                            source, distance: outputDistance, bias: bias, space.tile,
                            into: space.outputPatch + (4 * row * line + column * 64), row: line)
                        source += 16
                    }
                }
                outputPatch.gather(
                    space.outputPatch, count: lanes, top: top, rows: outputPatch.visible(top), adds: false,
                    into: output + (picture * filters + panel * 16) * outputHeight * outputWidth)
            }
        }
    }

    private func transformOutputGradients(
        _ pictures: Range<Int>, _ rows: Range<Int>, _ gradient: UnsafePointer<Float>, _ space: Workspace
    ) {
        let (line, top) = (outputPatch.columns * 16, 4 * rows.lowerBound)
        for panel in 0..<filterPanels {
            var target = space.outputs + panel * tileCapacity * 16
            for picture in pictures {
                if blockTileRows < tileRows { clear(space.outputPatch, outputPatch) }
                outputPatch.spread(
                    gradient + (picture * filters + panel * 16) * outputHeight * outputWidth,
                    count: filters - panel * 16, top: top, into: space.outputPatch)
                for row in 0..<rows.count {
                    for column in 0..<tileColumns {
                        WinogradTile.transformOutputGradient(
                            space.outputPatch + (4 * row * line + column * 64), row: line, space.tile, into: target,
                            distance: outputDistance)
                        target += 16
                    }
                }
            }
        }
    }

    private func gatherInputGradients(
        _ pictures: Range<Int>, _ rows: Range<Int>, _ space: Workspace, adds: Bool,
        into gradient: UnsafeMutablePointer<Float>
    ) {
        let (line, top) = (inputPatch.columns * 16, 4 * rows.lowerBound - padding.height)
        let visible = inputPatch.visible(top)
        // The rows that the block before has reached too.
        let boundary =
            rows.lowerBound == 0
            ? visible.lowerBound : Swift.min(visible.upperBound, Swift.max(visible.lowerBound, top + 2))
        let shared = visible.lowerBound..<boundary
        for panel in 0..<channelPanels {
            var source = UnsafePointer(space.inputs + panel * tileCapacity * 16)
            let lanes = Swift.min(16, channels - panel * 16)
            for picture in pictures {
                clear(space.gradientPatch, inputPatch)
                for row in 0..<rows.count {
                    for column in 0..<tileColumns {
                        WinogradTile.addInputGradient(
                            source, distance: inputDistance, space.tile,
                            to: space.gradientPatch + (4 * row * line + column * 64), row: line)
                        source += 16
                    }
                }
                let maps = gradient + (picture * channels + panel * 16) * height * width
                inputPatch.gather(
                    space.gradientPatch, count: lanes, top: top, rows: shared, adds: true, into: maps)
                inputPatch.gather(
                    space.gradientPatch, count: lanes, top: top, rows: shared.upperBound..<visible.upperBound,
                    adds: adds, into: maps)
            }
        }
    }
}
