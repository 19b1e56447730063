import Cells
import Files
import Foundation
import Machine
import Plans
import Runs
import Screens
import Settings
import Training

/// `sitter find-lr`: a learning-rate range test of a config, drawn, with suggestions.
package enum FindRateCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "find-lr", usage: "[CONFIG] [OPTIONS]",
        abstract: "Find a learning rate: train at rising rates, draw the loss over the rate, suggest some.",
        discussion: """
            The rate rises from step to step until the loss blows up; a first ramp finds out where that is. Then a few rates are
            trained with for a while each, where that takes seconds, and the best of them is what is suggested first. The
            others are read from the curve: valley (half way along the longest fall), steepest (where the loss falls
            fastest), minimum/10 and, where nothing was tried, balanced (between valley and blow-up). A rate is the
            highest of the schedule. Exit code 1 where the loss goes down at no rate.

            """,
        options: [
            CommandOption(
                "--set", value: "KEY=VALUE", repeats: true, "change a key of the config: --set batchSize=32"),
            CommandOption("--from", value: "RATE", "the first rate, in place of one that is found"),
            CommandOption("--to", value: "RATE", "the rate that the ramp goes up to, unless the loss blows up before"),
            CommandOption("--steps", value: "N", "points of the ramp (100)"),
            CommandOption("--no-trials", "read the curve alone, without training at a few rates afterwards"),
            CommandOption(
                "--use", value: "HOW", "what --write takes: tried, balanced, valley, steepest or\nminimum/10"),
            CommandOption("--write", value: "FILE", "write the config with the suggested rate to a new file"),
            CommandOption("--json", "write one JSON object in place of the chart"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 1, run: run)

    private static func run(_ arguments: ParsedArguments) throws -> Int32 {
        var test = RateTest()
        test.from = try arguments.number("--from", in: 1e-12...CommandRules.largestRate)
        test.to = try arguments.number("--to", in: 1e-12...CommandRules.largestRate)
        test.steps = try arguments.wholeNumber("--steps", in: RateTest.stepRange) ?? RateTest.usualSteps
        test.tries = !arguments.has("--no-trials")
        if let problem = test.problem { throw UsageError("sitter find-lr: \(problem)") }
        let way = try arguments.value("--use").map { try self.way($0) }
        let target = arguments.value("--write")
        if let target, FileStatus.exists(target) { throw UsageError("--write \(target): there is a file already") }
        let plan = try ConfigFile.plan(arguments.operands.first, changes: arguments.all("--set"))
        let material = try RunMaterial(plan: plan)
        defer { material.pool.close() }
        say(material.description.warnings)
        let line = WaitingLine("finding a learning rate")
        let result = RateFinder(material).run(test) { result in
            line.show(result.share)
            return true
        }
        line.clear()
        let report = FoundRates(result, plan: plan, material: material)
        print(arguments.has("--json") ? report.json.pretty : report.text(on: PlainScreen()))
        guard let chosen = result.suggestions.first(where: { way == nil || $0.way == way }) else {
            return ExitCode.failed
        }
        if let target {
            try AtomicFile.write(Array((report.plan(taking: chosen.rate).json.pretty + "\n").utf8), to: target)
        }
        return ExitCode.done
    }

    private static func way(_ word: String) throws(UsageError) -> RateSuggestion.Way {
        let known = RateSuggestion.Way.allCases
        if let way = known.first(where: { $0.words == word || $0.rawValue == word }) { return way }
        throw UsageError("--use \(word): write \(known.map(\.words).joined(separator: ", "))")
    }
}
