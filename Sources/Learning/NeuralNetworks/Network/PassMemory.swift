import Tensors

/// The memory of a network's passes, allocated once: every value and gradient where the plan puts it.
final class PassMemory {
    /// Where each value lies, `[batch, shape]`; the network's input is the caller's.
    let values: UnsafeMutablePointer<UnsafeMutablePointer<Float>>
    /// Where the gradient of each value lies; nil where none is wanted.
    let gradients: UnsafeMutablePointer<UnsafeMutablePointer<Float>?>
    /// The gradient of one of several readers of a value, before it is added to the others'.
    let apart: FloatBuffer
    /// Workspace of the node at hand.
    let shared: FloatBuffer
    /// Values whose gradient is that of the network's output, which the caller brings.
    private let callersGradients: [Int]
    private let outputValue: Int
    private let arena: FloatBuffer

    /// - Parameters:
    ///   - sizes: Floats of each value at the largest batch.
    ///   - sharedCount: Floats that a node needs at most within a pass.
    init(_ plan: MemoryPlan, _ graph: NodeGraph, sizes: [Int], sharedCount: Int) {
        arena = FloatBuffer(count: plan.count)
        shared = FloatBuffer(count: sharedCount)
        let severallyRead = sizes.indices.filter { graph.readers[$0].count > 1 && plan.wantsGradient[$0] }
        apart = FloatBuffer(count: severallyRead.map { sizes[$0] }.max() ?? 0)
        callersGradients = plan.callersGradients
        outputValue = sizes.count - 1
        values = .allocate(capacity: sizes.count)
        gradients = .allocate(capacity: sizes.count)
        for value in sizes.indices {
            (values + value).initialize(to: arena.pointer + (plan.values[value] ?? 0))
            (gradients + value).initialize(to: plan.gradients[value].map { [arena] in arena.pointer + $0 })
        }
    }

    deinit {
        values.deallocate()
        gradients.deallocate()
    }

    /// Floats of all of it.
    var count: Int { arena.count + apart.count + shared.count }

    /// Takes the network's input, which is only read.
    func begin(with input: UnsafePointer<Float>) { values[0] = UnsafeMutablePointer(mutating: input) }

    /// Takes the gradient of the network's output, which is only read: the plan never lets a node write over it.
    func begin(withOutputGradient gradient: UnsafePointer<Float>) {
        gradients[outputValue] = UnsafeMutablePointer(mutating: gradient)
        for value in callersGradients { gradients[value] = gradients[outputValue] }
    }
}
