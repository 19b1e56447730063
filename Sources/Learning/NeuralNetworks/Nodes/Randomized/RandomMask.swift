import Tensors

/// Which of many values survive a step of training: 0, or 1 / (1 - p), for each.
///
/// Value e of layer l in step s uses word e mod 4 of the block at counter (e / 4, l, s): the mask depends on nothing
/// else, and backward reads the one that forward stored.
final class RandomMask {
    private(set) var values: FloatBuffer
    /// That a value is dropped, 0...1.
    var probability: Double {
        didSet { if probability > 0, values.count == 0 { values = FloatBuffer(count: count) } }
    }
    private let count: Int
    private let purpose: RandomPurpose

    /// - Parameter probability: That a value is dropped, 0...1; 0 keeps no mask at all.
    init(count: Int, probability: Double, purpose: RandomPurpose = .dropout) {
        values = FloatBuffer(count: probability > 0 ? count : 0)
        self.probability = probability
        self.count = count
        self.purpose = purpose
    }

    /// Whether this pass drops anything.
    func isActive(_ pass: Pass) -> Bool { pass.context.mode == .training && probability > 0 }

    /// Draws the values of a range that begins at a multiple of 4, or scales the 0s and 1s supplied.
    func draw(_ range: Range<Int>, _ context: StepContext, layer: Int, supplied: FloatBuffer?) {
        let mask = values.pointer
        let scale = probability < 1 ? Float(1 / (1 - probability)) : 0
        if let supplied {
            for index in range { mask[index] = supplied.pointer[index] * scale }
            return
        }
        let generator = Philox(seed: context.seed, purpose: purpose)
        let step = UInt64(bitPattern: Int64(context.step))
        let stepWords = SIMD2(UInt32(truncatingIfNeeded: step), UInt32(truncatingIfNeeded: step >> 32))
        let layer = UInt32(truncatingIfNeeded: layer)
        // Words below the threshold drop; p = 1 drops them all.
        let threshold = UInt64(probability * 0x1p32)
        var index = range.lowerBound
        while index < range.upperBound {
            let block = generator.block(
                SIMD4(UInt32(truncatingIfNeeded: index / 4), layer, stepWords.x, stepWords.y))
            for word in 0..<min(4, range.upperBound - index) {
                mask[index + word] = UInt64(block[word]) < threshold ? 0 : scale
            }
            index += 4
        }
    }
}
