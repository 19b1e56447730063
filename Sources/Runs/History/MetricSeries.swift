import Runs

/// One number over the points of a run: the last million in full, and of all before that buckets of 256 with their exact
/// range, sum, newest value and moving average.
///
/// Summaries of any stretch take O(log n). Points are counted from 0; which step each one has is the `StepIndex`'s.
struct MetricSeries: Sendable {
    /// Points under one bucket.
    static let bucketSize = StepBucket.size
    /// Buckets of a block.
    static let bucketsPerBlock = StepBucket.perChunk
    /// Blocks that stay in full: at least a million points.
    static let fullBlocks = 1024

    /// Every whole block, in buckets.
    private(set) var buckets = SummaryPyramid()
    /// Whole blocks in full.
    private var sealed: [PointBlock] = []
    /// What came after the last whole block.
    private var open = PointBlock(after: MovingAverage())
    /// How many blocks are left only as buckets, and the average before each of these buckets.
    private(set) var droppedBlocks = 0
    private var droppedAverages: [MovingAverage] = []

    /// Points in whole blocks.
    private var sealedCount: Int { (droppedBlocks + sealed.count) * PointBlock.capacity }
    var count: Int { sealedCount + open.count }
    /// What came after the last whole block, as a chunk takes it.
    var openColumn: StepColumn { open.column }

    init() {}

    /// Points of which only buckets are known. O(n).
    /// - Parameter buckets: a whole number of blocks.
    init(buckets: some Collection<SeriesSummary>, smoothing: Double) {
        self.buckets = SummaryPyramid(buckets)
        let (average, before) = averages(of: self.buckets.count, smoothing: smoothing)
        droppedAverages = before
        droppedBlocks = buckets.count / Self.bucketsPerBlock
        open = PointBlock(after: average)
    }

    /// Takes the next value; a block that is full by it stays open until `seal()`. O(1).
    mutating func append(_ value: Double, smoothing: Double) { open.append(value, smoothing: smoothing) }

    /// Takes the next values, no more than the open block has room for. O(n).
    mutating func append(contentsOf values: UnsafeBufferPointer<Double>, smoothing: Double) {
        open.append(contentsOf: values, smoothing: smoothing)
    }

    /// Takes a whole block in place of the open one, whose points are its first. O(n) in the block, and nothing is copied.
    mutating func take(_ column: StepColumn, smoothing: Double) {
        open = PointBlock(column, after: open.averageBefore, smoothing: smoothing)
        seal()
    }

    /// Closes the open block, which is full, and leaves only buckets of the oldest ones. O(1), amortized.
    mutating func seal() {
        for start in stride(from: 0, to: open.count, by: Self.bucketSize) {
            var bucket = SeriesSummary()
            open.column.add(start..<start + Self.bucketSize, to: &bucket)
            buckets.append(bucket)
        }
        sealed.append(open)
        open = PointBlock(after: open.average)
        // A sixteenth more than is kept, so that dropping moves few blocks.
        guard sealed.count >= Self.fullBlocks + Self.fullBlocks / 16 else { return }
        let excess = sealed.count - Self.fullBlocks
        for block in sealed.prefix(excess) {
            for bucket in 0..<Self.bucketsPerBlock {
                droppedAverages.append(block.averages[bucket * Self.bucketSize / StepColumn.groupSize])
            }
        }
        sealed.removeFirst(excess)
        droppedBlocks += excess
    }

    /// Forgets all points from `count` on: the run went back. Among the points that are only buckets, it must be a whole
    /// number of blocks. O(n).
    mutating func truncate(to count: Int, smoothing: Double) {
        guard count < self.count else { return }
        if count < droppedBlocks * PointBlock.capacity { return dropBuckets(to: count / PointBlock.capacity) }
        let blocks = max(droppedBlocks, count / PointBlock.capacity)
        let rest = max(0, count - blocks * PointBlock.capacity)
        let last = blocks < droppedBlocks + sealed.count ? sealed[blocks - droppedBlocks] : open
        var fresh = PointBlock(after: last.averageBefore)
        for value in last.column.values.prefix(rest) { fresh.append(value, smoothing: smoothing) }
        sealed.removeSubrange(min(sealed.count, blocks - droppedBlocks)...)
        buckets.truncate(to: blocks * Self.bucketsPerBlock)
        open = fresh
    }

