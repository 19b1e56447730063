import History
import RunStore
import Runs
import Testing

/// What a run takes of its machine, as readers see it.
@Suite struct SystemSampleTests {
    private let run = LiveRun(Sample.description)

    private func progress(step: Int, forward: Double, clipped: Int = 0, rests: [Schedule.Rest] = []) -> Report {
        var times = StepTimes()
        times.steps = step
        times.forward = forward
        times.clippedSteps = clipped
        return .progress(
            RunProgress(
                position: Position(step: step), epoch: 0, control: .planned, learningRate: 0.1, rests: rests,
                times: times))
    }

    @Test
    func `a sample tells what lies between it and the one before`() throws {
        run.record([progress(step: 10, forward: 2, clipped: 1)], at: 1)
        run.sample(ProcessMemory(resident: 5, peak: 7), at: 1)
        run.record([progress(step: 14, forward: 3, clipped: 4)], at: 2)
        run.sample(ProcessMemory(resident: 6, peak: 8), at: 2)
        let samples = try #require(run.changes(since: RunCursor())).samples
        #expect(samples.map(\.times.steps) == [10, 4])
        #expect(samples.map(\.times.forward) == [2, 1])
        #expect(samples.map(\.clippedShare) == [0.1, 0.75])
        #expect(samples.map(\.position.step) == [10, 14])
        #expect(samples.map(\.memory) == [ProcessMemory(resident: 5, peak: 7), ProcessMemory(resident: 6, peak: 8)])
    }

    @Test
    func `a reader gets every sample once; a long run keeps the recent and thins the old`() throws {
        var cursor = RunCursor()
        var seconds: [Double] = []
        for second in 0..<10_000 {
            run.sample(ProcessMemory(), at: Double(second))
            guard second % 700 == 0 else { continue }
            let changes = try #require(run.changes(since: cursor))
            cursor = changes.cursor
            seconds += changes.samples.map(\.seconds)
        }
        #expect(seconds == (0...9_800).map(Double.init))
        let kept = try #require(run.changes(since: RunCursor())).samples.map(\.seconds)
        #expect(kept.count <= 4_096 && kept.count > 2_000)
        #expect(Array(kept.suffix(2_000)) == (8_000..<10_000).map(Double.init))
        #expect(kept == kept.sorted())
    }

    @Test
    func `thinning loses no step`() throws {
        for second in 1...9_000 {
            run.record([progress(step: second, forward: Double(second), clipped: second / 2)], at: Double(second))
            run.sample(ProcessMemory(), at: Double(second))
        }
        let samples = try #require(run.changes(since: RunCursor())).samples
        #expect(samples.reduce(0) { $0 + $1.times.steps } == 9_000)
        #expect(samples.reduce(0) { $0 + $1.times.clippedSteps } == 4_500)
        #expect(samples.reduce(0) { $0 + $1.times.forward } == 9_000)
    }

    @Test
    func `the description follows when somebody replaces the rest of the schedule`() throws {
        let rest = Schedule.Rest(start: 10, schedule: Schedule(base: 0.5, total: 20))
        run.record([progress(step: 10, forward: 0, rests: [rest])], at: 1)
        let schedule = try #require(run.changes(since: RunCursor())).description.schedule
        #expect(schedule.rate(at: 9) == 0.1 && schedule.rate(at: 10) == 0.5)
        #expect(schedule.original == Sample.description.schedule)
    }
}
