import Runs

/// One number over the points of a run: the last million in full, and of all before that buckets of 256 with their exact
/// range, sum, newest value and median.
///
/// Summaries of any stretch take O(log n). Points are counted from 0; which step each one has is the `StepIndex`'s.
struct MetricSeries: Sendable {
    /// Points under one bucket.
    static let bucketSize = StepBucket.size
    /// Buckets of a block.
    static let bucketsPerBlock = StepBucket.perChunk
    /// Blocks that stay in full: at least a million points.
    static let fullBlocks = 1024
    /// Points of a block.
    private static let capacity = StepChunk.capacity

    /// Every whole block, in buckets, and the median of each.
    private(set) var buckets = SummaryPyramid()
    private(set) var medians: [Double] = []
    /// Whole blocks in full, shared with the chunks that they come from.
    private var sealed: [StepColumn] = []
    /// What came after the last whole block, as a chunk takes it.
    private(set) var openColumn = StepColumn()
    /// How many blocks are left only as buckets.
    private(set) var droppedBlocks = 0

    /// Points in whole blocks.
    private var sealedCount: Int { (droppedBlocks + sealed.count) * Self.capacity }
    var count: Int { sealedCount + openColumn.count }

    init() {}

    /// Points of which only buckets are known. O(n).
    /// - Parameters:
    ///   - buckets: a whole number of blocks.
    ///   - medians: one for each bucket.
    init(buckets: some Collection<SeriesSummary>, medians: some Collection<Double>) {
        self.buckets = SummaryPyramid(buckets)
        self.medians = Array(medians)
        droppedBlocks = buckets.count / Self.bucketsPerBlock
    }

    /// Takes the next value; a block that is full by it stays open until `seal()`. O(1).
    mutating func append(_ value: Double) { openColumn.append(value) }

    /// Takes the next values, no more than the open block has room for. O(n).
    mutating func append(contentsOf values: UnsafeBufferPointer<Double>) { openColumn.append(contentsOf: values) }

    /// Takes a whole block in place of the open one, whose points are its first. O(buckets), and nothing is copied.
    mutating func take(_ column: StepColumn) {
        openColumn = column
        seal()
    }

    /// Closes the open block, which is full, and leaves only buckets of the oldest ones. O(buckets), amortized O(points).
    mutating func seal() {
        for start in stride(from: 0, to: openColumn.count, by: Self.bucketSize) {
            var bucket = SeriesSummary()
            openColumn.add(start..<start + Self.bucketSize, to: &bucket)
            buckets.append(bucket)
        }
        openColumn.findMedians()
        medians.append(contentsOf: openColumn.medians)
        sealed.append(openColumn)
        openColumn = StepColumn()
        // A sixteenth more than is kept, so that dropping moves few blocks.
        guard sealed.count >= Self.fullBlocks + Self.fullBlocks / 16 else { return }
        let excess = sealed.count - Self.fullBlocks
        sealed.removeFirst(excess)
        droppedBlocks += excess
    }

    /// Forgets all points from `count` on: the run went back. Among the points that are only buckets, it must be a whole
    /// number of blocks. O(n).
    mutating func truncate(to count: Int) {
        guard count < self.count else { return }
        if count < droppedBlocks * Self.capacity { return dropBuckets(to: count / Self.capacity) }
        let blocks = max(droppedBlocks, count / Self.capacity)
        let rest = max(0, count - blocks * Self.capacity)
        let last = blocks < droppedBlocks + sealed.count ? sealed[blocks - droppedBlocks] : openColumn
        var fresh = StepColumn()
        for value in last.values.prefix(rest) { fresh.append(value) }
        sealed.removeSubrange(min(sealed.count, blocks - droppedBlocks)...)
        buckets.truncate(to: blocks * Self.bucketsPerBlock)
        medians.removeSubrange(buckets.count...)
        openColumn = fresh
    }

