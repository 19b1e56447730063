/// One option of a subcommand, as the reader and `--help` know it.
package struct CommandOption: Hashable, Sendable {
    package let name: String
    /// What stands for the value in help, nil for a flag.
    package let value: String?
    package let help: String
    /// Whether it may be given more than once.
    package let repeats: Bool

    package init(_ name: String, value: String? = nil, repeats: Bool = false, _ help: String) {
        self.name = name
        self.value = value
        self.help = help
        self.repeats = repeats
    }
}
