import Cells
import CursesTerminal
import Foundation
import Runs
import Settings
import Themes
import Training

/// What the dashboard costs: steps per second with it over steps per second without, in turns, on several nets.
struct OverheadBenchmark {
    private let rounds: Int
    private let seconds: Double
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        rounds = try Self.number(arguments, "--rounds", 7) { $0 >= 1 && $0 <= 1000 && $0 == $0.rounded() }.asInt
        seconds = try Self.number(arguments, "--seconds", 2) { $0 >= 0.1 && $0 <= 600 }
        isJSON = arguments.has("--json")
    }

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
            print("steps/s with the dashboard ÷ without, \(rounds) rounds of \(seconds) s each, 200x50 pseudo-terminal")
        }
        for net in BenchmarkNet.all {
            let material = try RunMaterial(plan: net.plan)
            // The first runs warm caches and the allocator up.
            _ = try measure(material, isWatched: false)
            _ = try measure(material, isWatched: true)
            var pairs: [(plain: Measurement, watched: Measurement)] = []
            for round in 0..<rounds {
                // In turns, and each first every other time, so that a drifting machine is fair to both.
                if round % 2 == 0 {
                    let plain = try measure(material, isWatched: false)
                    pairs.append((plain, try measure(material, isWatched: true)))
                } else {
                    let watched = try measure(material, isWatched: true)
                    pairs.append((try measure(material, isWatched: false), watched))
                }
            }
            report(net.name, pairs)
            material.pool.close()
        }
        return ExitCode.done
    }

    /// One stretch of training; the layers are measured within the budget in both cases, which `statisticsShare` tells.
    struct Measurement {
        var stepsPerSecond: Double
        /// CPU time of the dashboard's thread over the time of the training.
        var dashboardShare: Double
        var statisticsShare: Double
    }

    private func measure(_ material: RunMaterial, isWatched: Bool) throws -> Measurement {
        let terminal = isWatched ? try PseudoTerminal(size: Size(width: 200, height: 50)) : nil
        defer { terminal?.close() }
        let screen = try terminal?.open()
        let run = try LiveSession(material: material, script: [], log: nil, directory: nil, isWatched: true)
        let end = MonotonicClock.seconds + seconds
        var cpu = 0.0
        if let screen {
            let session = DashboardSession(
                description: run.description, feed: run.feed, control: run.mailbox,
                palette: Palette(theme: .sitterDark, depth: .trueColor), glyphs: .unicode)
            let before = Self.threadSeconds
            _ = session.watch(on: screen) { MonotonicClock.seconds < end }
            cpu = Self.threadSeconds - before
        } else {
            Thread.sleep(forTimeInterval: seconds)
        }
        run.mailbox.send(.stop(keep: .last), from: .script)
        let summary = run.finish()
        let steps = run.feed.status.latestStep
        screen?.close()
        // The steps' own time: opening and closing a terminal is no part of training.
        let trained = steps?.trainingSeconds ?? 0
        return Measurement(
            stepsPerSecond: trained > 0 ? Double(summary.position.step) / trained : 0,
            dashboardShare: cpu / seconds, statisticsShare: run.feed.status.statisticsShare)
    }

    private static var threadSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private func report(_ name: String, _ pairs: [(plain: Measurement, watched: Measurement)]) {
        let ratios = pairs.map { $0.watched.stepsPerSecond / $0.plain.stepsPerSecond }.sorted()
        let rate = pairs.map(\.plain.stepsPerSecond).sorted()[pairs.count / 2]
        let cpu = pairs.map(\.watched.dashboardShare).sorted()[pairs.count / 2]
        let statistics = pairs.map(\.watched.statisticsShare).sorted()[pairs.count / 2]
        let median = ratios[ratios.count / 2]
        if isJSON {
            let json: JSON = [
                "net": .string(name), "stepsPerSecond": .number(rate),
                "ratio": [
                    "median": .number(median), "min": .number(ratios[0]), "max": .number(ratios[ratios.count - 1]),
                ],
                "dashboardShare": .number(cpu), "statisticsShare": .number(statistics),
            ]
            print(json.compact)
        } else {
            print(
                String(
                    format:
                        "%-12@ %8.1f steps/s   ratio %.3f (min %.3f, max %.3f)   dashboard %.2f %% of a core, statistics %.2f %%",
                    name as NSString, rate, median, ratios[0], ratios[ratios.count - 1], cpu * 100, statistics * 100))
        }
    }
}

extension Double {
    fileprivate var asInt: Int { Int(self) }
}
