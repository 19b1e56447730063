import Runs

/// The lines of a run: the one that grows, and those that it left by going back in time, each with all steps that led to its
/// end. They share what they have in common.
struct StepLines: Sendable {
    /// Chunks that a reader is given at once, so that who comes late sees a first frame soon.
    static let chunksAtOnce = 512

    /// The line that grows.
    private(set) var current: StepSeries
    private(set) var line = StepLine()
    /// By their numbers; without a series where the branch itself took steps again.
    private var left: [(line: StepLine, series: StepSeries?)] = []

    init(average: MovingAverage) { current = StepSeries(average: average) }

    /// The steps that led to the end of a branch, nil of one that never was. O(lines).
    func series(of branch: Int) -> StepSeries? {
        branch == line.branch ? current : left.last { $0.line.branch == branch && $0.series != nil }?.series
    }

    /// Takes reports as they are made; where they go back, or to another branch, a line begins. O(n) in them, amortized.
    mutating func append(_ reports: [StepReport]) {
        var start = 0
        var newest = current.stepRange?.upperBound
        for (place, report) in reports.enumerated() {
            if let last = newest {
                if report.branch != line.branch || report.step <= last {
                    current.append(reports[start..<place])
                    leave()
                    current.truncate(from: report.step)
                    line = StepLine(number: line.number + 1, branch: report.branch, shared: current.count)
                    forgetLeft(of: report.branch)
                    start = place
                }
            } else {
                line.branch = report.branch
            }
            newest = report.step
        }
        current.append(reports[start...])
    }

    /// Takes what a feed says.
    mutating func append(_ changes: StepChanges) {
        if changes.line.number > line.number {
            leave()
            current.goBack(to: changes.line.shared)
            forgetLeft(of: changes.line.branch)
        }
        line = changes.line
        current.append(buckets: changes.buckets, sealed: changes.sealed, tail: changes.tail)
    }

    private mutating func leave() {
        while left.count < line.number { left.append((StepLine(number: left.count), nil)) }
        left.append((line, current))
    }

    /// A branch that takes its own steps again has one line.
    private mutating func forgetLeft(of branch: Int) {
        for place in left.indices where left[place].line.branch == branch { left[place].series = nil }
    }

    /// Changes how the lines through the noise are made. O(lines).
    mutating func smooth(with average: MovingAverage) {
        current.smooth(with: average)
        for place in left.indices { left[place].series?.smooth(with: average) }
    }

    /// The steps since a cursor, and moves it on. A reader is led from line to line, so that it finds each branch whole.
    /// O(what is new), at most 1,024 steps of it copied.
    func changes(since cursor: inout RunCursor) -> StepChanges {
        let number = min(max(0, cursor.line), left.count)
        cursor.line = number
        guard number < left.count else {
            var changes = StepChanges(line: line)
            cursor.chunks = current.hand(from: cursor.chunks, into: &changes)
            return changes
        }
        var changes = StepChanges(line: left[number].line, hasMore: true)
        var end = max(0, cursor.chunks)
        if let series = left[number].series {
            end = series.hand(from: cursor.chunks, into: &changes)
            if changes.hasMore {
                cursor.chunks = end
                return changes
            }
        }
        let next = number + 1 < left.count ? left[number + 1].line : line
        cursor.line = number + 1
        cursor.chunks = min(end, next.shared / StepChunk.capacity)
        changes.hasMore = true
        return changes
    }
}

extension StepSeries {
    /// Puts the steps from a chunk on into changes; buckets of all before where that chunk is only buckets. A chunk of another
    /// run counts as the nearest one of this.
    /// - Returns: the chunk to go on with.
    fileprivate func hand(from chunk: Int, into changes: inout StepChanges) -> Int {
        let first = min(max(0, chunk), droppedChunks + chunks.count)
        let begin = max(0, first - droppedChunks)
        let end = min(chunks.count, begin + StepLines.chunksAtOnce)
        if first < droppedChunks { changes.buckets = oldBuckets }
        changes.sealed = Array(chunks[begin..<end])
        changes.hasMore = end < chunks.count
        if !changes.hasMore { changes.tail = tail }
        return droppedChunks + end
    }

    /// What is left of the steps before the oldest chunk. O(n / 256).
    private var oldBuckets: [StepBucket] {
        (0..<droppedChunks * StepBucket.perChunk).map { place in
            var bucket = index.bucket(place)
            for metric in Metric.allCases {
                bucket[metric] = metrics[metric.rawValue].buckets[place]
                bucket.setMedian(metric, metrics[metric.rawValue].medians[place])
            }
            return bucket
        }
    }
}
