import Runs

/// Everything the steps of a run reported, ready to be drawn over any range in a time that hardly depends on how many there
/// are. A value of references to immutable blocks: cheap to copy.
///
/// Where the run went back in time, the steps that were taken again replace those of the branch before.
package struct StepSeries: Sendable {
    /// The weight of the past in the moving average, 0 (off) to below 1.
    package private(set) var smoothing: Double
    /// Blocks that do not change any more.
    private(set) var sealed: [StepBlock] = []
    /// Averages at the start of every 64 points of each sealed block.
    private(set) var averages: [BlockAverages] = []
    private var pyramids = Metric.allCases.map { _ in SummaryPyramid() }
    /// What came after the last sealed block; replaced whole by every change.
    private(set) var tail: StepBlock?
    private(set) var tailAverages: BlockAverages?
    /// Steps whose loss or gradient norm was not finite, in the sealed blocks and in the tail.
    private var sealedNotFinite: [Int] = []
    private var tailNotFinite: [Int] = []

    package init(smoothing: Double = 0) { self.smoothing = smoothing }

    /// First and last step, nil before the first.
    package var stepRange: ClosedRange<Int>? {
        guard let first = sealed.first ?? tail, let last = tail ?? sealed.last else { return nil }
        return first.firstStep...last.lastStep
    }

    /// Steps whose loss or gradient norm was not finite, in order.
    package var notFiniteSteps: [Int] { sealedNotFinite + tailNotFinite }

    /// Sealed blocks and the tail.
    var blockCount: Int { sealed.count + (tail == nil ? 0 : 1) }

    func block(_ index: Int) -> StepBlock { index < sealed.count ? sealed[index] : tail! }

    func blockAverages(_ index: Int) -> BlockAverages { index < sealed.count ? averages[index] : tailAverages! }

    /// Takes sealed chunks and the tail after them.
    package mutating func append(sealed chunks: [StepChunk], tail reports: [StepReport]) {
        for chunk in chunks {
            for run in Self.risingRuns(chunk.steps) { seal(run) }
        }
        var rest: [StepReport] = []
        for run in Self.risingRuns(reports) {
            forget(from: run[run.startIndex].step)
            while let last = rest.last, last.step >= run[run.startIndex].step { rest.removeLast() }
            rest += run
        }
        tail = rest.isEmpty ? nil : StepBlock(rest[...])
        tailNotFinite = Self.notFinite(rest[...])
        averageTail()
    }

    /// Changes the smoothing and averages all points anew. O(n).
    package mutating func smooth(with smoothing: Double) {
        guard smoothing != self.smoothing else { return }
        self.smoothing = smoothing
        var fresh: [BlockAverages] = []
        fresh.reserveCapacity(sealed.count)
        for block in sealed { fresh.append(BlockAverages(block, after: fresh.last, smoothing: smoothing)) }
        averages = fresh
        averageTail()
    }

    /// The summary of the points between two places.
    func summary(_ metric: Metric, from start: Place, to end: Place) -> SeriesColumn? {
        guard start < end else { return nil }
        if start.block == end.block { return block(start.block).summary(metric, start.index..<end.index) }
        let first = block(start.block)
        var result = first.summary(metric, start.index..<first.count)
        let whole = start.block + 1..<max(start.block + 1, min(end.block, sealed.count))
        if !whole.isEmpty { result = .joined(result, pyramids[metric.rawValue].summary(whole)) }
        // The tail is not among the sealed blocks.
        if whole.upperBound < end.block, let tail { result = .joined(result, tail.totals[metric.rawValue]) }
        if end.index > 0 { result = .joined(result, block(end.block).summary(metric, 0..<end.index)) }
        return result
    }

    /// A point of the series: a block and an index in it, or the end.
    struct Place: Comparable {
        var block: Int
        var index: Int

        static func < (one: Place, other: Place) -> Bool { (one.block, one.index) < (other.block, other.index) }
    }

    /// The place of the first point at or after `step`. O(log n).
    func place(atOrAfter step: Double) -> Place {
        var low = 0
        var high = blockCount
        while low < high {
            let middle = (low + high) / 2
            if Double(block(middle).lastStep) < step { low = middle + 1 } else { high = middle }
        }
        return Place(block: low, index: low < blockCount ? block(low).index(atOrAfter: step) : 0)
    }

    private mutating func averageTail() {
        tailAverages = tail.map { BlockAverages($0, after: averages.last, smoothing: smoothing) }
    }

    private mutating func seal(_ steps: ArraySlice<StepReport>) {
        forget(from: steps[steps.startIndex].step)
        add(StepBlock(steps))
    }

    private mutating func add(_ block: StepBlock) {
        averages.append(BlockAverages(block, after: averages.last, smoothing: smoothing))
        for metric in Metric.allCases { pyramids[metric.rawValue].append(block.totals[metric.rawValue]) }
        sealed.append(block)
        sealedNotFinite += Self.notFinite(block.steps)
    }

    /// Drops sealed points at or after `step`: the run went back and takes them again.
    private mutating func forget(from step: Int) {
        guard let last = sealed.last, last.lastStep >= step else { return }
        let cut = sealed.firstIndex { $0.lastStep >= step } ?? sealed.count
        let rest = sealed[cut].steps.prefix { $0.step < step }
        sealed.removeSubrange(cut...)
        averages.removeSubrange(cut...)
        for metric in Metric.allCases { pyramids[metric.rawValue].truncate(to: cut) }
        let firstLost = rest.first?.step ?? step
        sealedNotFinite.removeAll { $0 >= firstLost }
        if !rest.isEmpty { add(StepBlock(rest)) }
    }

    /// The reports cut where a step is not above the one before it.
    private static func risingRuns(_ reports: [StepReport]) -> [ArraySlice<StepReport>] {
        var runs: [ArraySlice<StepReport>] = []
        var start = 0
        for index in reports.indices where index + 1 == reports.count || reports[index + 1].step <= reports[index].step
        {
            runs.append(reports[start...index])
            start = index + 1
        }
        return runs
    }

    private static func notFinite(_ steps: ArraySlice<StepReport>) -> [Int] {
        steps.filter { !($0.loss.isFinite && $0.gradientNorm.isFinite) }.map(\.step)
    }
}
