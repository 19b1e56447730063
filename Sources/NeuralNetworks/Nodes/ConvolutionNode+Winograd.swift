import Tensors

extension ConvolutionNode {
    private static let largestSums = 6 << 20

    /// Sums of kernel gradients: their memory bounds the pieces of the backward pass.
    private func sumCount(_ winograd: WinogradConvolution, batch: Int) -> Int {
        let fitting = max(2, Self.largestSums / winograd.kernelGradientCount)
        return pieces(winograd, batch: batch, most: fitting).count
    }

    private func pieces(_ winograd: WinogradConvolution, batch: Int, most: Int = KernelPieces.most) -> KernelPieces {
        KernelPieces(
            batch, unit: winograd.blockPictures(batch: batch), costs: multiplyAdds, atLeast: 1 << 17, most: most)
    }

    private var biasCount: Int { bias == nil ? 0 : (filters + 15) / 16 * 16 }

    /// The transformed kernels, what transforming them takes, a workspace a piece, and the sums of a piece (the first also for turning kernels).
    func winogradCount(_ winograd: WinogradConvolution, batch: Int) -> Int {
        let most = min(KernelPieces.most, batch)
        let sums = min(most, max(2, Self.largestSums / winograd.kernelGradientCount))
        return winograd.kernelCount + KernelPieces.most * winograd.kernelMemoryCount + most * winograd.workspaceCount
            + sums * (winograd.kernelGradientCount + biasCount)
    }

    func forwardWinograd(_ pass: Pass, _ winograd: WinogradConvolution) {
        let kernels = pass.shared
        let turning = kernels + winograd.kernelCount
        let memory = turning + KernelPieces.most * winograd.kernelMemoryCount
        let workspaceCount = winograd.workspaceCount
        transformKernels(pass, winograd, memory: turning, into: kernels)
        let bias = bias.map { pass.parameter($0) }
        let result = pass.values[output]
        let block = winograd.blockPictures(batch: pass.batch)
        let pieces = pieces(winograd, batch: pass.batch)
        pass.pool.run(pieces: pieces.count) { piece in
            let range = pieces.range(piece)
            winograd.forward(
                range, kernels: kernels, bias: bias, block: block, memory: memory + piece * workspaceCount, into: result
            ) {
                input(pass, $0, of: range)
            } after: {
                finish(pass, $0)
            }
        }
    }

    func backwardWinograd(_ pass: Pass, _ winograd: WinogradConvolution) {
        let kernels = pass.shared
        let turning = kernels + winograd.kernelCount
        let memory = turning + KernelPieces.most * winograd.kernelMemoryCount
        let workspaceCount = winograd.workspaceCount
        let sums = memory + min(KernelPieces.most, pass.batch) * workspaceCount
        let gradientCount = winograd.kernelGradientCount
        let downstream = pass.gradients[inputs[0]]
        if downstream != nil {
            transformKernels(pass, winograd, memory: turning, into: sums)
            let panels = winograd.kernelPieces
            pass.pool.run(pieces: panels.count) {
                winograd.transposeKernels(sums, panels: panels.range($0), into: kernels)
            }
        }
        let upstream = pass.gradient(output)
        let hasBias = bias != nil
        let adds = pass.adds
        let block = winograd.blockPictures(batch: pass.batch)
        let count = sumCount(winograd, batch: pass.batch)
        let pieces = pieces(winograd, batch: pass.batch, most: count)
        let biasSums = sums + pieces.count * gradientCount
        let biasCount = biasCount
        pass.pool.run(pieces: pieces.count) { piece in
            let sum = sums + piece * gradientCount
            let biasSum = biasSums + piece * biasCount
            sum.update(repeating: 0, count: gradientCount)
            biasSum.update(repeating: 0, count: biasCount)
            let range = pieces.range(piece)
            winograd.backward(
                range, outputGradient: upstream, kernels: kernels, block: block,
                memory: memory + piece * workspaceCount, kernelGradient: sum, inputGradient: downstream, adds: adds
            ) {
                takeGradient(pass, $0)
                if hasBias { addBiasGradients(pass, $0, to: biasSum) }
                return input(pass, $0, of: range, again: true)
            } after: {
                finishGradient(pass, $0)
            }
        }
        let panels = winograd.kernelPieces
        let turningCount = winograd.kernelMemoryCount
        let kernelGradient = pass.parameterGradient(weight)
        pass.pool.run(pieces: panels.count) {
            winograd.kernelGradients(
                sums, count: pieces.count, panels: panels.range($0), memory: turning + $0 * turningCount,
                into: kernelGradient)
        }
        if let bias {
            VectorSums.reduce(biasSums, count: pieces.count, distance: biasCount, 0..<filters)
            pass.parameterGradient(bias).update(from: biasSums, count: filters)
        }
    }

    private func transformKernels(
        _ pass: Pass, _ winograd: WinogradConvolution, memory: UnsafeMutablePointer<Float>,
        into transformed: UnsafeMutablePointer<Float>
    ) {
        let kernels = pass.parameter(weight)
        let panels = winograd.kernelPieces
        let memoryCount = winograd.kernelMemoryCount
        pass.pool.run(pieces: panels.count) {
            winograd.transformKernels(
                kernels, panels: panels.range($0), memory: memory + $0 * memoryCount, into: transformed)
        }
    }
}
