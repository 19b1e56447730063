import Fields
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
        return drawn("random", count: count, shape: shape, classes: classes, seed: seed, pool: pool, with: {}) {
            _, random, numbers in
            let label = random.integer(below: classes)
            for place in 0..<shape.count { numbers[place] = Float(random.normal()) }
            return label
        }
    }
}

/// `BuiltInData.random` as a config names it.
package struct RandomNumbers: DataSource {
    /// How many examples are drawn.
    package var count: Int
    /// `[features]`, `[steps, features]` or `[channels, height, width]`.
    package var shape: Shape
    /// How many labels are drawn from, 2...100,000.
    package var classes: Int
    /// Decides every number and label.
    package var seed: UInt64

    package init(
        count: Int = 3_000, shape: Shape = [1, 28, 28], classes: Int = 10, seed: UInt64 = 0
    ) {
        self.count = count
        self.shape = shape
        self.classes = classes
        self.seed = seed
    }

    package init() { self.init(count: 3_000) }

    package static let word = "random"
    package static let meaning = "normal numbers with random labels: nothing to learn but by heart"
    package static let example = "{ random: { count: 100, shape: [3, 32, 32] } }"
    package static let fields: [Field<RandomNumbers>] = [
        .count(\.count).main,
        Field("shape", \.shape, extents, "the extents of an example"),
        Field("classes", \.classes, .integer(2...100_000), "how many classes there are"),
        .seed(\.seed),
    ]
    private static let extents: FieldType<Shape> = {
        let list = FieldType<[Int]>.list(.integer(1...4_096)).checked("list of one to three whole numbers, 1 to 4096") {
            (1...3).contains($0.count) ? nil : "one to three extents are due, as in [3, 32, 32]"
        }
        return FieldType<Shape>(list.form, decode: { Shape(list.decode($0)) }, encode: { list.encode($0.extents) })
    }()

    package var numberCount: Int { count * shape.count }
    package var knownShape: Shape? { shape }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        BuiltInData.random(count: count, shape: shape, classes: classes, seed: seed, pool: pool)
    }
}
