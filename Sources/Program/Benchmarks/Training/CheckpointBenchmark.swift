import Commands
import Foundation
import Machine
import Plans
import RunStore
import Runs
import Settings
import Training

/// What a run directory costs: steps a second with `--run` over those without, and what one checkpoint costs.
///
/// Two runs of a net, one with a directory and one without, stand still and train in turns, in windows so short that a drifting machine
/// is fair to both. A minute's checkpoint is no part of a window; some windows have one that is asked for instead, and what they are
/// slower than those without is what it costs: the copy that the loop waits for, and the time that writing takes from it. The seldom
/// checkpoint of the default is that cost over its minute.
struct CheckpointBenchmark {
    private let models: [String]
    private let rounds: Int
    private let seconds: Double
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        models = arguments.operands.count > 1 ? [arguments.operands[1]] : BenchmarkConfig.names
        rounds = try arguments.wholeNumber("--rounds", in: 1...1000) ?? 30
        seconds = try arguments.number("--seconds", in: 0.01...600) ?? 0.5
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        if !isJSON {
            print("network    without, steps/s   --run ÷ without   a checkpoint takes   one a minute ÷ none")
        }
        for model in models {
            var plan = try BenchmarkConfig.plan(model)
            // As a run has them that says nothing of it.
            plan.statistics = StatisticsPlan()
            // None by themselves, nor for going back.
            (plan.checkpoints.minutes, plan.checkpoints.memory) = (10_000, 0)
            report(plan.name, try measure(plan))
        }
        return ExitCode.done
    }

    /// Steps a second of each turn.
    private struct Measurement {
        /// One more than there are windows with a directory, which lie between them.
        var plain: [Double] = []
        /// With a directory, in turns without a checkpoint and with one.
        var kept: [Double] = []

        /// Each window with a directory over the mean of its neighbours without.
        private func ratios(_ places: StrideTo<Int>) -> [Double] {
            places.map { 2 * kept[$0] / (plain[$0] + plain[$0 + 1]) }
        }

        /// Of the windows without a checkpoint.
        var keeping: [Double] { ratios(stride(from: 0, to: kept.count, by: 2)) }
        /// Of those with one.
        var writing: [Double] { ratios(stride(from: 1, to: kept.count, by: 2)) }
    }

    /// A run that stands still until its turn comes.
    private struct Racer {
        let run: LiveSession

        init(_ material: RunMaterial, _ directory: RunDirectory?) throws {
            run = try LiveSession(
                material: material, script: [], log: nil, directory: directory, isWatched: false, canSteer: true,
                startsPaused: true)
        }

        /// Trains for a while; steps a second, what lies between the steps included.
        func train(seconds: Double, withCheckpoint: Bool = false) throws -> Double {
            let before = run.feed.status.latestStep?.step ?? -1
            run.mailbox.send(.resume, from: .person)
            let first = try wait { $0.step > before }
            if withCheckpoint { run.mailbox.send(.checkpoint, from: .person) }
            let last = try wait { $0.step > first.step && $0.elapsedSeconds - first.elapsedSeconds >= seconds }
            run.mailbox.send(.pause, from: .person)
            while !run.feed.status.phase.isPaused, run.end == nil { Thread.sleep(forTimeInterval: 0.005) }
            return Double(last.step - first.step) / (last.elapsedSeconds - first.elapsedSeconds)
        }

        private func wait(until isMet: (StepReport) -> Bool) throws(UsageError) -> StepReport {
            while true {
                if let step = run.feed.status.latestStep, isMet(step) { return step }
                guard run.end == nil else {
                    throw UsageError("sitter bench: the run ended; this config cannot be measured")
                }
                Thread.sleep(forTimeInterval: 0.005)
            }
        }

        func end() {
            run.mailbox.send(.stop(keep: .last), from: .person)
            _ = run.finish()
        }
    }

    private func measure(_ plan: RunPlan) throws -> Measurement {
        let material = try RunMaterial(plan: plan)
        defer { material.pool.close() }
        // Data and threads are the same, of which only one makes use at a time.
        let twin = try RunMaterial(plan: plan, data: material.data, pool: material.pool)
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("sitter-bench-\(getpid())").path
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let (plain, kept) = (
            try Racer(material, nil), try Racer(twin, RunDirectory.prepare("\(folder)/\(plan.name)"))
        )
        defer {
            plain.end()
            kept.end()
        }
        // Caches and the allocator settle first.
        for racer in [plain, kept] { _ = try racer.train(seconds: 2 * seconds) }
        var measurement = Measurement()
        measurement.plain.append(try plain.train(seconds: seconds))
        for turn in 0..<2 * rounds {
            measurement.kept.append(try kept.train(seconds: seconds, withCheckpoint: turn % 2 == 1))
            measurement.plain.append(try plain.train(seconds: seconds))
        }
        return measurement
    }

    private func report(_ name: String, _ measurement: Measurement) {
        let (keeping, writing) = (Spread(measurement.keeping), Spread(measurement.writing))
        let checkpoint = max(0, seconds * (1 - writing.median / keeping.median))
        let minute = keeping.median * (1 - checkpoint / 60)
        let plain = Spread(measurement.plain)
        guard !isJSON else {
            let json: JSON = [
                "model": .string(name), "stepsPerSecond": plain.json, "ratio": keeping.json,
                "checkpointSeconds": .number(checkpoint), "ratioAtAMinute": .number(minute),
            ]
            return print(json.compact)
        }
        print(
            String(
                format: "%-10@ %16.1f   %.3f             %6.1f ms            %.4f", name as NSString, plain.median,
                keeping.median, checkpoint * 1000, minute))
    }
}
