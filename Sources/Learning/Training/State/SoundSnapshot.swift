import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

/// The latest weights of a run whose loss was sound, with what the optimizer remembered: what is gone back to when later updates
/// have ruined them.
///
/// Sound is a loss of at most 3 times the median of the last 64; of a loss that is not, 1.1 times the median is remembered, so that a
/// run away is not the usual thing for hundreds of steps. A loss of 10 times the first is never sound, however slowly it came there.
/// Weights are looked at when their loss is known and before they are updated.
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
        /// The loss before the first update; nil before that, and in states of older versions.
        package fileprivate(set) var first: Double?
        /// Steps in a row whose loss had run away, those that were far away counted several times; nil is none.
        package fileprivate(set) var ranAway: Int?
        /// Steps until weights that were gone back to have proved themselves at the rate of now; nil is none.
        package fileprivate(set) var unproven: Int?

        /// Whether it can be what a run remembers before an update.
        func isSound(before step: Int) -> Bool {
            losses.count <= SoundSnapshot.mostLosses && (0..<SoundSnapshot.mostLosses).contains(oldest)
                && losses.allSatisfy(\.isFinite) && first?.isFinite != false
                && (0...SoundSnapshot.mostSteps).contains(ranAway ?? 0)
                && (0...SoundSnapshot.proof).contains(unproven ?? 0)
                && (point.map { (0...step).contains($0.step) } ?? true)
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
    /// Never sound is a loss above so many times the first one.
    private static let ceiling = 10.0
    /// One that is not sound and above this share of the first has run away: the network is no better than it was at the beginning.
    private static let noBetter = 0.75
    /// Above so many times the first one and the median it is far away, and counts for so many steps.
    private static let far = 100.0
    private static let farCounts = 8
    /// So many steps in a row that ran away are more than a few hard batches.
    private static let ruined = 16
    /// Steps after which a rate is known not to ruin the weights at once.
    private static let proof = 4
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
        let first = memory.first ?? loss
        memory.first = first
        let isUsual = sortedCount == 0 || loss <= Self.limit * median
        let isHigh = loss > Self.ceiling * max(first, Self.leastRemembered)
        if isHigh || !isUsual && loss > Self.noBetter * first {
            memory.ranAway = (memory.ranAway ?? 0) + (isFar(loss) ? Self.farCounts : 1)
        } else {
            memory.ranAway = nil
            memory.unproven = memory.unproven.flatMap { $0 > 1 ? $0 - 1 : nil }
        }
        defer { remember(isUsual ? loss : min(loss, max(Self.growth * median, Self.leastRemembered))) }
        guard isUsual, !isHigh, step >= memory.due else { return }
        self.network.parameters.copy(from: network.parameters)
        self.network.statistics.copy(from: statistics)
        self.optimizer.copy(from: optimizer)
        memory.point = SnapshotPoint(step: step, loss: loss)
        // More often at the beginning, where a rate that is too high shows within a few steps.
        memory.due = step + min(interval, max(8, step))
    }

    /// Whether the loss has run away for so long that the weights are ruined.
    /// - Parameter isLast: whether no step is left in which it could come back.
    package func isRuined(atLast isLast: Bool) -> Bool {
        guard isLast else { return (memory.ranAway ?? 0) >= Self.ruined }
        return (memory.ranAway ?? 0) >= Self.ruined / 2 || memory.unproven != nil
    }

    /// Whether a loss is so far above all before that no batch is an excuse for it.
    func isFar(_ loss: Double) -> Bool {
        guard let first = memory.first, sortedCount > 0 else { return false }
        return loss > Self.far * max(first, median, Self.leastRemembered)
    }

    /// The weights are other ones from here on.
    /// - Parameter byItself: whether the run went back because the rate of then ruined them.
    func forgetRunningAway(byItself: Bool) {
        memory.ranAway = nil
        memory.unproven = byItself ? Self.proof : nil
    }

    /// What was usual is so no longer: layers have begun anew.
    func forgetLosses() {
        memory.losses.removeAll(keepingCapacity: true)
        (memory.oldest, memory.ranAway, memory.unproven) = (0, nil, nil)
        sortedCount = 0
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
