/// One option of a subcommand, as the reader and `--help` know it.
package struct CommandOption: Hashable, Sendable {
    /// As it is written, with its dashes: `--set`.
    package let name: String
    /// What stands for the value in help, nil for a flag.
    package let value: String?
    /// What it does, in one sentence for the help page.
    package let help: String
    /// Whether it may be given more than once.
    package let repeats: Bool

    /// An option by its name and its help.
    package init(_ name: String, value: String? = nil, repeats: Bool = false, _ help: String) {
        self.name = name
        self.value = value
        self.help = help
        self.repeats = repeats
    }
}
