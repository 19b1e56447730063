import Runs

/// The numbers of a recorded run as they are read, each a series of its own: other writers record one number after the other,
/// and at other steps.
struct RecordedNumbers {
    /// A value at a step.
    struct Point {
        var step: Int
        var value: Double
        /// Since the run began.
        var seconds: Double
    }

    /// By `RecordedNumber.index`, each in the order of steps.
    private var series = [[Point]](repeating: [], count: RecordedNumber.all.count)

    /// Takes a number of a step; one that goes back replaces what was recorded from there on, as a run does that was resumed.
    mutating func take(_ number: RecordedNumber, _ value: Double, step: Int, seconds: Double) {
        series[number.index].take(value, step: step, seconds: seconds)
    }

    /// Puts a whole series in the place of a number.
    mutating func set(_ number: RecordedNumber, to points: [Point]) { series[number.index] = points }

    /// Steps at which a number was recorded as no finite one, rising.
    func notFiniteSteps(of metric: Metric) -> [Int] {
        series[RecordedNumber.step(metric).index].lazy.filter { !$0.value.isFinite }.map(\.step)
    }

    /// Hands on the steps of a branch at which anything was recorded, rising, in blocks: as reports they take many times the room.
    /// O(n).
    func forEachBlock(of branch: Int, _ body: ([StepReport]) -> Void) {
        let metrics = Metric.allCases
        var block: [StepReport] = []
        block.reserveCapacity(Self.blockSize)
        merge(metrics.map(RecordedNumber.step)) { step, seconds, values in
            var report = StepReport()
            (report.step, report.branch) = (step, branch)
            (report.trainingSeconds, report.elapsedSeconds) = (seconds, seconds)
            for (metric, value) in zip(metrics, values) { report[metric] = value ?? .notRecorded }
            block.append(report)
            guard block.count == Self.blockSize else { return }
            body(block)
            block.removeAll(keepingCapacity: true)
        }
        if !block.isEmpty { body(block) }
    }

    private static let blockSize = 8_192

    /// The evaluations of a branch, rising, with the seconds at which they were made. O(n).
    func evaluations(of branch: Int) -> [(report: EvaluationReport, seconds: Double)] {
        var reports: [(report: EvaluationReport, seconds: Double)] = []
        merge([.validationLoss, .validationAccuracy]) { step, seconds, values in
            let report = EvaluationReport(
                position: Position(branch: branch, step: step), epoch: 0, loss: values[0] ?? .notRecorded,
                accuracy: values[1], isBest: false)
            reports.append((report, seconds))
        }
        return reports
    }

    /// The last step at which anything was recorded, and when that was; nil before the first.
    var last: (step: Int, seconds: Double)? {
        let ends = Metric.allCases.compactMap { series[RecordedNumber.step($0).index].last }
        guard let step = ends.map(\.step).max() else { return nil }
        return (step, ends.lazy.filter { $0.step == step }.map(\.seconds).max() ?? 0)
    }

    /// The newest finite value of a number; nil where there is none.
    func lastFinite(_ metric: Metric) -> Double? {
        series[RecordedNumber.step(metric).index].last { $0.value.isFinite }?.value
    }

    /// Tells of each step at which at least one of the numbers was recorded.
    private func merge(
        _ numbers: [RecordedNumber], _ body: (_ step: Int, _ seconds: Double, _ values: [Double?]) -> Void
    ) {
        let parts = numbers.map { series[$0.index] }
        var places = [Int](repeating: 0, count: parts.count)
        var values = [Double?](repeating: nil, count: parts.count)
        while true {
            var step = Int.max
            for (part, place) in zip(parts, places) where place < part.count { step = min(step, part[place].step) }
            guard step < Int.max else { return }
            var seconds = 0.0
            for index in parts.indices {
                let place = places[index]
                if place < parts[index].count, parts[index][place].step == step {
                    values[index] = parts[index][place].value
                    seconds = max(seconds, parts[index][place].seconds)
                    places[index] += 1
                } else {
                    values[index] = nil
                }
            }
            body(step, seconds, values)
        }
    }
}

extension [RecordedNumbers.Point] {
    /// Takes a value of a step; one that goes back replaces what was recorded from there on.
    mutating func take(_ value: Double, step: Int, seconds: Double) {
        while let last, last.step >= step { removeLast() }
        append(RecordedNumbers.Point(step: step, value: value, seconds: seconds.isFinite ? seconds : 0))
    }
}
