import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// The latest weights of a run whose loss was sound, with what the optimizer remembered: what is gone back to when later updates
/// have ruined them.
///
/// Sound is a loss of at most 3 times the median of the last 64; of a loss that is not, 1.1 times the median is remembered, so that a
/// run away is not the usual thing for hundreds of steps. Weights are looked at when their loss is known and before they are updated.
/// When depends on shapes and steps alone, so that a run that went back can be had again; it costs about a five-hundredth of the
/// training. Observing allocates nothing.
package final class SoundSnapshot {
    package let network: NetworkState
    package let optimizer: OptimizerState
    /// What has been seen, and when the next copy is due.
    package private(set) var memory = Memory()
    /// Steps from one copy to the next, once the run is older than that.
    package let interval: Int
    /// The losses in memory, rising.
    private let sorted: UnsafeMutableBufferPointer<Double>
    private var sortedCount = 0

    /// What a run's future depends on beside the copies.
    package struct Memory: Hashable, Sendable, Codable {
        /// What the copies are of; nil before the first.
        package fileprivate(set) var point: SnapshotPoint?
        /// The update from which on the next copy is due.
        package fileprivate(set) var due = 0
        /// The losses that the median is of, at most 64, in no order.
        package fileprivate(set) var losses: [Double] = []
        /// The place of the loss that the next one replaces.
        package fileprivate(set) var oldest = 0

        /// Whether it can be what a run remembers before an update.
        func isSound(before step: Int) -> Bool {
            losses.count <= SoundSnapshot.mostLosses && (0..<SoundSnapshot.mostLosses).contains(oldest)
                && losses.allSatisfy(\.isFinite) && (point.map { (0...step).contains($0.step) } ?? true)
                && (0...SoundSnapshot.mostSteps).contains(due)
        }
    }

    private static let mostLosses = 64
    /// More than any run has.
    private static let mostSteps = 1_000_000_000_000
    /// A loss above so many medians is not sound.
    private static let limit = 3.0
    /// What is remembered of one that is not, in medians, and at least: a median of 0 would stay one for ever.
    private static let growth = 1.1
    private static let leastRemembered = 1e-3
    /// Multiply-adds in the time in which a number is copied.
    private static let multiplyAddsPerCopy = 32.0

    /// - Parameter multiplyAdds: of one example's forward pass.
    init(network: NetworkState, optimizer: OptimizerState, multiplyAdds: Int, batchSize: Int) {
        self.network = NetworkState(twinOf: network)
        self.optimizer = OptimizerState(twinOf: optimizer)
        let copied = Double(network.layout.count * (1 + optimizer.slots.count)) * Self.multiplyAddsPerCopy
        let step = Double(max(1, multiplyAdds)) * 3 * Double(max(1, batchSize))
        interval = Int(min(1_024, max(32, copied / step * 500)).rounded(.up))
        sorted = .allocate(capacity: Self.mostLosses)
        sorted.initialize(repeating: 0)
        memory.losses.reserveCapacity(Self.mostLosses)
    }

    deinit { sorted.deallocate() }

    /// Takes in the finite loss of a step whose update is about to be made, and copies what it is of where that is due and sound.
    ///
    /// - Parameters:
    ///   - statistics: running statistics as they were before the step.
    package func observe(
        loss: Double, at step: Int, of network: NetworkState, statistics: RunningStatistics, optimizer: OptimizerState
    ) {
        let isSound = sortedCount == 0 || loss <= Self.limit * median
        defer { remember(isSound ? loss : min(loss, max(Self.growth * median, Self.leastRemembered))) }
        guard isSound, step >= memory.due else { return }
        self.network.parameters.copy(from: network.parameters)
        self.network.statistics.copy(from: statistics)
        self.optimizer.copy(from: optimizer)
        memory.point = SnapshotPoint(step: step, loss: loss)
        // More often at the beginning, where a rate that is too high shows within a few steps.
        memory.due = step + min(interval, max(8, step))
    }

    /// The next copy is due at once: the weights are better than ever before.
    func hasten(at step: Int) { memory.due = min(memory.due, step) }

    /// Takes over what a run remembered that goes on; the copies are put in place by themselves.
    func adopt(_ memory: Memory) {
        self.memory = memory
        self.memory.losses.reserveCapacity(Self.mostLosses)
        sortedCount = 0
        for loss in memory.losses { insert(loss) }
    }

    private func remember(_ loss: Double) {
        if memory.losses.count < Self.mostLosses {
            memory.losses.append(loss)
        } else {
            remove(memory.losses[memory.oldest])
            memory.losses[memory.oldest] = loss
            memory.oldest = (memory.oldest + 1) % Self.mostLosses
        }
        insert(loss)
    }

    /// The lower of the two middle losses where there are two.
    private var median: Double { sorted[(sortedCount - 1) / 2] }

    /// Puts a loss in its place. O(64).
    private func insert(_ loss: Double) {
        var place = sortedCount
        while place > 0, sorted[place - 1] > loss {
            sorted[place] = sorted[place - 1]
            place -= 1
        }
        sorted[place] = loss
        sortedCount += 1
    }

    /// Takes one of the losses out. O(64).
    private func remove(_ loss: Double) {
        guard let place = sorted[..<sortedCount].firstIndex(of: loss) else {
            preconditionFailure("what is remembered is sorted")
        }
        for next in place + 1..<sortedCount { sorted[next - 1] = sorted[next] }
        sortedCount -= 1
    }
}
