import Tensors
import TestSupport
import Testing

@Suite("Winograd's convolution agrees with the plain loop in double precision")
struct WinogradConvolutionTests {
    /// A convolution with random numbers, and its results by plain loops.
    struct Example {
        let shape: WinogradConvolution
        let batch: Int
        let input, kernels, bias, outputGradient: FloatBuffer
        var output: [Double]
        var inputGradient: [Double]
        var kernelGradient: [Double]

        init(_ shape: WinogradConvolution, batch: Int, _ random: inout SplitMix64) {
            func numbers(_ count: Int) -> FloatBuffer {
                FloatBuffer((0..<count).map { _ in Float.random(in: -1...1, using: &random) })
            }
            self.shape = shape
            self.batch = batch
            input = numbers(batch * shape.inputCount)
            kernels = numbers(shape.filters * shape.channels * 9)
            bias = numbers(shape.filters)
            outputGradient = numbers(batch * shape.outputCount)
            output = Array(repeating: 0, count: outputGradient.count)
            inputGradient = Array(repeating: 0, count: input.count)
            kernelGradient = Array(repeating: 0, count: kernels.count)
            computePlainly()
        }

        private mutating func computePlainly() {
            let (places, width) = (shape.outputHeight * shape.outputWidth, shape.outputWidth)
            for map in 0..<batch * shape.filters {
                let (picture, filter) = (map / shape.filters, map % shape.filters)
                for place in 0..<places {
                    var sum = Double(bias.pointer[filter])
                    let gradient = Double(outputGradient.pointer[map * places + place])
                    for tap in 0..<shape.channels * 9 {
                        let (channel, row, column) = (tap / 9, tap % 9 / 3, tap % 3)
                        let y = place / width + row - shape.padding.height
                        let x = place % width + column - shape.padding.width
                        guard (0..<shape.height).contains(y), (0..<shape.width).contains(x) else { continue }
                        let source = ((picture * shape.channels + channel) * shape.height + y) * shape.width + x
                        let kernel = filter * shape.channels * 9 + tap
                        sum += Double(input.pointer[source]) * Double(kernels.pointer[kernel])
                        inputGradient[source] += gradient * Double(kernels.pointer[kernel])
                        kernelGradient[kernel] += gradient * Double(input.pointer[source])
                    }
                    output[map * places + place] = sum
                }
            }
        }
    }

    /// What the fast path makes of it, in two pieces, and which pictures it announced.
    struct Results {
        let output, inputGradient, kernelGradient: FloatBuffer
        var before: [Int] = []
        var after: [Int] = []

        init(_ example: Example, block: Int, addingTo start: Float? = nil) {
            let (shape, batch) = (example.shape, example.batch)
            output = FloatBuffer(count: batch * shape.outputCount)
            inputGradient = FloatBuffer(count: batch * shape.inputCount)
            kernelGradient = FloatBuffer(count: example.kernels.count)
            inputGradient.fill(start ?? .nan)
            let (transformed, turned) = (FloatBuffer(count: shape.kernelCount), FloatBuffer(count: shape.kernelCount))
            let memory = FloatBuffer(count: shape.workspaceCount)
            let kernelMemory = FloatBuffer(count: shape.kernelMemoryCount)
            let sums = FloatBuffer(count: 2 * shape.kernelGradientCount)
            sums.fill(.nan)
            let panels = 0..<shape.kernelPieces.total
            shape.transformKernels(
                example.kernels.pointer, panels: panels, memory: kernelMemory.pointer, into: transformed.pointer)
            shape.transposeKernels(transformed.pointer, panels: panels, into: turned.pointer)
            let pieces = [0..<batch / 2, batch / 2..<batch]
            for (index, piece) in pieces.enumerated() {
                // What lies in the workspace does not matter.
                memory.fill(.nan)
                shape.forward(
                    .init(piece, block: block, kernels: transformed.pointer, memory: memory.pointer),
                    bias: example.bias.pointer, into: output.pointer
                ) {
                    before += $0
                    return UnsafePointer(example.input.pointer)
                } after: {
                    after += $0
                }
                memory.fill(.nan)
                shape.backward(
                    .init(piece, block: block, kernels: turned.pointer, memory: memory.pointer),
                    kernelGradient: sums.pointer + index * shape.kernelGradientCount,
                    inputGradient: inputGradient.pointer, adds: start != nil
                ) {
                    before += $0
                    return (UnsafePointer(example.input.pointer), UnsafePointer(example.outputGradient.pointer))
                } after: {
                    after += $0
                }
            }
            shape.kernelGradients(
                sums.pointer, count: 2, panels: panels, memory: kernelMemory.pointer,
                into: kernelGradient.pointer)
        }
    }

