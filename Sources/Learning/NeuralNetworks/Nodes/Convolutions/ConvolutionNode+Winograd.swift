import Tensors

extension ConvolutionNode {
    private static let largestSums = 6 << 20

    /// Sums of kernel gradients, whose memory bounds the pieces of the backward pass: 2, 4 or 8.
    private static func mostSums(_ winograd: WinogradConvolution) -> Int {
        let fitting = largestSums / winograd.kernelGradientCount
        return fitting >= KernelPieces.most ? KernelPieces.most : fitting >= 4 ? 4 : 2
    }

    /// - Parameter block: Pictures of a block.
    private func pieces(batch: Int, block: Int, most: Int) -> KernelPieces {
        KernelPieces(batch, unit: block, costs: multiplyAdds, atLeast: 1 << 17, most: most)
    }

    private var biasCount: Int { bias == nil ? 0 : (filters + 15) / 16 * 16 }

    /// The transformed kernels, what transforming them takes, a workspace a thread, and the sums of a piece (the first also
    /// for turning kernels).
    func winogradCount(_ winograd: WinogradConvolution, batch: Int, threads: Int) -> Int {
        let sums = min(batch, Self.mostSums(winograd))
        return winograd.kernelCount + KernelPieces.most * winograd.kernelMemoryCount + threads * winograd.workspaceCount
            + sums * (winograd.kernelGradientCount + biasCount)
    }

    func forwardWinograd(_ pass: Pass, _ norms: NormsAround, _ winograd: WinogradConvolution) {
        let kernels = pass.shared
        let turning = kernels + winograd.kernelCount
        let memory = turning + KernelPieces.most * winograd.kernelMemoryCount
        let workspaceCount = winograd.workspaceCount
        transformKernels(pass, winograd, memory: turning, into: kernels)
        let bias = bias.map { pass.parameter($0) }
        let result = pass.values[output]
        let block = winograd.blockPictures(batch: pass.batch, pieces: max(4, Self.mostSums(winograd)))
        let pieces = pieces(batch: pass.batch, block: block, most: KernelPieces.mostWithoutSums)
        let follower = pass.context.mode == .training ? norms.follower : nil
        pass.pool.sweep(pieces: pieces.count) { piece, thread in
            let range = pieces.range(piece)
            winograd.forward(
                .init(range, block: block, kernels: kernels, memory: memory + thread * workspaceCount), bias: bias,
                into: result
            ) {
                input(pass, $0, of: range, norms.writer)
            } after: {
                if let follower { follower.norm.collect(pass, follower.maps(of: $0)) }
            }
        }
    }

    func backwardWinograd(_ pass: Pass, _ norms: NormsAround, _ winograd: WinogradConvolution) {
        let kernels = pass.shared
        let turning = kernels + winograd.kernelCount
        let memory = turning + KernelPieces.most * winograd.kernelMemoryCount
        let workspaceCount = winograd.workspaceCount
        let sums = memory + pass.pool.threadCount * workspaceCount
        let gradientCount = winograd.kernelGradientCount
        let downstream = pass.gradients[inputs[0]]
        if downstream != nil {
            transformKernels(pass, winograd, memory: turning, into: sums)
            let panels = winograd.kernelPieces
            pass.pool.run(pieces: panels.count) {
                winograd.transposeKernels(sums, panels: panels.range($0), into: kernels)
            }
        }
        let hasBias = bias != nil
        let adds = pass.adds
        let most = Self.mostSums(winograd)
        let block = winograd.blockPictures(batch: pass.batch, pieces: most)
        let pieces = pieces(batch: pass.batch, block: block, most: most)
        let biasSums = sums + pieces.count * gradientCount
        let biasCount = biasCount
        pass.pool.sweep(pieces: pieces.count) { piece, thread in
            let sum = sums + piece * gradientCount
            let biasSum = biasSums + piece * biasCount
            biasSum.update(repeating: 0, count: biasCount)
            let range = pieces.range(piece)
            winograd.backward(
                .init(range, block: block, kernels: kernels, memory: memory + thread * workspaceCount),
                kernelGradient: sum, inputGradient: downstream, adds: adds
            ) {
                let upstream = outputGradient(pass, $0, of: range, norms.follower)
                if hasBias { addBiasGradients(upstream, $0, to: biasSum) }
                return (input(pass, $0, of: range, norms.writer), upstream)
            } after: {
                if let summer = norms.summer { summer.takeSums(pass, summer.maps(of: $0)) }
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
