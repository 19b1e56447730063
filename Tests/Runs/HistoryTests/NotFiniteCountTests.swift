import History
import Runs
import Testing

/// How many steps were not finite, told by steps and by events.
@Suite struct NotFiniteCountTests {
    /// A history in which the reports of some steps say so, and the events of others.
    private static func history(steps: Set<Int>, events: Set<Int>, count: Int) -> RunHistory {
        let run = LiveRun(Sample.description)
        run.record(
            (0..<count).map { step in
                .step(
                    StepReport(
                        step: step, epoch: 0, loss: steps.contains(step) ? .nan : 1, accuracy: 0.5, learningRate: 0.1,
                        gradientNorm: 1))
            }, at: 0)
        run.record(
            events.sorted().map { .notFinite(Position(step: $0), loss: .nan, gradientNorm: 1) }, at: 1)
        return RunHistory(of: run)
    }

    @Test(arguments: [(0, 0), (1, 0), (0, 1), (2, 3), (7, 5), (1, 2)])
    func `a step that both tell counts once, in any range`(stepsEvery: Int, eventsEvery: Int) {
        func every(_ count: Int) -> Set<Int> { count == 0 ? [] : Set(stride(from: count - 1, to: 200, by: count)) }
        let (steps, events) = (every(stepsEvery), every(eventsEvery))
        let history = Self.history(steps: steps, events: events, count: 200)
        let all = steps.union(events)
        let ranges: [ClosedRange<Double>] = [
            0...199, 0...0, 10...20, 9.5...20.5, 150...1e300, -.infinity ... .infinity, 199...199, -5 ... -1,
        ]
        for range in ranges {
            let expected = all.count { range.contains(Double($0)) }
            #expect(history.notFiniteCount(over: range) == expected, "\(range)")
        }
    }

    @Test func `a run of a million steps is counted whole`() {
        var steps = NotFiniteSteps()
        #expect(steps == NotFiniteSteps())
        let history = Self.history(steps: Set(100..<300_100), events: [], count: 300_200)
        #expect(history.notFiniteCount(over: 0...1e9) == 300_000)
        steps = history.series.notFinite
        #expect(steps.runs.count == 1, "neighbours are one run")
    }
}
