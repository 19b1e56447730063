import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// What the screen is told about time, clipping, weights and gradients.
@Suite struct StepTimesTests {
    private func last(_ run: RunRecord) -> RunProgress? {
        run.reports.compactMap { if case .progress(let progress) = $0 { progress } else { nil } }.last
    }

    @Test
    func `every step's time is counted, and its parts add up to no more than it took`() throws {
        let run = try Run.finish(Config.pictures, isWatched: true)
        let times = try #require(last(run)).times
        #expect(times.steps == run.steps.count)
        for part in [times.data, times.forward, times.backward, times.update, times.statistics] { #expect(part > 0) }
        let training = try #require(run.steps.last).trainingSeconds
        #expect(abs(times.total - training) < training * 1e-6 + 1e-9)
    }

    @Test
    func `by the clock evaluations take time, in training they do not`() throws {
        let run = try Run.finish(Config.pictures, "validation={fraction:0.5}")
        let first = try #require(run.steps.first)
        let last = try #require(run.steps.last)
        #expect(abs(first.elapsedSeconds - first.trainingSeconds) < 1e-9)
        #expect(last.elapsedSeconds > last.trainingSeconds && last.trainingSeconds > first.trainingSeconds)
        #expect(zip(run.steps, run.steps.dropFirst()).allSatisfy { $0.elapsedSeconds < $1.elapsedSeconds })
    }

    @Test
    func `a watched run is measured again and again`() throws {
        let run = try LiveRun(Config.blobs, "epochs=1000000", "statistics={ budget: 1 }", isWatched: true)
        for _ in 0..<3 { #expect(run.wait { if case .layers = $0 { true } else { false } }) }
        run.send(.stop(keep: .last))
        #expect(run.finish() != nil)
    }

    @Test
    func `clipped steps are those whose norm lies above the bound`() throws {
        let run = try Run.finish(Config.pictures, "gradientClipping={norm:1.5}")
        let above = run.steps.count { $0.gradientNorm + 1e-6 > 1.5 }
        #expect(try #require(last(run)).times.clippedSteps == above)
        #expect(run.material.description.gradientBounds.norm == 1.5)
        let free = try Run.finish(Config.blobs)
        #expect(try #require(last(free)).times.clippedSteps == 0)
        #expect(free.material.description.gradientBounds.norm == nil)
    }

    @Test
    func `where values are cut to a bound, clipped steps are those with a value beyond it`() throws {
        let all = try Run.finish(Config.pictures, "gradientClipping={value:1e-7}")
        #expect(try #require(last(all)).times.clippedSteps == all.steps.count)
        let none = try Run.finish(Config.pictures, "gradientClipping={value:1e6}")
        #expect(try #require(last(none)).times.clippedSteps == 0)
        #expect(none.material.description.gradientBounds.value == 1e6 && none.material.description.gradientBounds.clips)
        // No value is larger than the norm of all of them.
        let some = try Run.finish(Config.pictures, "gradientClipping={value:0.1}")
        let most = some.steps.count { $0.gradientNorm > 0.1 }
        let clipped = try #require(last(some)).times.clippedSteps
        #expect((1...most).contains(clipped))
    }

    @Test
    func `a watched run tells how weights and gradients are spread, and the same bits come out`() throws {
        let watched = try Run.finish(Config.pictures, "statistics={ budget: 1 }", isWatched: true)
        let report = try #require(watched.layers.first { !$0.report.parameters.isEmpty }?.report)
        #expect(report.parameters.count == report.layers.count)
        let layers = watched.material.description.layers
        for (layer, parameters) in zip(layers, report.parameters) {
            for histogram in [parameters.weights, parameters.gradients] {
                #expect(histogram.low <= histogram.high)
                if parameters.sampled {
                    #expect(histogram.total < layer.parameterCount && histogram.total >= 4_000)
                } else {
                    #expect(histogram.total == layer.parameterCount)
                }
            }
        }
        let alone = try Run.finish(Config.pictures)
        #expect(alone.layers.allSatisfy { $0.report.parameters.isEmpty })
        #expect(watched.finalBits == alone.finalBits)
    }
}
