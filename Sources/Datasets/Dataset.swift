import Tensors

/// Examples in memory: inputs row by row, and a class or numbers to predict for each.
package struct Dataset: Sendable {
    /// A word for it: `digits`, or the images' file.
    package let name: String
    /// `count` x `inputShape.count` numbers.
    package let inputs: FloatBuffer
    /// Shape of one example: `[features]`, `[channels, length]` or `[channels, height, width]`.
    package let inputShape: Shape
    package let targets: Targets
    /// The files it came from; none for built-in data.
    package let sources: [Source]

    package enum Targets: Sendable {
        /// One class for each example, all in 0..<classCount.
        case classes([Int32], classCount: Int)
        /// `count` x shape numbers.
        case values(FloatBuffer, Shape)
    }

    /// A file with the digest of its bytes on the disk.
    package struct Source: Hashable, Codable, Sendable {
        package let path: String
        /// 64 hexadecimal digits, as `sha256sum` prints them.
        package let sha256: String

        package init(path: String, sha256: String) { (self.path, self.sha256) = (path, sha256) }
    }

    package init(
        name: String, inputs: FloatBuffer, inputShape: Shape, targets: Targets, sources: [Source] = []
    ) {
        let count = targets.count
        precondition(
            inputs.count == count * inputShape.count,
            "\(count) targets need \(count) x \(inputShape) inputs, not \(inputs.count) numbers")
        self.name = name
        self.inputs = inputs
        self.inputShape = inputShape
        self.targets = targets
        self.sources = sources
    }

    /// How many examples there are.
    package var count: Int { targets.count }

    /// How many classes there are; nil where numbers are predicted.
    package var classCount: Int? {
        if case .classes(_, let count) = targets { count } else { nil }
    }

    /// The examples at these places, copied in this order.
    package func selecting(_ indices: [Int]) -> Dataset {
        let chosen = FloatBuffer(count: indices.count * inputShape.count)
        let assembler = BatchAssembler(self)
        let places = indices.map(Int32.init)
        places.withUnsafeBufferPointer { assembler.copyInputs(of: $0, to: chosen.pointer) }
        switch targets {
        case .classes(let classes, let classCount):
            return Dataset(
                name: name, inputs: chosen, inputShape: inputShape,
                targets: .classes(indices.map { classes[$0] }, classCount: classCount), sources: sources)
        case .values(_, let shape):
            let values = FloatBuffer(count: indices.count * shape.count)
            places.withUnsafeBufferPointer { assembler.copyValues(of: $0, to: values.pointer) }
            return Dataset(
                name: name, inputs: chosen, inputShape: inputShape, targets: .values(values, shape), sources: sources)
        }
    }
}

extension Dataset.Targets {
    /// How many examples have a target.
    package var count: Int {
        switch self {
        case .classes(let classes, _): classes.count
        case .values(let buffer, let shape): buffer.count / max(1, shape.count)
        }
    }
}
