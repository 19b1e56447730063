import Cells
import Commands
import CursesTerminal
import Foundation
import History
import Machine
import Plans
import RunStore
import Runs
import Settings
import Themes
import Training

/// What the dashboard costs: steps per second with it over steps per second without, on several nets.
///
/// One run a net, whose dashboard draws and stands still in turns, in windows so short that a drifting machine is fair to
/// both: each window with it is compared with the mean of its two neighbours without.
struct OverheadBenchmark {
    private let rounds: Int
    private let seconds: Double
    /// Of the line that the dashboard draws on; nil for a fast one.
    private let baud: Int?
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        rounds = Int(try Self.number(arguments, "--rounds", 40) { $0 >= 1 && $0 <= 1000 && $0 == $0.rounded() })
        seconds = try Self.number(arguments, "--seconds", 0.5) { $0 >= 0.1 && $0 <= 600 }
        baud = try arguments.wholeNumber("--baud", in: 300...1_000_000)
        isJSON = arguments.has("--json")
    }

    /// On a fast line, without a word.
    init(rounds: Int, seconds: Double) { (self.rounds, self.seconds, baud, isJSON) = (rounds, seconds, nil, false) }

    private static func number(
        _ arguments: ParsedArguments, _ name: String, _ standard: Double, _ isRight: (Double) -> Bool
    ) throws(UsageError) -> Double {
        guard let text = arguments.value(name) else { return standard }
        guard let number = Double(text), isRight(number) else {
            throw UsageError("sitter bench: \(name) \(text) is out of range; see sitter bench --help")
        }
        return number
    }

    func run() throws -> Int32 {
        if !isJSON {
            print(
                "steps/s with the dashboard ÷ without, \(rounds) windows of \(seconds) s, 200x50 pseudo-terminal"
                    + (baud.map { " at \($0) baud" } ?? ""))
        }
        for net in BenchmarkNet.all {
            let material = try RunMaterial(plan: net.plan)
            report(net.name, try measure(material))
            material.pool.close()
        }
        return ExitCode.done
    }

    /// Of each net the steps a second with the dashboard over those without, window by window.
    func ratios() throws -> [(net: String, ratios: [Double])] {
        try BenchmarkNet.all.map { net in
            let material = try RunMaterial(plan: net.plan)
            defer { material.pool.close() }
            return (net.name, try measure(material).ratios)
        }
    }

    /// One window of training; the layers are measured within the budget in all of them, which the report tells.
    private struct Window {
        var stepsPerSecond = 0.0
        /// CPU time of the dashboard's thread over the window's time.
        var dashboardShare = 0.0
    }

    private struct Measurement {
        /// One more than there are windows with the dashboard, which lie between them.
        var plain: [Window] = []
        var watched: [Window] = []
        var statisticsShare = 0.0

        /// Each window with the dashboard over the mean of its neighbours without.
        var ratios: [Double] {
            watched.enumerated().map { index, window in
                2 * window.stepsPerSecond / max(1e-9, plain[index].stepsPerSecond + plain[index + 1].stepsPerSecond)
            }
        }
    }

    /// How far the training and the dashboard's thread are at one moment.
    private struct Moment {
        let step: Int
        let trainingSeconds: Double
        let cpuSeconds: Double
        let seconds = MonotonicClock.seconds

        init(_ feed: LiveRun) {
            let latest = feed.status.latestStep
            step = latest?.step ?? 0
            trainingSeconds = latest?.trainingSeconds ?? 0
            cpuSeconds = ProcessorClock.secondsOfThread
        }

        func window(until end: Moment) -> Window {
            let trained = end.trainingSeconds - trainingSeconds
            return Window(
                stepsPerSecond: trained > 0 ? Double(end.step - step) / trained : 0,
                dashboardShare: (end.cpuSeconds - cpuSeconds) / max(1e-9, end.seconds - seconds))
        }
    }

    private func measure(_ material: RunMaterial) throws -> Measurement {
        let terminal = try BenchmarkTerminal(size: Size(width: 200, height: 50), baud: baud)
        defer { terminal.close() }
        let screen = try terminal.open()
        let run = try LiveSession(material: material, script: [], log: nil, directory: nil, isWatched: true)
        let session = DashboardSession(
            description: run.description, feed: run.feed, control: run.mailbox, glyphs: .unicode)
        var measurement = Measurement()
        // Caches, the allocator and the statistics' budget settle first.
        let warm = MonotonicClock.seconds + max(2, seconds)
        var began: Moment?
        _ = session.watch(on: screen) {
            let now = MonotonicClock.seconds
            if let start = began {
                guard now - start.seconds >= seconds else { return true }
                measurement.watched.append(start.window(until: Moment(run.feed)))
            } else if now < warm {
                return true
            }
            let rest = Moment(run.feed)
            Thread.sleep(forTimeInterval: seconds)
            let end = Moment(run.feed)
            measurement.plain.append(rest.window(until: end))
            began = end
            return measurement.watched.count < rounds
        }
        measurement.statisticsShare = run.feed.status.statisticsShare
        run.mailbox.send(.stop(keep: .last), from: .script)
        _ = run.finish()
        screen.close()
        return measurement
    }

    private func report(_ name: String, _ measurement: Measurement) {
        let plain = measurement.plain.map(\.stepsPerSecond)
        let ratios = measurement.ratios.sorted()
        func quantile(_ share: Double) -> Double { ratios[Int(share * Double(ratios.count - 1) + 0.5)] }
        let rate = plain.sorted()[plain.count / 2]
        let cpu = measurement.watched.map(\.dashboardShare).sorted()[measurement.watched.count / 2]
        if isJSON {
            let json: JSON = [
                "net": .string(name), "stepsPerSecond": .number(rate),
                "ratio": [
                    "median": .number(quantile(0.5)), "lowerQuartile": .number(quantile(0.25)),
                    "upperQuartile": .number(quantile(0.75)), "min": .number(quantile(0)), "max": .number(quantile(1)),
                ],
                "dashboardShare": .number(cpu), "statisticsShare": .number(measurement.statisticsShare),
            ]
            print(json.compact)
        } else {
            print(
                name.padding(toLength: 11, withPad: " ", startingAt: 0)
                    + String(
                        format: "%8.1f steps/s   ratio %.3f (quartiles %.3f %.3f)   ", rate, quantile(0.5),
                        quantile(0.25), quantile(0.75))
                    + String(
                        format: "dashboard %.2f %% of a core, statistics %.2f %%", cpu * 100,
                        measurement.statisticsShare * 100))
        }
    }
}
