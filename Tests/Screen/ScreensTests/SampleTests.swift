import Dashboard
import History
import Runs
import Screens
import Testing

/// What the run took of its machine, as the dashboard keeps it.
@Suite struct SampleTests {
    @Test func `a long run joins old samples and loses no step`() {
        var history = RunHistory(description: SampleRun.description)
        var changes = SampleRun(step: 0).changes
        for round in 0..<10 {
            changes.samples = (0..<1_000).map { index in
                var times = StepTimes()
                times.steps = 2
                times.clippedSteps = 1
                times.forward = 0.5
                let step = 2 * (round * 1_000 + index + 1)
                return SystemSample(
                    seconds: Double(step), position: Position(step: step), samplesPerSecond: 1, times: times,
                    memory: ProcessMemory())
            }
            history.apply(changes)
        }
        #expect(history.samples.count <= 4_096)
        #expect(history.samples.reduce(0) { $0 + $1.times.steps } == 20_000)
        #expect(history.samples.reduce(0) { $0 + $1.times.clippedSteps } == 10_000)
        #expect(history.samples.reduce(0) { $0 + $1.times.forward } == 5_000)
        #expect(history.samples.map(\.position.step) == history.samples.map(\.position.step).sorted())
        #expect(history.samples.last?.position.step == 20_000)
    }
}
