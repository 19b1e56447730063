import Charts
import Foundation
import RunStore
import Settings

/// `sitter runs`: what runs there are, how they went, and in what their configs differ.
package enum RunsCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "runs", usage: "[DIR] [OPTIONS]",
        abstract: "List runs: how far they came, their best, changes by hand; or how two configs differ.",
        discussion: """
            DIR is a folder of run directories, runs/ without it. A run without an end that no process holds has crashed:
            sitter train --resume goes on with it. In a terminal the list is a screen: Enter opens a run in the dashboard,
            space marks others to be drawn behind it.

            """,
        options: [
            CommandOption(
                "--where", value: "CONDITION", repeats: true,
                "only runs for which it holds: 'optimizer.sgd.learningRate>0.01', 'state=crashed', 'accuracy>=0.9'"),
            CommandOption(
                "--sort", value: "KEY",
                "by time (without it), name, state, steps, accuracy, loss, seconds, changes or a key of the config"),
            CommandOption("--diff", "DIR and one more: the keys in which the configs of two runs differ"),
            CommandOption("--table", "the table as text, also in a terminal"),
            CommandOption("--json", "one JSON object a run in place of the table"),
        ] + ScreenOptions.options + [CommandOption("--help", "show this")],
        mostOperands: 2,
        run: { arguments in
            if arguments.has("--diff") {
                guard arguments.operands.count == 2 else {
                    throw UsageError("--diff: two run directories are due, as in sitter runs --diff runs/a runs/b")
                }
                let runs = try arguments.operands.map { path in
                    guard let run = RunRecord(path) else { throw UsageError("\(path): no run directory") }
                    return run
                }
                print(ConfigDifference(runs[0], runs[1]).text)
                return ExitCode.done
            }
            if let second = arguments.operands.dropFirst().first {
                throw UsageError("one folder is due, not \(second) beside it; --diff compares two runs")
            }
            let conditions = try arguments.all("--where").map { try RunCondition($0) }
            let key = try arguments.value("--sort").map { try RunKey($0) }
            let folder = arguments.operands.first ?? "runs"
            var runs = try RunRecord.all(in: folder)
            tell(RunRecord.unreadable(in: folder))
            guard !runs.isEmpty else {
                throw UsageError("\(folder): no run directories in it; sitter train --save makes one")
            }
            if let key, !runs.contains(where: { key.value(of: $0) != nil }) {
                throw UsageError("--sort \(key.name): none of the \(runs.count) runs has this key")
            }
            for condition in conditions where !runs.contains(where: { condition.key.value(of: $0) != nil }) {
                throw UsageError(
                    "--where \(condition.text): none of the \(runs.count) runs has the key \(condition.key.name)")
            }
            runs = runs.filter { run in conditions.allSatisfy { $0.holds(for: run) } }
            if let key { runs = key.sorted(runs) }
            if !arguments.has("--json"), !arguments.has("--table"), !runs.isEmpty {
                let options = try ScreenOptions(arguments)
                if let screen = try ScreenChoice(options) {
                    var list = try RunsScreen(folder, where: conditions, sortedBy: key, options)
                    return try list.show(screen)
                }
            }
            if arguments.has("--json") {
                for run in runs { print(RunsTable.json(of: run).compact) }
            } else {
                print(runs.isEmpty ? "no run fits" : RunsTable(runs).text)
            }
            return ExitCode.done
        })

    /// Says which folders are left out.
    private static func tell(_ folders: [(name: String, reason: String)]) {
        guard !folders.isEmpty else { return }
        let shown = folders.prefix(3).map { "\($0.name) (\($0.reason))" }.joined(separator: ", ")
        let many = folders.count == 1 ? "a folder" : "\(folders.count) folders"
        FileHandle.standardError.say(
            "sitter: \(many) cannot be read: \(OneLine.of(shown))\(folders.count > 3 ? ", ..." : "")\n")
    }
}
