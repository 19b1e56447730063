import Files
import Synchronization
import Tensors

/// Data sets made by code from a seed; example i depends on the seed and i alone.
package enum BuiltInData {
    /// A set of classes, drawn example by example, on threads where there are some: nothing depends on them.
    ///
    /// - Parameters:
    ///   - tool: Memory to draw with, which a piece of the work keeps from one example to the next.
    ///   - draw: Draws an example into its numbers, all 0 before, and tells its class.
    static func drawn<Tool>(
        _ name: String, count: Int, shape: Shape, classes: Int, seed: UInt64, pool: WorkerPool?, with tool: () -> Tool,
        _ draw: (inout Tool, inout RandomStream, UnsafeMutablePointer<Float>) -> Int
    ) -> Dataset {
        let pieces = min(256, count)
        // The pool's threads have none of their own. Zeroing the memory is a part of it.
        let progress = MakingProgress(pieces)
        let inputs = FloatBuffer(count: count * shape.count)
        var labels = [Int32](repeating: 0, count: count)
        let generator = Philox(seed: seed, purpose: .generatedData)
        labels.withUnsafeMutableBufferPointer { labels in
            let target = labels.baseAddress
            let drawPiece: (Int) -> Void = { piece in
                var tool = tool()
                for example in piece * count / pieces..<(piece + 1) * count / pieces {
                    var random = generator.stream(UInt64(example))
                    target?[example] = Int32(draw(&tool, &random, inputs.pointer + example * shape.count))
                }
                progress.finishOne()
            }
            if let pool { pool.run(pieces: pieces, drawPiece) } else { (0..<pieces).forEach(drawPiece) }
        }
        return Dataset(name: name, inputs: inputs, inputShape: shape, targets: .classes(labels, classCount: classes))
    }
}

/// How much of a data set is made, for whoever waits for it.
final class MakingProgress: Sendable {
    private let progress = WorkProgress.current
    private let count: Int
    private let done = Atomic<Int>(0)

    /// - Parameter count: pieces, or examples, that there will be.
    init(_ count: Int) {
        self.count = count
        progress?.begin("making data", share: 0)
    }

    /// One more is made; from any thread.
    func finishOne() { progress?.advance(to: Double(done.add(1, ordering: .relaxed).newValue) / Double(count)) }

    /// So many examples are made; from one thread, which tells now and then.
    func reach(_ example: Int) {
        if example & 1_023 == 0 { progress?.advance(to: Double(example) / Double(count)) }
    }
}
