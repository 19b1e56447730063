import Runs

/// Which step, and which second since the run began, each point of a run has. Steps rise strictly.
struct StepIndex: Sendable {
    /// The first step of each bucket of 256 points, and the seconds before it; the last bucket may be partial.
    private var bucketSteps: [Int] = []
    private var bucketSeconds: [Double] = []
    /// The last step of each bucket but the newest, and the seconds before it.
    private var bucketEnds: [(step: Int, seconds: Double)] = []
    /// The ends of gaps in time, in order, within buckets too: where the run stood still or was stopped.
    private var gaps = TimeGaps()
    /// Steps of the points that are not `first + index`: none until a run leaves out a step.
    private var explicit: [Int]?
    /// Points before these whose own steps are forgotten; a multiple of 1,024.
    private(set) var forgotten = 0
    private(set) var count = 0
    private(set) var last: (step: Int, seconds: Double) = (0, 0)

    var firstStep: Int? { bucketSteps.first }
    var bucketCount: Int { bucketSteps.count }

    init() {}

    /// Points of which only buckets are known. O(n).
    /// - Parameter buckets: a multiple of `StepBucket.perChunk`.
    init(buckets: [StepBucket]) {
        bucketSteps = buckets.map(\.firstStep)
        bucketSeconds = buckets.map(\.firstSeconds)
        bucketEnds = buckets.dropLast().map { ($0.lastStep, $0.lastSeconds) }
        count = buckets.count * MetricSeries.bucketSize
        forgotten = count
        if let newest = buckets.last { last = (newest.lastStep, newest.lastSeconds) }
    }

    /// Takes steps that follow each other without a gap, the first right after the last one known. O(n / 256) without gaps.
    /// - Parameter seconds: those before the step at a place.
    mutating func append(from first: Int, count added: Int, seconds: (_ place: Int) -> Double) {
        guard added > 0 else { return }
        let size = MetricSeries.bucketSize
        noteGaps(from: first, count: added, seconds: seconds)
        for place in stride(from: (size - count % size) % size, to: added, by: size) {
            if count + place > 0 { bucketEnds.append(place > 0 ? (first + place - 1, seconds(place - 1)) : last) }
            bucketSteps.append(first + place)
            bucketSeconds.append(seconds(place))
        }
        explicit?.append(contentsOf: first..<first + added)
        count += added
        last = (first + added - 1, seconds(added - 1))
    }

    /// Takes a step, which is greater than the last one known. O(1), amortized; the first gap costs as much as there are points.
    mutating func append(step: Int, seconds: Double) {
        if count > 0 { gaps.take(from: last, to: (step, seconds), first: bucketSeconds[0], count: count) }
        if count % MetricSeries.bucketSize == 0 {
            if count > 0 { bucketEnds.append(last) }
            bucketSteps.append(step)
            bucketSeconds.append(seconds)
        }
        if explicit != nil {
            explicit?.append(step)
        } else if count > 0, step != last.step + 1 {
            explicit = (forgotten..<count).map { last.step - (count - 1 - $0) } + [step]
        }
        count += 1
        last = (step, seconds)
    }

    /// Forgets the own steps of all points before `first`, a multiple of 1,024: their buckets' stay. O(points left) where there
    /// are gaps, else O(1).
    mutating func forgetPoints(before first: Int) {
        guard first > forgotten else { return }
        explicit?.removeFirst(first - forgotten)
        forgotten = first
    }

    /// Forgets all points from `count` on; among forgotten ones it must be a multiple of 1,024. O(what goes).
    mutating func truncate(to count: Int) {
        guard count < self.count else { return }
        defer { gaps.truncate(after: last.step) }
        guard count > 0 else {
            self = StepIndex()
            return
        }
        if count < forgotten {
            let bucket = count / MetricSeries.bucketSize
            last = bucketEnds[bucket - 1]
            bucketSteps.removeSubrange(bucket...)
            bucketSeconds.removeSubrange(bucket...)
            bucketEnds.removeSubrange((bucket - 1)...)
            if explicit != nil { explicit = [] }
            (forgotten, self.count) = (count, count)
            return
        }
        let step = step(at: count - 1)
        let seconds = seconds(at: Double(step))
        if let known = explicit { explicit?.removeLast(min(self.count - count, known.count)) }
        let buckets = (count + MetricSeries.bucketSize - 1) / MetricSeries.bucketSize
        bucketSteps.removeSubrange(buckets...)
        bucketSeconds.removeSubrange(buckets...)
        bucketEnds.removeSubrange((buckets - 1)...)
        self.count = count
        last = (step, seconds)
    }

    /// The bucket of steps and seconds at an index, without what it knows of numbers; all points but the newest are in one. O(1).
    func bucket(_ index: Int) -> StepBucket {
        let end = index < bucketEnds.count ? bucketEnds[index] : last
        return StepBucket(
            firstStep: bucketSteps[index], firstSeconds: bucketSeconds[index], lastStep: end.step,
            lastSeconds: end.seconds)
    }

    /// The step of a point; the first of its bucket where only that is left. O(1).
    func step(at index: Int) -> Int {
        if index < forgotten { return bucketSteps[index / MetricSeries.bucketSize] }
        return explicit.map { $0[index - forgotten] } ?? last.step - (count - 1 - index)
    }