    private func error(_ actual: FloatBuffer, _ expected: [Double], plus start: Double = 0) -> Double {
        var (difference, norm) = (0.0, 0.0)
        for (one, other) in zip(actual.array, expected) {
            difference += (Double(one) - start - other) * (Double(one) - start - other)
            norm += other * other
        }
        return (difference / max(norm, 1e-30)).squareRoot()
    }

    @Test(arguments: 0..<10)
    func `outputs and gradients of 300 random shapes, within 5e-6 of their norms`(_ seed: Int) {
        var random = SplitMix64(seed: UInt64(seed))
        for round in 0..<30 {
            // Small maps whose whole pictures share a block, and now and then high ones in strips.
            let isHigh = round == 0
            let shape = WinogradConvolution(
                channels: Int.random(in: 1...40, using: &random),
                height: isHigh ? Int.random(in: 40...80, using: &random) : Int.random(in: 3...14, using: &random),
                width: isHigh ? Int.random(in: 20...40, using: &random) : Int.random(in: 3...20, using: &random),
                filters: Int.random(in: 1...36, using: &random),
                padding: (Int.random(in: 0...3, using: &random), Int.random(in: 0...3, using: &random)))
            let batch = isHigh ? 1 : Int.random(in: 1...5, using: &random)
            let example = Example(shape, batch: batch, &random)
            let block = shape.blockPictures(batch: Int.random(in: 1...64, using: &random), pieces: 8)
            let results = Results(example, block: block)
            #expect(error(results.output, example.output) < 5e-6, "\(shape) forward")
            #expect(error(results.inputGradient, example.inputGradient) < 5e-6, "\(shape) gradient of the input")
            #expect(error(results.kernelGradient, example.kernelGradient) < 5e-6, "\(shape) gradient of the kernels")
            #expect(results.before == results.after && results.before.count == 2 * batch)
        }
    }

    @Test(arguments: [6, 60])
    func `the gradient of the input is added where that is wanted, rows of two strips once`(_ height: Int) {
        var random = SplitMix64(seed: 5)
        let shape = WinogradConvolution(channels: 5, height: height, width: 37, filters: 7, padding: (1, 1))
        let example = Example(shape, batch: 2, &random)
        let results = Results(example, block: 1, addingTo: 3)
        #expect(error(results.inputGradient, example.inputGradient, plus: 3) < 5e-6)
    }

    @Test
    func `large kernels take blocks as large as they are, as exactly`() {
        var random = SplitMix64(seed: 4)
        let shape = WinogradConvolution(channels: 132, height: 6, width: 6, filters: 150, padding: (1, 1))
        // Four tiles a picture: 75 are as large as 9 x 10 panels of kernels, where 64 are the most for small ones.
        #expect(shape.blockPictures(batch: 64, pieces: 2) == 18 && shape.blockPictures(batch: 64, pieces: 8) == 8)
        let example = Example(shape, batch: 40, &random)
        let results = Results(example, block: 18)
        #expect(error(results.output, example.output) < 5e-6)
        #expect(error(results.inputGradient, example.inputGradient) < 5e-6)
        #expect(error(results.kernelGradient, example.kernelGradient) < 5e-6)
    }

    @Test
    func `a picture's bits do not depend on those beside it`() {
        var random = SplitMix64(seed: 9)
        let shape = WinogradConvolution(channels: 18, height: 7, width: 9, filters: 17, padding: (1, 1))
        let example = Example(shape, batch: 6, &random)
        let alone = Results(example, block: 1)
        let together = Results(example, block: shape.blockPictures(batch: 64, pieces: 8))
        #expect(shape.blockPictures(batch: 64, pieces: 8) > 1)
        #expect(alone.output.array == together.output.array)
        #expect(alone.inputGradient.array == together.inputGradient.array)
    }

    @Test
    func `no pictures, no work`() {
        let shape = WinogradConvolution(channels: 3, height: 4, width: 4, filters: 2, padding: (0, 0))
        var random = SplitMix64(seed: 1)
        let results = Results(Example(shape, batch: 0, &random), block: 1)
        #expect(results.before.isEmpty && results.kernelGradient.array.allSatisfy { $0 == 0 })
    }

    @Test
    func `it is chosen for filled lanes and filled tiles alone`() {
        func suits(_ channels: Int, _ filters: Int, _ height: Int, _ width: Int) -> Bool {
            WinogradConvolution.suits(
                channels: channels, filters: filters, outputHeight: height, outputWidth: width)
        }
        #expect(suits(16, 16, 32, 32) && suits(64, 64, 8, 8) && suits(32, 64, 14, 14) && suits(16, 16, 4, 4))
        #expect(!suits(3, 64, 32, 32) && !suits(64, 3, 32, 32) && !suits(64, 64, 2, 2) && !suits(64, 64, 1, 30))
    }
}
