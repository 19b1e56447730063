import Foundation
import Machine
import Settings

/// The program: finds the subcommand, runs it, and turns mistakes into one line and exit code 2.
package struct SitterCommand {
    /// As `--version` says it.
    package static let version = "0.1.0"

    /// All subcommands, in the order of the help page.
    package let subcommands: [Subcommand]

    /// - Parameter more: subcommands from above this room.
    package init(with more: [Subcommand] = []) {
        let explained =
            [
                TrainCommand.subcommand, DescribeCommand.subcommand, FindRateCommand.subcommand,
                CheckCommand.subcommand, SearchCommand.subcommand, RunsCommand.subcommand, AttachCommand.subcommand,
                WatchCommand.subcommand, SendCommand.subcommand, RerunCommand.subcommand, EvaluateCommand.subcommand,
            ] + more
        subcommands = explained + [HelpCommand.subcommand(with: more)]
    }

    /// Runs the program on its arguments, the program's own name excluded.
    ///
    /// - Returns: the exit code: 0 done, 1 the work failed, 2 bad input, 128 + n ended by signal n.
    package func main(_ arguments: [String]) -> Int32 {
        do {
            return try dispatch(arguments)
        } catch let error as UsageError {
            Self.complain(error.description)
        } catch {
            Self.complain("\(error)")
        }
        return 2
    }

    private func dispatch(_ arguments: [String]) throws -> Int32 {
        switch arguments.first {
        case "--help", "-h":
            print(help, terminator: "")
            return 0
        case "--version":
            print("sitter \(Self.version)")
            return 0
        case let word? where !word.hasPrefix("-"):
            guard let subcommand = subcommands.first(where: { $0.name == word }) else { throw unknown(word) }
            return try run(subcommand, Array(arguments.dropFirst()))
        default:
            // No subcommand: train, so that `sitter` alone opens the demo.
            return try run(TrainCommand.subcommand, arguments)
        }
    }

    private func run(_ subcommand: Subcommand, _ words: [String]) throws -> Int32 {
        if words.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
            print(subcommand.help, terminator: "")
            return 0
        }
        let parsed = try ParsedArguments(
            words, options: subcommand.options, command: "sitter \(subcommand.name)",
            mostOperands: subcommand.mostOperands)
        return try subcommand.run(parsed)
    }

    /// What to say about a word that is no subcommand.
    package func unknown(_ word: String) -> UsageError {
        if FileStatus.exists(word) {
            return UsageError("unknown subcommand \"\(word)\"; to train it, write: sitter train \(word)")
        }
        let names = subcommands.map(\.name)
        let hint = Setting.nearestName(to: word, in: names).map { "did you mean \"\($0)\"?" }
        return UsageError(
            "unknown subcommand \"\(word)\"; \(hint ?? "known are " + names.joined(separator: ", ") + "; see sitter --help")"
        )
    }

    private static func complain(_ line: String) {
        FileHandle.standardError.say("sitter: \(OneLine.of(line))\n")
    }

    /// The help page of the program.
    package var help: String {
        let width = subcommands.map(\.name.count).max() ?? 0
        let list = subcommands.map { subcommand in
            "  \(subcommand.name.padding(toLength: width, withPad: " ", startingAt: 0))  \(subcommand.abstract)"
        }
        return """
            sitter trains a neural network and lets you watch it and steer it, in the terminal.

            usage: sitter [SUBCOMMAND] [OPTIONS]

            Without a subcommand it trains the built-in demo with the dashboard on.

            subcommands:
            \(list.joined(separator: "\n"))

            sitter SUBCOMMAND --help says more. Exit codes: 0 done, 1 the work failed, 2 the command line or a file was
            wrong, 128 + n stopped by signal n: 130 by Ctrl-C, 143 by SIGTERM.

            """
    }
}
