import Runs

/// Everything the steps of a run reported, ready to be drawn over any range in a time that hardly depends on how many there
/// are, and to be handed on: the last million steps in full, and of all before that buckets of 256. A value, cheap to copy.
///
/// The recorder's series and those of all readers follow this one rule and share their chunks. Where the run went back in
/// time, the steps that were taken again replace those before.
package struct StepSeries: Sendable {
    /// How the lines through its noise are made.
    package private(set) var average: MovingAverage
    var index = StepIndex()
    var metrics = Metric.allCases.map { _ in MetricSeries() }
    /// Steps whose loss or gradient norm was not finite.
    package private(set) var notFinite = NotFiniteSteps()
    /// What charts asked for lately. Belongs to one line of growth: copies that go on by themselves and changes of the past
    /// begin a new one.
    private(set) var memo = SeriesMemo()
    /// Whole chunks in full; those before them are only buckets.
    private(set) var chunks: [StepChunk] = []
    /// Every report after the last whole chunk.
    private(set) var tail: [StepReport] = []
    /// Steps of a feed's tail that are taken already.
    private var pending: [Int] = []

    /// A series without steps.
    package init(average: MovingAverage = MovingAverage()) { self.average = average }

    /// Points so far.
    package var count: Int { index.count }

    /// How many of the newest points are there in full.
    package var fullCount: Int { index.count - index.forgotten }

    /// First and last step, nil before the first.
    package var stepRange: ClosedRange<Int>? { index.firstStep.map { $0...index.last.step } }

    /// Steps whose loss or gradient norm was not finite, in order.
    package var notFiniteSteps: [Int] { notFinite.steps(in: -.infinity...Double.infinity) }

    /// Chunks of which only buckets are left.
    var droppedChunks: Int { metrics[0].droppedBlocks }

    // MARK: Taking steps

    /// Takes reports as they are made. O(n) in them, amortized.
    package mutating func append(_ reports: ArraySlice<StepReport>) {
        beginGrowing()
        take(reports)
        pending = []
    }

    /// Takes sealed chunks and the tail after them. O(what is new): the tail may begin with what came before.
    /// - Parameter buckets: what is left of all steps before the chunks; where there are any, they replace what is known.
    package mutating func append(buckets: [StepBucket] = [], sealed: [StepChunk], tail: [StepReport]) {
        beginGrowing()
        if !buckets.isEmpty { begin(with: buckets) }
        var known = pending.count
        if let first = pending.min(), !continues(sealed, tail) {
            truncate(from: first)
            known = 0
        }
        for chunk in sealed {
            if !share(chunk, known: known) { take(chunk.steps.dropFirst(known)) }
            known = max(0, known - chunk.count)
        }
        take(tail.dropFirst(known))
        if sealed.isEmpty, known > 0 {
            pending += tail.dropFirst(known).lazy.map(\.step)
        } else {
            pending = tail.map(\.step)
        }
    }

    private mutating func beginGrowing() {
        if !isKnownUniquelyReferenced(&memo) { memo = SeriesMemo() }
    }

    /// Begins anew with what is left of old steps.
    private mutating func begin(with buckets: [StepBucket]) {
        metrics = Metric.allCases.map { metric in
            MetricSeries(buckets: buckets.lazy.map { $0[metric] }, medians: buckets.lazy.map { $0.median(metric) })
        }
        index = StepIndex(buckets: buckets)
        memo = SeriesMemo()
        (chunks, tail, pending) = ([], [], [])
        checkIfAsked()
    }

    /// Whether a feed's news begin with the tail of its last ones.
    private func continues(_ sealed: [StepChunk], _ tail: [StepReport]) -> Bool {
        var left = pending[...]
        for chunk in sealed {
            guard let first = left.first, let bounds = chunk.bounds else { continue }
            let part = left.prefix(chunk.count)
            let last = part.count == chunk.count ? bounds.last : chunk.stepNumbers[part.count - 1]
            guard bounds.first == first, last == part.last else { return false }
            left = left.dropFirst(part.count)
        }
        let part = left.prefix(tail.count)
        guard let first = part.first, let last = part.last else { return left.isEmpty }
        return tail[0].step == first && tail[part.count - 1].step == last && part.count == left.count
    }

    /// Shares a whole chunk instead of copying its numbers; false where it does not fit in place of the tail.
    /// - Parameter known: how many of its first steps are the tail.
    private mutating func share(_ chunk: StepChunk, known: Int) -> Bool {
        guard chunk.count == StepChunk.capacity, known == tail.count, known < chunk.count, chunk.rises,
            let bounds = chunk.bounds
        else { return false }
        let isGapless = bounds.last - bounds.first == chunk.count - 1
        if isGapless, index.count == 0 || bounds.first + known == index.last.step + 1 {
            index.append(from: bounds.first + known, count: chunk.count - known) { chunk.seconds(at: known + $0) }
        } else {
            let steps = chunk.stepNumbers
            guard index.count == 0 || steps[known] > index.last.step else { return false }
            for place in known..<chunk.count { index.append(step: steps[place], seconds: chunk.seconds(at: place)) }
        }
        if !(chunk[.loss].isFinite && chunk[.gradientNorm].isFinite) {
            let steps = chunk.stepNumbers
            for place in known..<chunk.count
            where chunk[.loss].values[place].wentWrong || chunk[.gradientNorm].values[place].wentWrong {
                notFinite.insert(steps[place])
            }
        }
        for metric in Metric.allCases { metrics[metric.rawValue].take(chunk[metric]) }
        keep(chunk)
        return true
    }

    private mutating func take(_ reports: ArraySlice<StepReport>) {
        reports.withUnsafeBufferPointer { reports in
            var start = 0
            while start < reports.count {
                let end = min(reports.count, start + StepChunk.capacity - tail.count)
                let part = UnsafeBufferPointer(rebasing: reports[start..<end])
                if follow(part) { takeAll(part) } else { for report in part { take(report) } }
                start = end
            }
        }
    }

    /// Whether reports come without a gap after what is known, and nothing went wrong in them: nearly always.
    private func follow(_ reports: UnsafeBufferPointer<StepReport>) -> Bool {
        var step = index.count > 0 ? index.last.step + 1 : reports.first?.step ?? 0
        for report in reports {
            guard report.step == step, !report.loss.wentWrong, !report.gradientNorm.wentWrong else {
                return false
            }
            step += 1
        }
        return true
    }

    /// Takes reports that follow and fit into the tail, one number after the other, which is many times as fast as one
    /// report after the other.
    private mutating func takeAll(_ reports: UnsafeBufferPointer<StepReport>) {
        guard let first = reports.first else { return }
        index.append(from: first.step, count: reports.count) { reports[$0].elapsedSeconds }
        withUnsafeTemporaryAllocation(of: Double.self, capacity: reports.count) { values in
            for metric in Metric.allCases {
                metric.values(of: reports, into: values)
                metrics[metric.rawValue].append(contentsOf: UnsafeBufferPointer(values))
            }
        }
        tail.append(contentsOf: reports)
        if tail.count == StepChunk.capacity { seal() }
    }

    private mutating func take(_ report: StepReport) {
        if index.count > 0, report.step <= index.last.step { truncate(from: report.step) }
        index.append(step: report.step, seconds: report.elapsedSeconds)
        for metric in Metric.allCases { metrics[metric.rawValue].append(metric.value(of: report)) }
        if report.loss.wentWrong || report.gradientNorm.wentWrong { notFinite.insert(report.step) }
        tail.append(report)
        if tail.count == StepChunk.capacity { seal() }
    }

    /// Makes a chunk of the full tail.
    private mutating func seal() {
        let chunk = StepChunk(steps: tail, columns: metrics.map(\.openColumn))
        for metric in Metric.allCases { metrics[metric.rawValue].take(chunk[metric]) }
        keep(chunk)
    }

    /// Adds a whole chunk in place of the tail, and lets go of those that are only buckets now.
    private mutating func keep(_ chunk: StepChunk) {
        tail.removeAll(keepingCapacity: true)
        chunks.append(chunk)
        let gone = (droppedChunks + chunks.count) - index.count / StepChunk.capacity
        guard gone > 0 else { return }
        chunks.removeFirst(gone)
        index.forgetPoints(before: droppedChunks * StepChunk.capacity)
        checkIfAsked()
    }

    // MARK: Going back

    /// Drops points at or after `step`: the run went back and takes them again. Where only buckets are left, chunks go whole.
    /// O(n).
    mutating func truncate(from step: Int) {
        memo = SeriesMemo()
        var count = index.index(atOrAfter: Double(step))
        if count < index.forgotten { count = count / StepChunk.capacity * StepChunk.capacity }
        notFinite.truncate(from: step)
        guard count < index.count else { return }
        let before = droppedChunks
        for metric in metrics.indices { metrics[metric].truncate(to: count) }
        index.truncate(to: count)
        let cut = count / StepChunk.capacity - before
        if cut < 0 {
            (chunks, tail) = ([], [])
        } else if cut < chunks.count {
            tail = Array(chunks[cut].steps.prefix(count % StepChunk.capacity))
            chunks.removeSubrange(cut...)
        } else {
            tail.removeLast(tail.count - count % StepChunk.capacity)
        }
        checkIfAsked()
    }

    /// Keeps the first points, which the run's next line shares; those of the tail count as known. O(n) where any go.
    mutating func goBack(to shared: Int) {
        if shared < index.count { truncate(from: index.step(at: shared)) }
        pending = tail.map(\.step)
    }

    /// Changes how the lines through its noise are made. O(1).
    package mutating func smooth(with average: MovingAverage) {
        guard average != self.average else { return }
        self.average = average
        memo = SeriesMemo()
    }
}
