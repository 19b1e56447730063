/// Up to 1,024 consecutive step reports in columns; immutable, so that history is shared between threads, not copied.
package final class StepChunk: Sendable {
    /// Steps of a full chunk.
    package static let capacity = 1024

    /// A stretch of reports whose steps follow each other in one branch and one epoch.
    private struct Stretch {
        /// The place of its first report, which has these numbers.
        var start: Int
        var step: Int
        var branch: Int
        var epoch: Int

        func isContinued(by report: StepReport, at place: Int) -> Bool {
            report.step == step + place - start && report.branch == branch && report.epoch == epoch
        }
    }

    /// How many reports there are.
    package let count: Int
    private let stretches: [Stretch]
    /// By metric.
    private let columns: [StepColumn]
    /// What else a report holds, in the order of `otherFields`.
    private let others: [[Double]]
    private let elapsedSeconds: [Double]

    private static let secondsField = StepReport.offset(of: \.elapsedSeconds)
    /// Numbers of a report that are no metrics.
    private static let otherFields = [\StepReport.samplesPerSecond, \.trainingSeconds]
        .map { StepReport.offset(of: $0) }

    /// A chunk of reports in the order in which they came.
    package convenience init(steps: [StepReport]) {
        let columns = steps.withUnsafeBufferPointer { steps in
            withUnsafeTemporaryAllocation(of: Double.self, capacity: steps.count) { values in
                Metric.allCases.map { metric in
                    metric.values(of: steps, into: values)
                    var column = StepColumn()
                    column.append(contentsOf: UnsafeBufferPointer(values))
                    return column
                }
            }
        }
        self.init(steps: steps, columns: columns)
    }

    /// A chunk of reports whose metrics are in columns already, which it shares.
    /// - Precondition: one column a metric, each with the values of these reports.
    package init(steps: [StepReport], columns: [StepColumn]) {
        precondition(
            columns.count == Metric.allCases.count && columns.allSatisfy { $0.count == steps.count },
            "A chunk has a column for each metric, as long as its reports.")
        count = steps.count
        var columns = columns
        if count == Self.capacity { for place in columns.indices { columns[place].findMedians() } }
        self.columns = columns
        var stretches: [Stretch] = []
        for (place, report) in steps.enumerated()
        where stretches.last?.isContinued(by: report, at: place) != true {
            stretches.append(Stretch(start: place, step: report.step, branch: report.branch, epoch: report.epoch))
        }
        self.stretches = stretches
        others = Self.otherFields.map { Self.numbers(at: $0, of: steps) }
        elapsedSeconds = Self.numbers(at: Self.secondsField, of: steps)
    }

    private static func numbers(at field: Int, of steps: [StepReport]) -> [Double] {
        steps.withUnsafeBufferPointer { steps in
            [Double](unsafeUninitializedCapacity: steps.count) { room, filled in
                StepReport.numbers(at: field, of: steps, into: room)
                filled = steps.count
            }
        }
    }

    /// The values of a metric with their summaries.
    package subscript(metric: Metric) -> StepColumn { columns[metric.rawValue] }

    /// The first and the last step; nil of an empty chunk.
    package var bounds: (first: Int, last: Int)? {
        guard let first = stretches.first, let last = stretches.last else { return nil }
        return (first.step, last.step + count - 1 - last.start)
    }

    /// Whether every step is greater than the one before. O(stretches).
    package var rises: Bool {
        zip(stretches, stretches.dropFirst()).allSatisfy { $1.step >= $0.step + $1.start - $0.start }
    }

    /// The steps themselves, in the order in which they came. O(n).
    package var stepNumbers: [Int] {
        var numbers: [Int] = []
        numbers.reserveCapacity(count)
        for (place, stretch) in stretches.enumerated() {
            let end = place + 1 < stretches.count ? stretches[place + 1].start : count
            numbers.append(contentsOf: stretch.step..<stretch.step + end - stretch.start)
        }
        return numbers
    }

    /// Seconds by the clock since the run's first update began, when the report at a place was made.
    package func seconds(at place: Int) -> Double { elapsedSeconds[place] }

    /// The reports as they came. O(n).
    package var steps: [StepReport] {
        var reports: [StepReport] = []
        reports.reserveCapacity(count)
        var current = 0
        for place in 0..<count {
            if current + 1 < stretches.count, stretches[current + 1].start == place { current += 1 }
            let stretch = stretches[current]
            var report = StepReport(
                step: stretch.step + place - stretch.start, branch: stretch.branch, epoch: stretch.epoch, loss: 0,
                accuracy: 0, learningRate: 0, gradientNorm: 0, elapsedSeconds: elapsedSeconds[place])
            for metric in Metric.allCases { report[metric] = self[metric].values[place] }
            for (field, numbers) in zip(Self.otherFields, others) { report.put(numbers[place], at: field) }
            reports.append(report)
        }
        return reports
    }
}
