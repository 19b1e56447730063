import Datasets
import NeuralNetworks
import Tensors

/// Memory for the examples of one batch, side by side; allocated once, used again for every batch.
final class BatchBuffer {
    let capacity: Int
    private let inputBuffer: FloatBuffer
    private let indices: UnsafeMutableBufferPointer<Int32>
    /// Classes of the batch, where the targets are classes.
    private let classes: UnsafeMutableBufferPointer<Int32>
    /// Numbers to predict, where the targets are numbers.
    private let values: FloatBuffer?

    init(dataset: Dataset, capacity: Int) {
        self.capacity = capacity
        inputBuffer = FloatBuffer(count: capacity * dataset.inputShape.count)
        indices = .allocate(capacity: capacity)
        indices.initialize(repeating: 0)
        classes = .allocate(capacity: capacity)
        classes.initialize(repeating: 0)
        values =
            if case .values(_, let shape) = dataset.targets { FloatBuffer(count: capacity * shape.count) } else { nil }
    }

    deinit {
        indices.deallocate()
        classes.deallocate()
    }

    var inputs: UnsafePointer<Float> { UnsafePointer(inputBuffer.pointer) }

    var targets: Targets {
        if let values { return .values(UnsafePointer(values.pointer)) }
        return .classes(UnsafePointer(classes.baseAddress!))
    }

    /// Loads the examples with these indices.
    func load(_ examples: BatchAssembler, _ indices: UnsafeBufferPointer<Int32>) {
        precondition(indices.count <= capacity, "a batch of \(indices.count) does not fit into \(capacity)")
        examples.copyInputs(of: indices, to: inputBuffer.pointer)
        if let values {
            examples.copyValues(of: indices, to: values.pointer)
        } else {
            examples.copyClasses(of: indices, to: classes.baseAddress!)
        }
    }

    /// Loads neighbouring examples.
    func load(_ examples: BatchAssembler, from first: Int, count: Int) {
        precondition(count <= capacity, "a batch of \(count) does not fit into \(capacity)")
        for row in 0..<count { indices[row] = Int32(first + row) }
        load(examples, UnsafeBufferPointer(rebasing: indices[0..<count]))
    }
}