    /// Keeps so many of the blocks that are only buckets and nothing else.
    private mutating func dropBuckets(to blocks: Int) {
        let kept = blocks * Self.bucketsPerBlock
        openColumn = StepColumn()
        sealed = []
        droppedBlocks = blocks
        medians.removeSubrange(kept...)
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
            openColumn.add(index - sealedCount..<range.upperBound - sealedCount, to: &result)
        }
        return result
    }

    /// Adds points of whole blocks, fewer than two buckets of them.
    private func addPoints(_ range: Range<Int>, to result: inout SeriesSummary) {
        var index = range.lowerBound
        while index < range.upperBound {
            let block = index / Self.capacity
            let start = block * Self.capacity
            let end = min(range.upperBound, start + Self.capacity)
            if block >= droppedBlocks {
                sealed[block - droppedBlocks].add(index - start..<end - start, to: &result)
            }
            index = end
        }
    }

    /// The value of a point, nil where only its bucket is left. O(1).
    func value(at index: Int) -> Double? {
        if index >= sealedCount { return openColumn.values[index - sealedCount] }
        let block = index / Self.capacity - droppedBlocks
        return block < 0 ? nil : sealed[block].values[index % Self.capacity]
    }

    // MARK: Averages

    /// The mean of the finite values of a span by their sum, as of shares of the batch; nil where nothing is finite. O(log n).
    func mean(of points: Range<Int>) -> Double? { summary(wholeBuckets(points)).mean }

    /// The mean of the middle half of a span; nil where nothing in it is finite. At most 256 points are looked at; see
    /// `MovingAverage`.
    func middle(of points: Range<Int>, in space: AverageSpace) -> Double? {
        guard points.count > 1 else { return sample(points.lowerBound).flatMap { $0.isFinite ? $0 : nil } }
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: MovingAverage.mostSamples) { room in
            let found = collect(points, into: room)
            return MovingAverage.middle(of: UnsafeMutableBufferPointer(rebasing: room[..<found]), in: space)
        }
    }

    /// The same of a span so long that the medians of the whole buckets in it stand for its points; at most 128 of them are
    /// looked at.
    func middleOfMedians(of points: Range<Int>, in space: AverageSpace) -> Double? {
        let size = Self.bucketSize
        return withUnsafeTemporaryAllocation(of: Double.self, capacity: MovingAverage.mostMedians) { room in
            var found = 0
            let whole = (points.lowerBound + size - 1) / size..<points.upperBound / size
            Self.spread(over: whole, most: room.count) { bucket in
                let start = bucket * size - sealedCount
                let median = start < 0 ? medians[bucket] : openColumn.median(of: start..<start + size)
                guard median.isFinite else { return }
                room[found] = median
                found += 1
            }
            return MovingAverage.middle(of: UnsafeMutableBufferPointer(rebasing: room[..<found]), in: space)
        }
    }

    /// Points with their ends at buckets where only these are left.
    private func wholeBuckets(_ points: Range<Int>) -> Range<Int> {
        let forgotten = droppedBlocks * Self.capacity
        guard points.lowerBound < forgotten else { return points }
        let first = points.lowerBound / Self.bucketSize * Self.bucketSize
        guard points.upperBound < forgotten else { return first..<points.upperBound }
        return first..<(points.upperBound + Self.bucketSize - 1) / Self.bucketSize * Self.bucketSize
    }

    /// The value of a point, its bucket's median where only that is left.
    private func sample(_ index: Int) -> Double? { value(at: index) ?? medians[index / Self.bucketSize] }

    /// Puts finite values of points spread evenly over a range into memory, all of them where there is room.
    /// - Returns: how many.
    private func collect(_ points: Range<Int>, into room: UnsafeMutableBufferPointer<Double>) -> Int {
        var found = 0
        func take(_ value: Double) {
            guard value.isFinite else { return }
            room[found] = value
            found += 1
        }
        if points.count <= room.count, points.lowerBound >= droppedBlocks * Self.capacity {
            var index = points.lowerBound
            while index < points.upperBound {
                let block = index / Self.capacity
                let start = block * Self.capacity
                let end = min(points.upperBound, start + Self.capacity)
                let column = index >= sealedCount ? openColumn : sealed[block - droppedBlocks]
                column.values.withUnsafeBufferPointer { values in
                    for place in index - start..<end - start { take(values[place]) }
                }
                index = end
            }
            return found
        }
        Self.spread(over: points, most: room.count) { index in
            if let value = sample(index) { take(value) }
        }
        return found
    }

    /// At most so many places of a range, spread evenly: one of each `stride`, the same at every zoom and in every frame; not
    /// always the same one of them, as epochs might have the same rhythm.
    private static func spread(over range: Range<Int>, most: Int, _ body: (Int) -> Void) {
        var stride = 1
        while range.count / stride > most { stride *= 2 }
        let first = (range.lowerBound + stride - 1) / stride
        for cell in first..<max(first, range.upperBound / stride) {
            let hash = UInt64(truncatingIfNeeded: cell) &* 0x9E37_79B9_7F4A_7C15
            body(cell * stride + Int(truncatingIfNeeded: hash >> 32) & (stride - 1))
        }
    }
}
