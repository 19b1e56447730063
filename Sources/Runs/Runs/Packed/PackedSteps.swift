/// Step reports in columns.
struct PackedSteps: Codable {
    private let step: Packed<Int>
    private let branch: Packed<Int>
    private let epoch: Packed<Int>
    /// By metric.
    private let metrics: [Packed<Double>]
    private let samplesPerSecond: Packed<Double>
    private let trainingSeconds: Packed<Double>
    private let elapsedSeconds: Packed<Double>

    init(_ reports: [StepReport]) {
        step = Packed(reports.map(\.step))
        branch = Packed(reports.map(\.branch))
        epoch = Packed(reports.map(\.epoch))
        metrics = Metric.allCases.map { metric in Packed(reports.map { $0[metric] }) }
        samplesPerSecond = Packed(reports.map(\.samplesPerSecond))
        trainingSeconds = Packed(reports.map(\.trainingSeconds))
        elapsedSeconds = Packed(reports.map(\.elapsedSeconds))
    }

    /// The reports in their order.
    func reports() throws(PackingError) -> [StepReport] {
        guard metrics.count == Metric.allCases.count else { throw PackingError("\(metrics.count) metrics") }
        let (steps, branches, epochs) = (step.numbers, branch.numbers, epoch.numbers)
        let others = [samplesPerSecond, trainingSeconds, elapsedSeconds] + metrics
        try PackingError.check([steps.count, branches.count, epochs.count] + others.map(\.numbers.count), steps: steps)
        return steps.indices.map { place in
            var report = StepReport()
            (report.step, report.branch, report.epoch) = (steps[place], branches[place], epochs[place])
            for metric in Metric.allCases { report[metric] = metrics[metric.rawValue].numbers[place] }
            report.samplesPerSecond = samplesPerSecond.numbers[place]
            report.trainingSeconds = trainingSeconds.numbers[place]
            report.elapsedSeconds = elapsedSeconds.numbers[place]
            return report
        }
    }
}

/// What is left of old steps, in columns.
struct PackedBuckets: Codable {
    private let firstStep: Packed<Int>
    private let lastStep: Packed<Int>
    private let firstSeconds: Packed<Double>
    private let lastSeconds: Packed<Double>
    /// By metric.
    private let metrics: [Column]

    private struct Column: Codable {
        let low: Packed<Double>
        let high: Packed<Double>
        let sum: Packed<Double>
        let last: Packed<Double>
        let median: Packed<Double>
        let finite: Packed<UInt32>
        let nan: Packed<UInt32>
        let infinite: Packed<UInt32>

        init(_ buckets: [StepBucket], _ metric: Metric) {
            low = Packed(buckets.map { $0[metric].low })
            high = Packed(buckets.map { $0[metric].high })
            sum = Packed(buckets.map { $0[metric].sum })
            last = Packed(buckets.map { $0[metric].last })
            median = Packed(buckets.map { $0.median(metric) })
            finite = Packed(buckets.map { $0[metric].finite })
            nan = Packed(buckets.map { $0[metric].nan })
            infinite = Packed(buckets.map { $0[metric].infinite })
        }

        var counts: [Int] {
            [low, high, sum, last, median].map(\.numbers.count) + [finite, nan, infinite].map(\.numbers.count)
        }

        func put(_ place: Int, of metric: Metric, into bucket: inout StepBucket) {
            bucket[metric] = SeriesSummary(
                low: low.numbers[place], high: high.numbers[place], sum: sum.numbers[place], last: last.numbers[place],
                finite: finite.numbers[place], nan: nan.numbers[place], infinite: infinite.numbers[place])
            bucket.setMedian(metric, median.numbers[place])
        }
    }

    init(_ buckets: [StepBucket]) {
        firstStep = Packed(buckets.map(\.firstStep))
        lastStep = Packed(buckets.map(\.lastStep))
        firstSeconds = Packed(buckets.map(\.firstSeconds))
        lastSeconds = Packed(buckets.map(\.lastSeconds))
        metrics = Metric.allCases.map { Column(buckets, $0) }
    }

    /// The buckets in their order.
    func buckets() throws(PackingError) -> [StepBucket] {
        guard metrics.count == Metric.allCases.count else { throw PackingError("\(metrics.count) metrics") }
        let (first, last) = (firstStep.numbers, lastStep.numbers)
        try PackingError.check(
            [first.count, last.count, firstSeconds.numbers.count, lastSeconds.numbers.count]
                + metrics.flatMap(\.counts),
            steps: first + last)
        guard first.count % StepBucket.perChunk == 0 else {
            throw PackingError("\(first.count) buckets are no chunks")
        }
        guard zip(first, last).allSatisfy({ $0 <= $1 }), zip(last, first.dropFirst()).allSatisfy({ $0 < $1 }) else {
            throw PackingError("buckets whose steps do not rise")
        }
        return first.indices.map { place in
            var bucket = StepBucket(
                firstStep: first[place], firstSeconds: firstSeconds.numbers[place], lastStep: last[place],
                lastSeconds: lastSeconds.numbers[place])
            for metric in Metric.allCases { metrics[metric.rawValue].put(place, of: metric, into: &bucket) }
            return bucket
        }
    }
}

extension StepChanges: Codable {
    private enum CodingKeys: String, CodingKey {
        case line, buckets, chunks, tail, hasMore
    }

    /// - Throws: where the columns do not fit each other.
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        self.init(
            line: try values.decode(StepLine.self, forKey: .line),
            buckets: try values.decode(PackedBuckets.self, forKey: .buckets).buckets(),
            tail: try values.decode(PackedSteps.self, forKey: .tail).reports(),
            hasMore: try values.decode(Bool.self, forKey: .hasMore))
        let reports = try values.decode(PackedSteps.self, forKey: .chunks).reports()
        guard reports.count % StepChunk.capacity == 0 else {
            throw PackingError("\(reports.count) steps are no chunks")
        }
        sealed = stride(from: 0, to: reports.count, by: StepChunk.capacity).map {
            StepChunk(steps: Array(reports[$0..<$0 + StepChunk.capacity]))
        }
    }

    /// Columns of buckets, of the steps of all chunks, and of the tail.
    package func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(line, forKey: .line)
        try values.encode(PackedBuckets(buckets), forKey: .buckets)
        try values.encode(PackedSteps(sealed.flatMap(\.steps)), forKey: .chunks)
        try values.encode(PackedSteps(tail), forKey: .tail)
        try values.encode(hasMore, forKey: .hasMore)
    }

    /// The same with buckets in place of all but the newest chunks, for who comes late and from far. O(n).
    ///
    /// - Parameter count: chunks that stay whole.
    /// - Precondition: these are all changes of one line since its beginning.
    package func condensed(keeping count: Int) -> StepChanges {
        let old = sealed.dropLast(count)
        guard !old.isEmpty, old.allSatisfy(\.rises) else { return self }
        var changes = self
        changes.buckets += old.flatMap { StepBucket.of($0) }
        changes.sealed = Array(sealed.suffix(count))
        return changes
    }
}
