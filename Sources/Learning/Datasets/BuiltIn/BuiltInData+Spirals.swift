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
        let inputs = FloatBuffer(count: count * 2)
        let generator = Philox(seed: seed, purpose: .generatedData)
        var labels = [Int32](repeating: 0, count: count)
        for example in 0..<count {
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
