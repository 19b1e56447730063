import Fields
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
        let progress = MakingProgress(count)
        let inputs = FloatBuffer(count: count * features)
        let generator = Philox(seed: seed, purpose: .generatedData)
        let centers = (0..<classes).map { label in
            // Streams from the far end, which no example uses.
            var random = generator.stream(UInt64.max - UInt64(label))
            return (0..<features).map { _ in random.uniform(-10, 10) }
        }
        var labels = [Int32](repeating: 0, count: count)
        for example in 0..<count {
            progress.reach(example)
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

/// `BuiltInData.blobs` as a config names it.
package struct Blobs: DataSource {
    /// How many points are made, 1...10,000,000.
    package var count: Int
    /// How many clouds there are, 2...1,000.
    package var classes: Int
    /// How many numbers a point has, 1...10,000.
    package var features: Int
    /// The standard deviation within a cloud; centers lie in -10...10.
    package var spread: Double
    /// Decides every center and point.
    package var seed: UInt64

    package init(
        count: Int = 3_000, classes: Int = 3, features: Int = 2, spread: Double = 1, seed: UInt64 = 0
    ) {
        self.count = count
        self.classes = classes
        self.features = features
        self.spread = spread
        self.seed = seed
    }

    package init() { self.init(count: 3_000) }

    package static let word = "blobs"
    package static let meaning = "normal clouds around random centers, one for each class"
    package static let example = "{ blobs: { classes: 3, features: 2 } }"
    package static let fields: [Field<Blobs>] = [
        .count(\.count).main,
        Field("classes", \.classes, .integer(2...1_000), "how many clouds there are"),
        Field("features", \.features, .integer(1...10_000), "how many numbers a point has"),
        Field("spread", \.spread, .number(.within(0...1_000)), "the standard deviation within a cloud"),
        .seed(\.seed),
    ]

    package var numberCount: Int { count * features }
    package var knownShape: Shape? { [features] }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        BuiltInData.blobs(count: count, classes: classes, features: features, spread: spread, seed: seed)
    }
}
