import Fields
import Foundation
import Tensors

extension BuiltInData {
    /// Spiral arms around the origin, one for each class: no straight line separates them.
    ///
    /// - Parameters:
    ///   - noise: Standard deviation of the angle in radians.
    ///   - turns: How often an arm winds round.
    /// - Returns: Two features within -1...1; example i has class i % classes.
    package static func spirals(
        count: Int = 3000, classes: Int = 3, noise: Double = 0.2, turns: Double = 0.64, seed: UInt64
    ) -> Dataset {
        precondition(count >= 0 && classes >= 1, "\(count) points in \(classes) classes cannot be")
        let progress = MakingProgress(count)
        let inputs = FloatBuffer(count: count * 2)
        let generator = Philox(seed: seed, purpose: .generatedData)
        var labels = [Int32](repeating: 0, count: count)
        for example in 0..<count {
            progress.reach(example)
            var random = generator.stream(UInt64(example))
            let label = example % classes
            let radius = random.uniform()
            let angle =
                2 * Double.pi * (radius * turns + Double(label) / Double(classes)) + noise * random.normal()
            inputs.pointer[2 * example] = Float(radius * cos(angle))
            inputs.pointer[2 * example + 1] = Float(radius * sin(angle))
            labels[example] = Int32(label)
        }
        return Dataset(
            name: "spirals", inputs: inputs, inputShape: [2], targets: .classes(labels, classCount: classes))
    }
}

/// `BuiltInData.spirals` as a config names it.
package struct Spirals: DataSource {
    /// How many points are made, 1...10,000,000.
    package var count: Int
    /// How many arms there are, 2...100.
    package var classes: Int
    /// The standard deviation of the angle, in radians.
    package var noise: Double
    /// How often an arm winds around the middle.
    package var turns: Double
    /// Decides every point.
    package var seed: UInt64

    package init(
        count: Int = 3_000, classes: Int = 3, noise: Double = 0.2, turns: Double = 0.64, seed: UInt64 = 0
    ) {
        self.count = count
        self.classes = classes
        self.noise = noise
        self.turns = turns
        self.seed = seed
    }

    package init() { self.init(count: 3_000) }

    package static let word = "spirals"
    package static let meaning = "points on spiral arms in the plane, an arm for each class"
    package static let example = "{ spirals: { classes: 3, noise: 0.2 } }"
    package static let fields: [Field<Spirals>] = [
        .count(\.count).main,
        Field("classes", \.classes, .integer(2...100), "how many arms there are"),
        Field("noise", \.noise, .number(.within(0...10)), "how far points lie off their arm"),
        Field("turns", \.turns, .number(.within(0...20)), "how often an arm winds around the middle"),
        .seed(\.seed),
    ]

    package var numberCount: Int { count * 2 }
    package var knownShape: Shape? { [2] }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        BuiltInData.spirals(count: count, classes: classes, noise: noise, turns: turns, seed: seed)
    }
}
