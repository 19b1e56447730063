import Fields
import Foundation
import Tensors

extension BuiltInData {
    /// A task over sequences that needs a memory.
    package enum SequenceKind: String, Hashable, Sendable, CaseIterable {
        /// Bits 0 and 1, [T, 1]; the class is whether the number of ones is odd.
        case parity
        /// Bits, [T, 1]; the class is whether more than half are ones. Of an even length, a tie counts as no.
        case majority
        /// A symbol of eight, one-hot at the first step, then noise, [T, 8]; the class is the symbol.
        case copy
        /// Numbers within 0...1 and two marks, [T, 2]; the sum of the two marked numbers is to be predicted
        /// (Hochreiter and Schmidhuber 1997).
        case adding
        /// A sine of random frequency and phase, [T, 1]; its next value is to be predicted.
        case sine
    }

    /// Sequences of `length` steps, an example depending on seed and place alone.
    ///
    /// - Returns: Examples of shape [length, features].
    package static func sequences(_ kind: SequenceKind, length: Int, count: Int, seed: UInt64) -> Dataset {
        precondition(length >= 2, "a sequence has at least two steps, not \(length)")
        let features = kind.featureCount
        let progress = MakingProgress(count)
        let inputs = FloatBuffer(count: count * length * features)
        var classes: [Int32] = []
        var values: [Float] = []
        let generator = Philox(seed: seed, purpose: .generatedData)
        for example in 0..<count {
            progress.reach(example)
            var random = generator.stream(UInt64(example))
            let row = inputs.pointer + example * length * features
            switch kind {
            case .parity, .majority:
                var ones = 0
                for step in 0..<length {
                    let bit = random.integer(below: 2)
                    ones += bit
                    row[step] = Float(bit)
                }
                classes.append(kind == .parity ? Int32(ones & 1) : 2 * ones > length ? 1 : 0)
            case .copy:
                let symbol = random.integer(below: features)
                row[symbol] = 1
                for place in features..<length * features { row[place] = Float(0.3 * random.normal()) }
                classes.append(Int32(symbol))
            case .adding: values.append(adding(row, length, &random))
            case .sine:
                let frequency = random.uniform(0.2, 1)
                let phase = random.uniform(0, 2 * .pi)
                for step in 0..<length { row[step] = Float(sin(frequency * Double(step) + phase)) }
                values.append(Float(sin(frequency * Double(length) + phase)))
            }
        }
        let targets: Dataset.StoredTargets =
            kind.classCount.map { .classes(classes, classCount: $0) } ?? .values(FloatBuffer(values), [1])
        return Dataset(name: "sequences", inputs: inputs, inputShape: [length, features], targets: targets)
    }

    /// One mark lies in the first half, one in the second.
    private static func adding(
        _ row: UnsafeMutablePointer<Float>, _ length: Int, _ random: inout RandomStream
    ) -> Float {
        for step in 0..<length { row[2 * step] = Float(random.uniform()) }
        let first = random.integer(below: length / 2)
        let second = length / 2 + random.integer(below: length - length / 2)
        row[2 * first + 1] = 1
        row[2 * second + 1] = 1
        return row[2 * first] + row[2 * second]
    }
}

extension BuiltInData.SequenceKind {
    /// Numbers of each step.
    package var featureCount: Int {
        switch self {
        case .parity, .majority, .sine: 1
        case .copy: 8
        case .adding: 2
        }
    }

    /// Nil where a number is predicted.
    package var classCount: Int? {
        switch self {
        case .parity, .majority: 2
        case .copy: 8
        case .adding, .sine: nil
        }
    }
}

/// `BuiltInData.sequences` as a config names it.
package struct Sequences: DataSource {
    /// What is to be learned of a sequence.
    package var kind: BuiltInData.SequenceKind
    /// Steps of a sequence, at least 2.
    package var length: Int
    /// How many sequences are made, 1...10,000,000.
    package var count: Int
    /// Decides every number of the sequences.
    package var seed: UInt64

    package init(
        kind: BuiltInData.SequenceKind = .copy, length: Int = 20, count: Int = 3_000, seed: UInt64 = 0
    ) {
        self.kind = kind
        self.length = length
        self.count = count
        self.seed = seed
    }

    package init() { self.init(kind: .copy) }

    package static let word = "sequences"
    package static let meaning = "tasks over sequences that need a memory"
    package static let example = "{ sequences: { kind: \"adding\", length: 50 } }"
    package static let fields: [Field<Sequences>] = [
        Field("kind", \.kind, .word, "what is to be learned").main,
        Field("length", \.length, .integer(2...100_000), "steps of a sequence"),
        .count(\.count),
        .seed(\.seed),
    ]

    package var numberCount: Int { count * length * kind.featureCount }

    package func training(_ limit: MemoryLimit, _ pool: WorkerPool) throws(DatasetError) -> Dataset {
        BuiltInData.sequences(kind, length: length, count: count, seed: seed)
    }
}
