import Tensors

/// In which order an epoch takes its examples; a function of seed and epoch, so resuming needs no memory.
package struct BatchOrder: Hashable, Sendable {
    /// Decides the order of every epoch, together with the epoch's number.
    package let seed: UInt64
    /// How many examples there are.
    package let count: Int
    /// Without it every epoch has the file's order.
    package let shuffle: Bool

    /// The order of `count` examples; traps for more than 2^31 - 1.
    package init(seed: UInt64, count: Int, shuffle: Bool = true) {
        precondition(count >= 0 && count <= Int(Int32.max), "a data set has at most 2^31-1 examples, not \(count)")
        self.seed = seed
        self.count = count
        self.shuffle = shuffle
    }

    /// The examples in the order of an epoch, counted from 0.
    package func permutation(epoch: Int) -> [Int32] {
        var order: [Int32] = []
        fill(&order, epoch: epoch)
        return order
    }

    /// Writes the epoch's order into an array, whose memory is used again.
    package func fill(_ order: inout [Int32], epoch: Int) {
        precondition(epoch >= 0, "epochs count from 0, so there is no \(epoch)")
        order.removeAll(keepingCapacity: true)
        for index in 0..<count { order.append(Int32(index)) }
        guard shuffle else { return }
        var random = Philox(seed: seed, purpose: .batchOrder).stream(UInt64(epoch))
        for last in stride(from: count - 1, to: 0, by: -1) { order.swapAt(last, random.integer(below: last + 1)) }
    }
}
