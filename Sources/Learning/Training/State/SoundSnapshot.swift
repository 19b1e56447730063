import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// The latest weights of a run whose loss was sound, with what the optimizer remembered: what is gone back to when later updates
/// have ruined them.
///
/// Sound is a loss of at most 3 times the median of the last 64; of a loss that is not, 3 times the median is remembered, so that a
/// run away is not soon the usual thing. Weights are looked at when their loss is known and before they are updated. When depends on
/// shapes and steps alone, so that a run that went back can be had again; it costs about a five-hundredth of the training. Observing
/// allocates nothing.
package final class SoundSnapshot {
    package let network: NetworkState
    package let optimizer: OptimizerState
    /// What has been seen, and when the next copy is due.
    package internal(set) var memory = Memory()
    /// Steps from one copy to the next, once the run is older than that.
    package let interval: Int
    private let sorted: UnsafeMutableBufferPointer<Double>

    /// What a run's future depends on beside the copies.
    package struct Memory: Hashable, Sendable, Codable {
        /// What the copies are of; nil before the first.
        package internal(set) var point: SnapshotPoint?
        /// The update from which on the next copy is due.
        package internal(set) var due = 0
        /// The losses that the median is of, at most 64, in no order.
        package internal(set) var losses: [Double] = []
        /// The place of the loss that the next one replaces.
        package internal(set) var oldest = 0

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
    func observe(
        loss: Double, at step: Int, of network: NetworkState, statistics: RunningStatistics, optimizer: OptimizerState
    ) {
        let limit = memory.losses.isEmpty ? loss : Self.limit * median
        defer { remember(min(loss, limit)) }
        guard step >= memory.due, loss <= limit else { return }
        self.network.parameters.copy(from: network.parameters)
        self.network.statistics.copy(from: statistics)
        self.optimizer.copy(from: optimizer)
        memory.point = SnapshotPoint(step: step, loss: loss)
        // More often at the beginning, where a rate that is too high shows within a few steps.
        memory.due = step + min(interval, max(8, step))
    }

    /// The next copy is due at once: the weights are better than ever before.
    func hasten(at step: Int) { memory.due = min(memory.due, step) }

    private func remember(_ loss: Double) {
        if memory.losses.count < Self.mostLosses {
            memory.losses.append(loss)
        } else {
            memory.losses[memory.oldest] = loss
            memory.oldest = (memory.oldest + 1) % Self.mostLosses
        }
    }

    /// The lower of the two middle losses where there are two. O(64^2) at worst, mostly less.
    private var median: Double {
        let count = min(memory.losses.count, Self.mostLosses)
        for index in 0..<count {
            let loss = memory.losses[index]
            var place = index
            while place > 0, sorted[place - 1] > loss {
                sorted[place] = sorted[place - 1]
                place -= 1
            }
            sorted[place] = loss
        }
        return sorted[(count - 1) / 2]
    }
}
