import Runs
import Tensors

/// Examples: inputs row by row, in memory or on the disk, and a class or numbers to predict for each.
package struct Dataset: Sendable {
    /// A word for it: `digits`, or the images' file.
    package let name: String
    /// Where the inputs are.
    package let storage: Storage
    /// Shape of one example as it is stored: `[features]`, `[channels, length]`, `[steps, features]` or
    /// `[channels, height, width]`.
    package let storedShape: Shape
    /// What is still done to the examples of each batch.
    package let preparation: [FittedPreprocessing]
    /// What is to be predicted, as many as there are examples.
    package let targets: StoredTargets
    /// What the classes are called, where the data says it.
    package let classNames: [String]?
    /// The files it came from; none for built-in data.
    package let sources: [Source]
    /// What its reader found that may not be meant.
    package var warnings: [StartWarning] = []

    /// Where the inputs of a set are.
    package enum Storage: Sendable {
        /// `count` x `storedShape.count` numbers.
        case memory(FloatBuffer)
        /// Records of files; `places` are those that belong to the set, in order, and nil is all of them.
        case files(FileRecords, places: [Int32]?)
    }

    /// What is to be predicted of every example; a `Batch` hands out those of its rows as `Targets`.
    package enum StoredTargets: Sendable {
        /// One class for each example, all in 0..<classCount.
        case classes([Int32], classCount: Int)
        /// `count` x shape numbers.
        case values(FloatBuffer, Shape)
    }

    /// A file with the digest of its bytes on the disk.
    package struct Source: Hashable, Codable, Sendable {
        /// The file as the config names it.
        package let path: String
        /// 64 hexadecimal digits, as `sha256sum` prints them.
        package let sha256: String

        package init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
    }

    /// A set of examples; traps where inputs and targets are not equally many.
    package init(
        name: String, storage: Storage, storedShape: Shape, preparation: [FittedPreprocessing] = [],
        targets: StoredTargets,
        classNames: [String]? = nil, sources: [Source] = []
    ) {
        switch storage {
        case .memory(let inputs):
            precondition(
                inputs.count == targets.count * storedShape.count,
                "\(targets.count) targets need \(targets.count) x \(storedShape) inputs, not \(inputs.count) numbers")
        case .files(let records, let places):
            precondition(
                (places?.count ?? records.count) == targets.count, "\(targets.count) targets need as many records")
        }
        self.name = name
        self.storage = storage
        self.storedShape = storedShape
        self.preparation = preparation
        self.targets = targets
        self.classNames = classNames
        self.sources = sources
    }

    /// Examples in memory, ready for the network.
    package init(
        name: String, inputs: FloatBuffer, inputShape: Shape, targets: StoredTargets, classNames: [String]? = nil,
        sources: [Source] = []
    ) {
        self.init(
            name: name, storage: .memory(inputs), storedShape: inputShape, targets: targets, classNames: classNames,
            sources: sources)
    }

    /// How many examples there are.
    package var count: Int { targets.count }

    /// Shape of one example as the network sees it.
    package var inputShape: Shape { preparation.last?.outputShape ?? storedShape }

    /// The numbers of examples in memory; traps where they are on the disk.
    package var inputs: FloatBuffer {
        guard case .memory(let inputs) = storage else { preconditionFailure("\(name) is read from the disk") }
        return inputs
    }

    /// Whether examples are read from the disk batch by batch.
    package var isStreamed: Bool { if case .files = storage { true } else { false } }

    /// How many classes there are; nil where numbers are predicted.
    package var classCount: Int? {
        if case .classes(_, let count) = targets { count } else { nil }
    }
}

extension Dataset.StoredTargets {
    /// How many examples have a target.
    package var count: Int {
        switch self {
        case .classes(let classes, _): classes.count
        case .values(let buffer, let shape): buffer.count / max(1, shape.count)
        }
    }
}