    /// The first point at or after a step; among forgotten points the first bucket that begins there; `count` where there is
    /// none. O(log n).
    func index(atOrAfter step: Double) -> Int {
        guard count > 0, step <= Double(last.step) else { return count }
        if explicit == nil {
            // Without gaps the steps say it; only among forgotten points the buckets' places do.
            let firstOwn = Double(last.step - (count - 1 - forgotten))
            if step > firstOwn { return forgotten + Int((step - firstOwn).rounded(.up)) }
        }
        var bucket = 0
        var high = bucketSteps.count
        while bucket < high {
            let middle = (bucket + high) / 2
            if Double(bucketSteps[middle]) < step { bucket = middle + 1 } else { high = middle }
        }
        // The bucket before begins earlier, but may hold the step.
        let end = min(count, bucket * MetricSeries.bucketSize)
        guard let explicit, bucket > 0 else { return end }
        let start = max(forgotten, (bucket - 1) * MetricSeries.bucketSize)
        guard start < end else { return end }
        var low = start
        var upper = end
        while low < upper {
            let middle = (low + upper) / 2
            if Double(explicit[middle - forgotten]) < step { low = middle + 1 } else { upper = middle }
        }
        return low
    }

    /// Seconds of training before a step, between known points by their straight line; after the last point it is the last's.
    /// O(log n).
    func seconds(at step: Double) -> Double {
        guard let first = bucketSteps.first, step > Double(first) else { return bucketSeconds.first ?? 0 }
        guard step < Double(last.step) else { return last.seconds }
        let bucket = Self.last(in: bucketSteps.count) { Double(bucketSteps[$0]) <= step }
        let (low, high) = between(bucket, gaps.around(step: step))
        let span = Double(high.step - low.step)
        return low.seconds + (span > 0 ? (step - Double(low.step)) / span : 0) * (high.seconds - low.seconds)
    }

    /// The step that began after so many seconds since the run began: the inverse of `seconds(at:)` inside the run. O(log n).
    func step(atSeconds seconds: Double) -> Double {
        guard let first = bucketSeconds.first, seconds > first else { return Double(bucketSteps.first ?? 0) }
        guard seconds < last.seconds else { return Double(last.step) }
        let bucket = Self.last(in: bucketSeconds.count) { bucketSeconds[$0] <= seconds }
        let (low, high) = between(bucket, gaps.around(seconds: seconds))
        let span = high.seconds - low.seconds
        return Double(low.step) + (span > 0 ? (seconds - low.seconds) / span : 0) * Double(high.step - low.step)
    }

    /// The known points closest to a place: those of its bucket, or ends of gaps that lie closer.
    private func between(
        _ bucket: Int, _ gap: (before: TimePoint?, after: TimePoint?)
    ) -> (low: TimePoint, high: TimePoint) {
        var low: TimePoint = (bucketSteps[bucket], bucketSeconds[bucket])
        var high = knot(after: bucket)
        if let before = gap.before, before.step > low.step { low = before }
        if let after = gap.after, after.step < high.step { high = after }
        return (low, high)
    }

    /// Looks for gaps among points that follow each other; where they came fast there is none.
    private mutating func noteGaps(from first: Int, count added: Int, seconds: (_ place: Int) -> Double) {
        let (begin, end) = (count > 0 ? last.seconds : seconds(0), seconds(added - 1))
        guard end - begin > TimeGaps.shortest else { return }
        var before: TimePoint = count > 0 ? last : (first, begin)
        for place in count > 0 ? 0..<added : 1..<added {
            let point: TimePoint = (first + place, seconds(place))
            gaps.take(from: before, to: point, first: bucketSeconds.first ?? begin, count: count + place)
            before = point
        }
    }

    /// Steps and their seconds, rising in both: at most `limit` of them, the ends of the longest gaps, as many at most, and the last
    /// one. The same ones while points come in, until there are twice as many. O(limit + gaps).
    func knots(limit: Int) -> [(step: Int, seconds: Double)] {
        var stride = 1
        while bucketSteps.count / stride > limit { stride *= 2 }
        var found: [(step: Int, seconds: Double)] = []
        for bucket in Swift.stride(from: 0, to: bucketSteps.count, by: stride)
        where bucketSeconds[bucket] > found.last?.seconds ?? -.infinity {
            found.append((bucketSteps[bucket], bucketSeconds[bucket]))
        }
        found = Self.merged(found, gaps.ends(ofLongest: limit / 2))
        if let newest = found.last, newest.step < last.step, newest.seconds < last.seconds { found.append(last) }
        return found
    }

    /// Two lists of points as one that rises in both numbers.
    private static func merged(_ one: [TimePoint], _ other: [TimePoint]) -> [TimePoint] {
        guard !other.isEmpty else { return one }
        var merged: [TimePoint] = []
        for point in (one + other).sorted(by: { ($0.step, $0.seconds) < ($1.step, $1.seconds) }) {
            guard let newest = merged.last else {
                merged.append(point)
                continue
            }
            if point.step > newest.step, point.seconds > newest.seconds { merged.append(point) }
        }
        return merged
    }

    private func knot(after bucket: Int) -> (step: Int, seconds: Double) {
        bucket + 1 < bucketSteps.count ? (bucketSteps[bucket + 1], bucketSeconds[bucket + 1]) : last
    }

    /// The last index below `count` that fulfils a condition which holds for all before it; 0 where none does.
    private static func last(in count: Int, where holds: (Int) -> Bool) -> Int {
        var low = 0
        var high = count
        while low < high {
            let middle = (low + high) / 2
            if holds(middle) { low = middle + 1 } else { high = middle }
        }
        return max(0, low - 1)
    }
}
