import Tensors

/// Which examples each batch of an epoch holds; a function of seed and epoch, so resuming needs no memory.
package struct BatchOrder: Hashable, Sendable {
    /// Decides the order of every epoch, together with the epoch's number.
    package let seed: UInt64
    /// How many examples there are.
    package let count: Int
    /// Examples of a batch, at least 1; the last one of an epoch may hold fewer.
    package let batchSize: Int
    /// Without it every epoch has the file's order.
    package let shuffle: Bool
    /// Whether a last batch that is not full is left out.
    package let dropLast: Bool

    /// The order of `count` examples; traps for more than 2^31 - 1 and for empty batches.
    package init(seed: UInt64, count: Int, batchSize: Int, shuffle: Bool = true, dropLast: Bool = false) {
        precondition(count >= 0 && count <= Int(Int32.max), "a data set has at most 2^31-1 examples, not \(count)")
        precondition(batchSize > 0, "a batch holds at least one example, not \(batchSize)")
        self.seed = seed
        self.count = count
        self.batchSize = batchSize
        self.shuffle = shuffle
        self.dropLast = dropLast
    }

    /// How many batches an epoch has; 0 where `dropLast` leaves out the only one.
    package var stepsPerEpoch: Int { dropLast ? count / batchSize : (count + batchSize - 1) / batchSize }

    /// Where in the epoch's permutation a batch lies.
    package func range(ofBatch batch: Int) -> Range<Int> {
        precondition(batch >= 0 && batch < stepsPerEpoch, "an epoch has \(stepsPerEpoch) batches, no number \(batch)")
        return batch * batchSize..<min(count, (batch + 1) * batchSize)
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
