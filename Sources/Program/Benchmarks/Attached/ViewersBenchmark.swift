import Commands
import Foundation
import Machine
import Plans
import RunStore
import Runs
import Settings
import Training

/// What viewers at the socket cost: steps per second with three of them over steps per second with none, on several nets.
///
/// One run a net, whose viewers work and are stopped in turns, as in `OverheadBenchmark`: each window with them is compared
/// with the mean of its two neighbours without.
struct ViewersBenchmark {
    private let rounds: Int
    private let seconds: Double
    private let viewers: Int
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        rounds = try arguments.wholeNumber("--rounds", in: 1...1000) ?? 40
        seconds = try arguments.number("--seconds", in: 0.1...600) ?? 0.5
        viewers = try arguments.wholeNumber("--count", in: 1...16) ?? 3
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        if !isJSON {
            print("steps/s with \(viewers) viewers attached ÷ with none, \(rounds) windows of \(seconds) s")
        }
        for net in BenchmarkNet.all {
            let material = try RunMaterial(plan: net.plan)
            report(net.name, try measure(material))
            material.pool.close()
        }
        return ExitCode.done
    }

    private struct Window {
        var stepsPerSecond = 0.0
        /// Processor time over the window's time.
        var serverShare = 0.0
        var viewersShare = 0.0
    }

    private struct Measurement {
        /// One more than there are windows with viewers, which lie between them.
        var plain: [Window] = []
        var watched: [Window] = []

        var ratios: [Double] {
            watched.enumerated().map { index, window in
                2 * window.stepsPerSecond / max(1e-9, plain[index].stepsPerSecond + plain[index + 1].stepsPerSecond)
            }
        }
    }

    private func measure(_ material: RunMaterial) throws -> Measurement {
        let place = NSTemporaryDirectory() + "sitter-bench-\(UUID().uuidString)"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let run = try LiveSession(
            material: material, script: [], log: nil, directory: try RunDirectory.prepare(place + "/run"),
            isWatched: true)
        guard let directory = run.directory else { return Measurement() }
        let shown = try (0..<viewers).map { _ in
            try AttachedViewer(of: directory, place: place, title: "% \(run.description.name) – sitter")
        }
        defer {
            for viewer in shown { viewer.close() }
            run.mailbox.send(.stop(keep: .last), from: .script)
            _ = run.finish()
        }
        for viewer in shown { _ = try viewer.firstFrame() }
        // Caches, the allocator and the statistics' budget settle first.
        Thread.sleep(forTimeInterval: max(2, seconds))
        var measurement = Measurement()
        for turn in 0...2 * rounds {
            let isWatched = turn % 2 == 1
            for viewer in shown { viewer.stand(still: !isWatched) }
            // Who was stopped catches up first.
            Thread.sleep(forTimeInterval: 0.1)
            let window = window(of: run, shown)
            if isWatched { measurement.watched.append(window) } else { measurement.plain.append(window) }
        }
        return measurement
    }

    private func window(of run: LiveSession, _ shown: [AttachedViewer]) -> Window {
        struct Moment {
            let step: Int, trainingSeconds: Double, server: Double, viewers: Double
            let seconds = MonotonicClock.seconds
            init(_ run: LiveSession, _ shown: [AttachedViewer]) {
                server = ThreadTimes.seconds(named: "viewer")
                viewers = shown.reduce(0) { $0 + $1.cpuSeconds }
                let latest = run.feed.status.latestStep
                (step, trainingSeconds) = (latest?.step ?? 0, latest?.trainingSeconds ?? 0)
            }
        }
        let began = Moment(run, shown)
        Thread.sleep(forTimeInterval: seconds)
        let end = Moment(run, shown)
        let (trained, passed) = (end.trainingSeconds - began.trainingSeconds, end.seconds - began.seconds)
        return Window(
            stepsPerSecond: trained > 0 ? Double(end.step - began.step) / trained : 0,
            serverShare: (end.server - began.server) / passed, viewersShare: (end.viewers - began.viewers) / passed)
    }

    private func report(_ name: String, _ measurement: Measurement) {
        let ratios = measurement.ratios.sorted()
        let rate = measurement.plain.map(\.stepsPerSecond).sorted().quantile(0.5)
        let server = measurement.watched.map(\.serverShare).reduce(0, +) / Double(measurement.watched.count)
        let viewers = measurement.watched.map(\.viewersShare).reduce(0, +) / Double(measurement.watched.count)
        if isJSON {
            let json: JSON = [
                "net": .string(name), "stepsPerSecond": .number(rate),
                "ratio": [
                    "median": .number(ratios.quantile(0.5)), "lowerQuartile": .number(ratios.quantile(0.25)),
                    "upperQuartile": .number(ratios.quantile(0.75)),
                ],
                "serverShare": .number(server), "viewersShare": .number(viewers),
            ]
            print(json.compact)
        } else {
            print(
                name.padding(toLength: 11, withPad: " ", startingAt: 0)
                    + String(
                        format: "%8.1f steps/s   ratio %.3f (quartiles %.3f %.3f)   ", rate, ratios.quantile(0.5),
                        ratios.quantile(0.25), ratios.quantile(0.75))
                    + String(
                        format: "server %.2f %% of a core, viewers %.2f %%", server * 100, viewers * 100))
        }
    }
}
