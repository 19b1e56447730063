import PlanFixtures
import Plans
import Runs
import Testing
import Training

/// Copies at several rates: what they show is what the run does at that rate, and it costs the run not a bit.
@Suite struct RaceTests {
    private func races(_ run: RunRecord) -> [RaceResult] {
        run.reports.compactMap { if case .race(let race) = $0 { race } else { nil } }
    }

    @Test(arguments: [Config.blobs, Config.pictures])
    func `a race changes no bit of the run`(config: String) throws {
        let race = Race(steps: 12, scales: [0.1, 3, 1e4])
        let plain = try Run.finish(config, "epochs=4", logsStatistics: true)
        let raced = try Run.finish(config, "epochs=4", script: [(7, .race(race))], logsStatistics: true)
        #expect(raced.finalBits == plain.finalBits)
        #expect(raced.steps.map(\.loss) == plain.steps.map(\.loss))
        let result = try #require(races(raced).last)
        #expect(result.isOver && result.lanes.count == 3 && result.position.step == 7)
    }

    @Test func `a copy makes the steps of a run at its rate, and that run is what is adopted`() throws {
        let scripts: [(Double, RunCommand)] = [0.1, 3].map { ($0, .scaleLearningRate($0)) }
        let raced = try Run.finish(
            Config.blobs, script: [(20, .race(Race(steps: 25, scales: [0.1, 3], adopts: true)))])
        let result = try #require(races(raced).last)
        for (lane, (scale, command)) in zip(result.lanes, scripts) {
            let alone = try Run.finish(Config.blobs, script: [(20, command)])
            #expect(lane.losses == alone.steps[20..<45].map(\.loss), "\(scale)")
            #expect(lane.rate == alone.steps[20].learningRate)
            if scale == result.lanes[try #require(result.best)].scale { #expect(raced.finalBits == alone.finalBits) }
        }
    }

    @Test func `a copy that diverges says so and is never the best`() throws {
        let raced = try Run.finish(
            Config.blobs, "loss=mse", "model=[{ linear: 9 }, { linear: 9 }, { linear: 3 }]",
            script: [(20, .race(Race(steps: 30, scales: [1e5, 0.5])))])
        let result = try #require(races(raced).last)
        #expect(result.lanes[0].hasDiverged && result.lanes[0].loss == nil)
        #expect(result.best == 1 && raced.isFinite)
        let note = raced.reports.contains {
            if case .note(.run, let text, _) = $0 {
                text.contains("race over 30 steps: x100000 diverged, x0.5 loss")
            } else {
                false
            }
        }
        #expect(note)
    }

    @Test func `copies that a policy stops, or that come to the last step, end the race there`() throws {
        let stopping = try Run.finish(
            Config.blobs, "epochs=20", "optimizer={ sgd: { learningRate: 1e-20 } }", "earlyStopping={ patience: 3 }",
            script: [(5, .race(Race(steps: 200, scales: [1, 2]))), (40, .stop(keep: .last))])
        let stopped = try #require(races(stopping).last)
        #expect(stopped.isOver && stopped.lanes.allSatisfy { (40..<200).contains($0.losses.count) })
        let last = try Run.finish(Config.blobs, script: [(20, .race(Race(steps: 100_000, scales: [0.5, 1])))])
        let whole = try #require(races(last).last)
        #expect(whole.lanes.map(\.losses.count) == [last.steps.count - 20, last.steps.count - 20])
        #expect(whole.lanes[1].losses == last.steps[20...].map(\.loss))
    }

    @Test func `what cannot be raced is refused with the reason`() throws {
        func reason(_ race: Race) throws -> String? {
            let run = try Run.finish(Config.blobs, script: [(20, .race(race))])
            if case .refused(let reason)? = run.receipts.first?.outcome { return reason }
            return nil
        }
        #expect(try reason(Race(scales: [])) == "a race needs at least one scale")
        #expect(try reason(Race(scales: [1, 0]))?.contains("above 0") == true)
        #expect(try reason(Race(scales: Array(repeating: 1, count: 17))) == "at most 16 copies race")
    }
}
