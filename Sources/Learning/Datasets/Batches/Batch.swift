import Tensors

/// The examples of one step side by side: their inputs as the network sees them and what its outputs should be, both mixed
/// where the augmentation says so. Allocated once, used again for every batch.
package final class Batch {
    /// The largest number of examples.
    let capacity: Int
    private let inputBuffer: FloatBuffer
    private let indices: UnsafeMutableBufferPointer<Int32>
    /// Classes of the batch, where the targets are classes.
    private let classes: UnsafeMutableBufferPointer<Int32>
    /// Numbers to predict, where the targets are numbers.
    private let values: FloatBuffer?
    /// Shares of the classes, or numbers, of mixed examples; nil where nothing is mixed.
    private let mixed: FloatBuffer?
    private let targetLength: Int
    private var isMixed = false

    /// - Parameters:
    ///   - dataset: Whose examples come, or one of the same shapes.
    ///   - mixes: Whether examples of training batches are mixed.
    package init(dataset: Dataset, capacity: Int, mixes: Bool = false) {
        self.capacity = capacity
        inputBuffer = FloatBuffer(count: capacity * dataset.inputShape.count)
        indices = .allocate(capacity: capacity)
        indices.initialize(repeating: 0)
        classes = .allocate(capacity: capacity)
        classes.initialize(repeating: 0)
        switch dataset.targets {
        case .classes(_, let count):
            targetLength = count
            values = nil
        case .values(_, let shape):
            targetLength = shape.count
            values = FloatBuffer(count: capacity * shape.count)
        }
        mixed = mixes ? FloatBuffer(count: capacity * targetLength) : nil
    }

    deinit {
        indices.deallocate()
        classes.deallocate()
    }

    /// `[batch, inputShape.count]` numbers of the examples loaded last.
    package var inputs: UnsafePointer<Float> { UnsafePointer(inputBuffer.pointer) }

    /// The targets of the examples loaded last.
    package var targets: Targets {
        if isMixed, let mixed {
            let shares = UnsafePointer(mixed.pointer)
            return values == nil ? .probabilities(shares) : .values(shares)
        }
        if let values { return .values(UnsafePointer(values.pointer)) }
        return .classes(UnsafePointer(classes.baseAddress!))
    }

    /// Loads the examples with these indices, and says what went wrong with reading them; nil mostly. Allocates nothing.
    package func load(
        _ examples: InputPipeline, _ indices: UnsafeBufferPointer<Int32>, _ treatment: InputPipeline.Treatment
    ) -> DatasetError? {
        precondition(indices.count <= capacity, "a batch of \(indices.count) does not fit into \(capacity)")
        let failure = examples.load(indices, treatment, into: inputBuffer.pointer)
        if let values {
            examples.dataset.copyValues(of: indices, to: values.pointer)
        } else {
            examples.dataset.copyClasses(of: indices, to: classes.baseAddress!)
        }
        isMixed = if case .training = treatment { examples.mixes } else { false }
        if isMixed { mixTargets(examples, count: indices.count) }
        return failure
    }

    /// Loads neighbouring examples. Allocates nothing.
    package func load(
        _ examples: InputPipeline, from first: Int, count: Int, _ treatment: InputPipeline.Treatment = .plain
    ) -> DatasetError? {
        precondition(count <= capacity, "a batch of \(count) does not fit into \(capacity)")
        for row in 0..<count { indices[row] = Int32(first + row) }
        return load(examples, UnsafeBufferPointer(rebasing: indices[0..<count]), treatment)
    }

    /// Targets in the shares that the inputs were mixed by.
    private func mixTargets(_ examples: InputPipeline, count: Int) {
        guard let mixed else { preconditionFailure("a buffer that was made for no mixing got a mixed batch") }
        for row in 0..<count {
            let (partner, share) = (Int(examples.partners[row]), examples.shares[row])
            let target = mixed.pointer + row * targetLength
            if let values {
                let (own, other) = (values.pointer + row * targetLength, values.pointer + partner * targetLength)
                for place in 0..<targetLength { target[place] = share * own[place] + (1 - share) * other[place] }
            } else {
                target.update(repeating: 0, count: targetLength)
                target[Int(classes[row])] += share
                target[Int(classes[partner])] += 1 - share
            }
        }
    }
}
