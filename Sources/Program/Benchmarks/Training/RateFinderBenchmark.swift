import Charts
import Commands
import Foundation
import Machine
import Plans
import Runs
import Settings
import Training

/// What rates that are suggested lead to: trains ten small nets to their end at each of them, and at each of a grid.
struct RateFinderBenchmark {
    private let seed: UInt64
    private let isJSON: Bool
    private let tries: Bool
    private let mostTrialSteps: Int

    /// A suggestion is good whose final loss is within this share of the grid's best.
    private static let tolerance = 1.05

    init(_ arguments: ParsedArguments) throws(UsageError) {
        seed = UInt64(try arguments.wholeNumber("--seed", in: 0...1_000_000) ?? 1)
        isJSON = arguments.has("--json")
        tries = !arguments.has("--no-trials")
        mostTrialSteps = try arguments.wholeNumber("--count", in: 1...1_000_000) ?? .max
    }

    func run() throws -> Int32 {
        if !isJSON {
            print(
                "net                             grid's best        suggested          tried balanced valley steepest min/10  seconds"
            )
        }
        var good = 0
        for net in RateNet.all {
            let found = try find(net)
            let grid = try net.grid.map { ($0, try loss(of: net, rate: $0)) }
            let best = grid.min { $0.1 < $1.1 } ?? (0, .nan)
            var losses: [RateSuggestion.Way: Double] = [:]
            for suggestion in found.result.suggestions {
                losses[suggestion.way] = try loss(of: net, rate: found.base(suggestion.rate))
            }
            let suggested = found.result.suggested.flatMap { losses[$0.way] } ?? .infinity
            if suggested <= best.1 * Self.tolerance { good += 1 }
            report(net, found, grid: grid, best: best, losses: losses, suggested: suggested)
        }
        if !isJSON { print("\(good) of \(RateNet.all.count) within 5 % of the grid's best") }
        return good == RateNet.all.count ? ExitCode.done : ExitCode.failed
    }

    /// What a range test found, and what it took.
    private struct Found {
        let result: RateTestResult
        let rate: Double
        let seconds: Double

        /// The optimizer's rate that makes a rate the highest of the schedule.
        func base(_ peak: Double) -> Double { peak * rate / result.peak }
    }

    private func find(_ net: RateNet) throws -> Found {
        let plan = try net.plan(seed: seed)
        let material = try RunMaterial(plan: plan)
        defer { material.pool.close() }
        let began = MonotonicClock.seconds
        var finder = RateFinder(material)
        finder.mostTrialSteps = mostTrialSteps
        let result = finder.run(RateTest(tries: tries)) { _ in true }
        return Found(result: result, rate: plan.learningRate, seconds: MonotonicClock.seconds - began)
    }

    /// The mean training loss of the last epoch; infinite where it did not come so far.
    private func loss(of net: RateNet, rate: Double) throws -> Double {
        let material = try RunMaterial(plan: net.plan(seed: seed, rate: rate))
        defer { material.pool.close() }
        let reports = ReportMailbox()
        let trainer = Trainer(
            material: material, mailbox: CommandMailbox(), reports: reports, options: TrainerOptions())
        let end = trainer.run()
        var all: [Report] = []
        _ = reports.drain(into: &all)
        let losses = all.compactMap { if case .step(let step) = $0 { step.loss } else { nil } }
        let last = losses.suffix(material.epochs.stepsPerEpoch)
        let mean = last.reduce(0, +) / Double(max(1, last.count))
        return end.reason == .completed && mean.isFinite ? mean : .infinity
    }

    private func report(
        _ net: RateNet, _ found: Found, grid: [(Double, Double)], best: (Double, Double),
        losses: [RateSuggestion.Way: Double], suggested: Double
    ) {
        guard !isJSON else {
            let json: JSON = .object([
                ("net", .string(net.name)), ("seed", .integer(Int(seed))), ("seconds", .number(found.seconds)),
                ("peak", .number(found.result.peak)), ("base", .number(found.rate)),
                ("grid", .array(grid.map { .array([.number($0.0), .number($0.1)]) })),
                (
                    "suggestions",
                    .array(
                        found.result.suggestions.map {
                            .array([.string($0.way.words), .number($0.rate), .number(losses[$0.way] ?? .nan)])
                        })
                ),
                ("trials", .array(found.result.trials.map { .array([.number($0.rate), .number($0.loss)]) })),
                ("points", .array(found.result.curve.points.map { .array([.number($0.rate), .number($0.loss)]) })),
            ])
            return print(json.compact)
        }
        func ratio(_ way: RateSuggestion.Way) -> String {
            losses[way].map { String(format: "%6.2f", $0 / best.1) } ?? "     -"
        }
        let rate = found.result.suggested.map { found.base($0.rate) } ?? .nan
        print(
            net.name.padding(toLength: 30, withPad: " ", startingAt: 0)
                + String(format: "  %7.4f at %-7.2g %7.4f at %-7.2g", best.1, best.0, suggested, rate)
                + "\(ratio(.tried))   \(ratio(.balanced)) \(ratio(.valley))   \(ratio(.steepest)) \(ratio(.minimumOverTen))"
                + String(format: "  %7.1f", found.seconds) + (suggested <= best.1 * Self.tolerance ? "" : "  <-"))
    }
}
