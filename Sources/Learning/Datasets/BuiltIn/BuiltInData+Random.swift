import Tensors

extension BuiltInData {
    /// Standard normal numbers with labels drawn at random: nothing to learn but by heart.
    ///
    /// A network that is large enough fits them all the same (Zhang and others, "Understanding deep learning requires
    /// rethinking generalization", 2017); what it fits tells of its capacity, not of its data.
    ///
    /// - Parameters:
    ///   - shape: Of one example.
    ///   - pool: Threads to draw on; the numbers do not depend on them.
    package static func random(
        count: Int = 3000, shape: Shape, classes: Int = 10, seed: UInt64, pool: WorkerPool? = nil
    ) -> Dataset {
        precondition(count >= 0 && classes >= 1, "\(count) examples of \(classes) classes cannot be")
        let inputs = FloatBuffer(count: count * shape.count)
        var labels = [Int32](repeating: 0, count: count)
        let generator = Philox(seed: seed, purpose: .generatedData)
        labels.withUnsafeMutableBufferPointer { labels in
            let target = labels.baseAddress
            let pieces = min(256, count)
            let draw: (Int) -> Void = { piece in
                for example in piece * count / pieces..<(piece + 1) * count / pieces {
                    var random = generator.stream(UInt64(example))
                    target?[example] = Int32(random.integer(below: classes))
                    let row = inputs.pointer + example * shape.count
                    for place in 0..<shape.count { row[place] = Float(random.normal()) }
                }
            }
            if let pool { pool.run(pieces: pieces, draw) } else { (0..<pieces).forEach(draw) }
        }
        return Dataset(
            name: "random", inputs: inputs, inputShape: shape, targets: .classes(labels, classCount: classes))
    }
}
