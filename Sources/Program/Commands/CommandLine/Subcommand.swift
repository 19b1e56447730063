/// A subcommand: its name, its options and what it does.
package struct Subcommand: Sendable {
    /// The word after `sitter`.
    package let name: String
    /// What follows the name in the usage line.
    package let usage: String
    /// One sentence for the list of subcommands.
    package let abstract: String
    /// More for its own help page.
    package let discussion: String
    /// The options it knows, in the order of its help page.
    package let options: [CommandOption]
    /// How many words that are no options it takes; one more is an error.
    package let mostOperands: Int
    /// Does the work and gives the exit code; what it throws is the person's mistake.
    package let run: @Sendable (ParsedArguments) throws -> Int32

    /// - Parameters: as the properties of these names.
    package init(
        name: String, usage: String, abstract: String, discussion: String = "", options: [CommandOption],
        mostOperands: Int, run: @escaping @Sendable (ParsedArguments) throws -> Int32
    ) {
        self.name = name
        self.usage = usage
        self.abstract = abstract
        self.discussion = discussion
        self.options = options
        self.mostOperands = mostOperands
        self.run = run
    }

    /// The help page.
    package var help: String {
        let width = options.map { ($0.name + ($0.value.map { " " + $0 } ?? "")).count }.max() ?? 0
        let lines = options.map { option in
            let left = option.name + (option.value.map { " " + $0 } ?? "")
            let words = option.help.split(separator: "\n", omittingEmptySubsequences: false)
            let indent = String(repeating: " ", count: width + 4)
            return "  " + left + String(repeating: " ", count: width - left.count + 2)
                + words.joined(separator: "\n" + indent)
        }
        let page = ["\(abstract)\n", "usage: sitter \(name) \(usage)\n", discussion].filter { !$0.isEmpty }
        return (page + ["options:"] + lines).joined(separator: "\n") + "\n"
    }
}
