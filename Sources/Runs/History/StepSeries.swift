import Runs

/// Everything the steps of a run reported, ready to be drawn over any range in a time that hardly depends on how many there
/// are: the last million steps in full, and of all before that buckets of 256 (see `MetricSeries`). A value, cheap to copy.
///
/// Where the run went back in time, the steps that were taken again replace those of the branch before.
package struct StepSeries: Sendable {
    /// The weight of the past in the moving average, 0 (off) to below 1.
    package private(set) var smoothing: Double
    var index = StepIndex()
    var metrics = Metric.allCases.map { _ in MetricSeries() }
    /// Steps whose loss or gradient norm was not finite.
    package private(set) var notFinite = NotFiniteSteps()
    /// What charts asked for lately. Belongs to one line of growth: copies that go on by themselves and changes of the past
    /// begin a new one.
    private(set) var memo = SeriesMemo()
    /// Steps of the feed's tail that are taken already.
    private var pending: [Int] = []

    package init(smoothing: Double = 0) { self.smoothing = smoothing }

    /// Points so far.
    package var count: Int { index.count }

    /// How many of the newest points are there in full.
    package var fullCount: Int { index.count - index.forgotten }

    /// First and last step, nil before the first.
    package var stepRange: ClosedRange<Int>? { index.firstStep.map { $0...index.last.step } }

    /// Steps whose loss or gradient norm was not finite, in order.
    package var notFiniteSteps: [Int] { notFinite.steps(in: -.infinity...Double.infinity) }

    /// Takes sealed chunks and the tail after them. O(what is new): the tail may begin with what came before.
    /// - Parameter buckets: what is left of all steps before the chunks; where there are any, they replace what is known.
    package mutating func append(buckets: [StepBucket] = [], sealed chunks: [StepChunk], tail: [StepReport]) {
        if !isKnownUniquelyReferenced(&memo) { memo = SeriesMemo() }
        if !buckets.isEmpty { begin(with: buckets) }
        var known = pending.count
        if let first = pending.min(), !continues(chunks, tail) {
            truncate(from: first)
            known = 0
        }
        for chunk in chunks {
            take(chunk.steps.dropFirst(known))
            known = max(0, known - chunk.steps.count)
        }
        take(tail.dropFirst(known))
        if chunks.isEmpty, known > 0 {
            pending += tail.dropFirst(known).lazy.map(\.step)
        } else {
            pending = tail.map(\.step)
        }
    }

    /// Begins anew with what is left of old steps.
    private mutating func begin(with buckets: [StepBucket]) {
        let smoothing = smoothing
        metrics = Metric.allCases.map { metric in
            MetricSeries(buckets: buckets.lazy.map { metric.summary(of: $0) }, smoothing: smoothing)
        }
        index = StepIndex(buckets: buckets)
        memo = SeriesMemo()
        pending = []
    }

    /// Whether a feed's news begin with the tail of its last ones.
    private func continues(_ chunks: [StepChunk], _ tail: [StepReport]) -> Bool {
        var left = pending[...]
        for steps in chunks.map(\.steps) + [tail] {
            let part = left.prefix(steps.count)
            guard let first = part.first, let last = part.last else { continue }
            guard steps[0].step == first, steps[part.count - 1].step == last else { return false }
            left = left.dropFirst(part.count)
            if left.isEmpty { return true }
        }
        return left.isEmpty
    }

    private mutating func take(_ reports: ArraySlice<StepReport>) {
        reports.withUnsafeBufferPointer { reports in
            for start in stride(from: 0, to: reports.count, by: PointBlock.capacity) {
                let part = UnsafeBufferPointer(
                    rebasing: reports[start..<min(reports.count, start + PointBlock.capacity)])
                if follow(part) { takeAll(part) } else { for report in part { take(report) } }
            }
        }
        index.forgetPoints(before: metrics[0].droppedBlocks * PointBlock.capacity)
    }

    /// Whether reports come without a gap after what is known, and nothing went wrong in them: nearly always.
    private func follow(_ reports: UnsafeBufferPointer<StepReport>) -> Bool {
        var step = index.count > 0 ? index.last.step + 1 : reports.first?.step ?? 0
        for report in reports {
            guard report.step == step, report.loss.isFinite, report.gradientNorm.isFinite else { return false }
            step += 1
        }
        return true
    }

    /// Takes reports that follow, one number after the other, which is many times as fast as one report after the other.
    private mutating func takeAll(_ reports: UnsafeBufferPointer<StepReport>) {
        index.append(contentsOf: reports)
        withUnsafeTemporaryAllocation(of: Double.self, capacity: reports.count) { values in
            func take(_ metric: Metric, _ value: (StepReport) -> Double) {
                for (place, report) in reports.enumerated() { values.initializeElement(at: place, to: value(report)) }
                metrics[metric.rawValue].append(contentsOf: UnsafeBufferPointer(values), smoothing: smoothing)
            }
            take(.loss) { $0.loss }
            take(.accuracy) { $0.accuracy }
            take(.learningRate) { $0.learningRate }
            take(.gradientNorm) { $0.gradientNorm }
        }
    }

    private mutating func take(_ report: StepReport) {
        if index.count > 0, report.step <= index.last.step { truncate(from: report.step) }
        index.append(step: report.step, seconds: report.elapsedSeconds)
        for metric in Metric.allCases {
            metrics[metric.rawValue].append(metric.value(of: report), smoothing: smoothing)
        }
        if !(report.loss.isFinite && report.gradientNorm.isFinite) { notFinite.insert(report.step) }
    }

    /// Drops points at or after `step`: the run went back and takes them again.
    private mutating func truncate(from step: Int) {
        memo = SeriesMemo()
        var count = index.index(atOrAfter: Double(step))
        // Where only buckets are left, blocks go whole.
        if count < index.forgotten { count = count / PointBlock.capacity * PointBlock.capacity }
        for metric in metrics.indices { metrics[metric].truncate(to: count, smoothing: smoothing) }
        index.truncate(to: count)
        notFinite.truncate(from: step)
    }

    /// Changes the smoothing and averages all points anew. O(n).
    package mutating func smooth(with smoothing: Double) {
        guard smoothing != self.smoothing else { return }
        self.smoothing = smoothing
        memo = SeriesMemo()
        for metric in metrics.indices { metrics[metric].smooth(with: smoothing) }
    }
}
