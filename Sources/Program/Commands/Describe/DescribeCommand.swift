/// `sitter describe`: the layer table of a config, without training it.
package enum DescribeCommand {
    /// Its name, options and help, and what it does.
    package static let subcommand = Subcommand(
        name: "describe", usage: "[CONFIG] [OPTIONS]",
        abstract: "Show a config's layers: shapes, parameters, multiply-adds, memory.",
        discussion: """
            Without CONFIG it describes the built-in demo. Multiply-adds are of one example's forward pass. A layer's
            memory is its output and workspace for a batch, its weights and their gradients; the peak of the whole is
            less, since memory that is no longer needed is used again.

            """,
        options: [
            CommandOption(
                "--set", value: "KEY=VALUE", repeats: true, "change a key of the config: --set batchSize=32"),
            CommandOption("--json", "write one JSON object in place of the table"),
            CommandOption("--help", "show this"),
        ],
        mostOperands: 1,
        run: { arguments in
            let plan = try ConfigFile.plan(arguments.operands.first, changes: arguments.all("--set"))
            let description = try NetworkDescription(plan: plan)
            say(description.warnings)
            print(arguments.has("--json") ? description.json.pretty : description.table)
            return ExitCode.done
        })
}
