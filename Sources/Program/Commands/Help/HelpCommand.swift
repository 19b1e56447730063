import Fields
import Runs
import Settings

/// `sitter help`: the program's page, a subcommand's, and the reference of configs and command files.
package enum HelpCommand {
    /// The subcommand of a program.
    /// - Parameter more: the program's subcommands from above this room.
    package static func subcommand(with more: [Subcommand]) -> Subcommand {
        Subcommand(
            name: "help", usage: "[SUBCOMMAND | config [KEY...] | commands [WORD...] | settings [KEY...]]",
            abstract: "Explain a subcommand, the keys of a config, the commands of a script, or your settings.",
            discussion: """
                sitter help config lists what a config may hold; sitter help config optimizer.sgd, schedule, layers or
                conv2d explains one key or case with its type, range, default, meaning and an example. sitter help
                commands does the same for the commands of --commands, sitter help settings for your habits.

                """,
            options: [
                CommandOption("--markdown", "with config: the whole reference as the README has it"),
                CommandOption("--help", "show this"),
            ],
            mostOperands: 64,
            run: { arguments in
                let program = SitterCommand(with: more)
                print(try page(arguments.operands, markdown: arguments.has("--markdown"), of: program), terminator: "")
                return ExitCode.done
            })
    }

    /// What to print for the words after `sitter help`.
    package static func page(
        _ words: [String], markdown: Bool = false, of program: SitterCommand = SitterCommand()
    ) throws(UsageError) -> String {
        guard let first = words.first else { return program.help }
        let keys = Array(words.dropFirst())
        switch first {
        case "config":
            if markdown { return ReferenceTable.markdown }
            guard !keys.isEmpty else { return try pages(of: nil) }
            var pages: [String] = []
            for key in keys { pages.append(try self.pages(of: key)) }
            return pages.joined(separator: "\n")
        case "settings": return try SettingsReference.page(keys)
        case "commands": return try CommandReference.page(keys)
        default:
            guard let subcommand = program.subcommands.first(where: { $0.name == first }) else {
                let names = program.subcommands.map(\.name) + ["config", "commands", "settings"]
                let hint = Setting.nearestName(to: first, in: names).map { "did you mean \"\($0)\"?" }
                throw UsageError(
                    "there is no help on \"\(first)\"; \(hint ?? "known are " + names.joined(separator: ", "))")
            }
            return subcommand.help
        }
    }

    private static func pages(of key: String?) throws(UsageError) -> String {
        try ConfigReference.topics(key).map(ReferencePage.text).joined(separator: "\n")
    }
}
