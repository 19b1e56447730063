import Fields

/// What a range has in a trial.
package enum TrialValue: Hashable, Sendable {
    case number(Double)
    /// The place of what is chosen, from 0 on.
    case option(Int)
}

/// What the ranges have in a trial, those of options that are not chosen left out.
package struct TrialValues: Hashable, Sendable {
    /// By the paths of their parameters.
    package private(set) var all: [String: TrialValue] = [:]

    package init() {}

    /// The value of the parameter of a path; nil where it has none here.
    package subscript(path: String) -> TrialValue? {
        get { all[path] }
        set { all[path] = newValue }
    }

    /// The number of the parameter of a path; nil where it has none here, or is a choice.
    package func number(_ path: String) -> Double? {
        if case .number(let number) = all[path] { number } else { nil }
    }
}

/// A value as a line of the search's file has it: `{"parameter":"batchSize","number":32}`.
package struct TrialValueEntry: Written, Hashable {
    /// The path of its parameter.
    package var parameter = ""
    /// Of a range of numbers.
    package var number: Double?
    /// Of a choice, from 0 on.
    package var option: Int?

    package init() {}

    package static let word = "value"
    package static let meaning = "what a range has in a trial"
    package static let fields: [Field<TrialValueEntry>] = [
        Field("parameter", \.parameter, .text, "where the range stands in the config").required,
        Field("number", \.number, .optional(.number()), "the number").otherwise("none"),
        Field("option", \.option, .optional(.integer(0...)), "the place of what is chosen").otherwise("none"),
    ]

    /// The entries of values, in the order of the parameters' paths.
    package static func entries(of values: TrialValues) -> [TrialValueEntry] {
        values.all.sorted { $0.key < $1.key }.map { path, value in
            var entry = TrialValueEntry()
            entry.parameter = path
            switch value {
            case .number(let number): entry.number = number
            case .option(let option): entry.option = option
            }
            return entry
        }
    }

    /// The values that entries tell.
    package static func values(of entries: [TrialValueEntry]) -> TrialValues {
        var values = TrialValues()
        for entry in entries {
            values[entry.parameter] = entry.option.map { .option($0) } ?? .number(entry.number ?? .nan)
        }
        return values
    }
}