    /// Keeps so many of the blocks that are only buckets and nothing else.
    private mutating func dropBuckets(to blocks: Int) {
        let kept = blocks * Self.bucketsPerBlock
        open = PointBlock(after: droppedAverages[kept])
        sealed = []
        droppedBlocks = blocks
        droppedAverages.removeSubrange(kept...)
        buckets.truncate(to: kept)
    }

    /// The points `range` as one; ends among points that are only buckets must be multiples of 256. O(log n).
    func summary(_ range: Range<Int>) -> SeriesSummary {
        var result = SeriesSummary()
        let sealedCount = sealedCount
        var index = range.lowerBound
        let sealedEnd = min(range.upperBound, sealedCount)
        if index < sealedEnd {
            let firstBucket = (index + Self.bucketSize - 1) / Self.bucketSize
            let endBucket = sealedEnd / Self.bucketSize
            if firstBucket < endBucket {
                addPoints(index..<firstBucket * Self.bucketSize, to: &result)
                buckets.add(firstBucket..<endBucket, to: &result)
                index = endBucket * Self.bucketSize
            }
            addPoints(index..<sealedEnd, to: &result)
            index = sealedEnd
        }
        if index < range.upperBound {
            open.column.add(index - sealedCount..<range.upperBound - sealedCount, to: &result)
        }
        return result
    }

    /// Adds points of whole blocks, fewer than two buckets of them.
    private func addPoints(_ range: Range<Int>, to result: inout SeriesSummary) {
        var index = range.lowerBound
        while index < range.upperBound {
            let block = index / PointBlock.capacity
            let start = block * PointBlock.capacity
            let end = min(range.upperBound, start + PointBlock.capacity)
            if block >= droppedBlocks {
                sealed[block - droppedBlocks].column.add(index - start..<end - start, to: &result)
            }
            index = end
        }
    }

    /// The moving average after a point, nil before the first finite value. Within buckets that of the bucket's end. O(1).
    func average(at index: Int, smoothing: Double) -> Double? {
        let sealedCount = sealedCount
        if index >= sealedCount { return open.average(at: index - sealedCount, smoothing: smoothing).value }
        let block = index / PointBlock.capacity
        if block >= droppedBlocks {
            return sealed[block - droppedBlocks]
                .average(at: index - block * PointBlock.capacity, smoothing: smoothing).value
        }
        let next = index / Self.bucketSize + 1
        return (next < droppedAverages.count ? droppedAverages[next] : (sealed.first ?? open).averageBefore).value
    }

    /// The value of a point, nil where only its bucket is left. O(1).
    func value(at index: Int) -> Double? {
        if index >= sealedCount { return open.column.values[index - sealedCount] }
        let block = index / PointBlock.capacity - droppedBlocks
        return block < 0 ? nil : sealed[block].column.values[index % PointBlock.capacity]
    }

    /// Averages all points anew; a bucket of dropped points counts as so many times its mean. O(n).
    mutating func smooth(with smoothing: Double) {
        var (average, before) = averages(of: droppedAverages.count, smoothing: smoothing)
        droppedAverages = before
        for index in sealed.indices {
            sealed[index] = PointBlock(sealed[index].column, after: average, smoothing: smoothing)
            average = sealed[index].average
        }
        open = PointBlock(open.column, after: average, smoothing: smoothing)
    }

    /// The average after the oldest buckets, and those before each of them.
    private func averages(of count: Int, smoothing: Double) -> (after: MovingAverage, before: [MovingAverage]) {
        var average = MovingAverage()
        var before: [MovingAverage] = []
        before.reserveCapacity(count)
        // Nearly all buckets hold as many values.
        let weight = MovingAverage.weight(of: Self.bucketSize, smoothing: smoothing)
        for bucket in 0..<count {
            before.append(average)
            let summary = buckets[bucket]
            guard let mean = summary.mean else { continue }
            let finite = Int(summary.finite)
            average.add(
                mean,
                keeping: finite == Self.bucketSize ? weight : MovingAverage.weight(of: finite, smoothing: smoothing))
        }
        return (average, before)
    }
}
