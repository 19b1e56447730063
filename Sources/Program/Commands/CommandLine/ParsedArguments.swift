import Settings

/// The words after a subcommand, told apart by its options.
package struct ParsedArguments: Sendable {
    /// The words that are no options and no values of them, in order.
    package private(set) var operands: [String] = []
    private var values: [String: [String]] = [:]

    /// Reads the words, strictly: unknown options and missing values are errors with the nearest known name.
    ///
    /// `--name value` and `--name=value` are the same; after `--` everything is an operand.
    package init(
        _ words: [String], options: [CommandOption], command: String, mostOperands: Int
    ) throws(UsageError) {
        var rest = words[...]
        while let word = rest.popFirst() {
            if word == "--" {
                operands += rest
                break
            }
            guard word.hasPrefix("-"), word != "-" else {
                operands.append(word)
                continue
            }
            let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = String(parts[0])
            guard let option = options.first(where: { $0.name == name }) else {
                throw Self.unknown(name, options: options, command: command)
            }
            if values[name] != nil, !option.repeats { throw UsageError("\(command): \(name) is given twice") }
            var value = ""
            if let due = option.value {
                if parts.count == 2 {
                    value = String(parts[1])
                } else if let next = rest.popFirst() {
                    value = next
                } else {
                    throw UsageError("\(command): \(name) needs a value: \(name) \(due)")
                }
            } else if parts.count == 2 {
                throw UsageError("\(command): \(name) takes no value")
            }
            values[name, default: []].append(value)
        }
        if operands.count > mostOperands {
            let extra = operands[mostOperands]
            throw UsageError("\(command): \"\(extra)\" is one argument too many; see \(command) --help")
        }
    }

    /// Whether an option was given.
    package func has(_ name: String) -> Bool { values[name] != nil }
    /// The last value that an option was given; nil without the option, empty for a flag.
    package func value(_ name: String) -> String? { values[name]?.last }
    /// All values that an option was given, in order.
    package func all(_ name: String) -> [String] { values[name] ?? [] }

    private static func unknown(_ name: String, options: [CommandOption], command: String) -> UsageError {
        let nearest = Setting.nearestName(to: name, in: options.map(\.name))
        let hint = nearest.map { "did you mean \($0)?" } ?? "see \(command) --help"
        return UsageError("\(command): unknown option \(name); \(hint)")
    }
}
