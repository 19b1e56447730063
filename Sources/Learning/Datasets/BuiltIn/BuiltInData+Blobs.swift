import Tensors

extension BuiltInData {
    /// Normal clouds around centers that lie at random in -10...10, one for each class.
    ///
    /// - Parameter spread: Standard deviation within a cloud.
    /// - Returns: Example i has class i % classes.
    package static func blobs(
        count: Int = 3000, classes: Int = 3, features: Int = 2, spread: Double = 1, seed: UInt64
    ) -> Dataset {
        precondition(
            count >= 0 && classes >= 1 && features >= 1,
            "\(count) points of \(features) features in \(classes) classes cannot be")
        let inputs = FloatBuffer(count: count * features)
        let generator = Philox(seed: seed, purpose: .generatedData)
        let centers = (0..<classes).map { label in
            // Streams from the far end, which no example uses.
            var random = generator.stream(UInt64.max - UInt64(label))
            return (0..<features).map { _ in random.uniform(-10, 10) }
        }
        var labels = [Int32](repeating: 0, count: count)
        for example in 0..<count {
            var random = generator.stream(UInt64(example))
            let label = example % classes
            for feature in 0..<features {
                let value = centers[label][feature] + spread * random.normal()
                inputs.pointer[example * features + feature] = Float(value)
            }
            labels[example] = Int32(label)
        }
        return Dataset(
            name: "blobs", inputs: inputs, inputShape: [features], targets: .classes(labels, classCount: classes))
    }
}
