import Plans
import Settings

/// A config with ranges: what is drawn, and the config that a trial has with its values.
package struct SearchSpace: Sendable {
    /// The config with its ranges, without the key `search`.
    package let config: Setting
    /// Its ranges in the order of the text, each choice before the ranges in its options.
    package private(set) var parameters: [SearchParameter] = []
    /// The config with the middle of each range.
    package private(set) var middle = RunPlan()
    private let decoder: PlanDecoder

    /// The keys under which ranges may stand: what trials may differ in and still be compared on the same examples by the same
    /// measure, for the same number of epochs.
    package static let searchable = [
        "preprocessing", "augmentation", "model", "initializer", "optimizer", "gradientClipping", "schedule", "plateau",
        "earlyStopping", "batchSize", "dropLast",
    ]

    /// Finds the ranges of a config and makes sure that the ends of each can stand where it does.
    ///
    /// Whether a range is one of whole numbers follows from what the config takes there.
    /// - Parameter decoder: knows the folders of relative paths.
    /// - Throws: one line at the place of the range: ends in the wrong order, a value that cannot stand there, no range at all.
    package init(_ written: Setting, decoder: PlanDecoder) throws(SettingsError) {
        config = written.without([SearchPlan.word])
        self.decoder = decoder
        try find(in: config, when: [:])
        guard !parameters.isEmpty else {
            throw written.error(
                "no range to search; write one in place of a value, as in learningRate: { logUniform: [1e-4, 1] }")
        }
        nameInShort()
        try checkPlaces()
        for place in parameters.indices { try settleWholeNumbers(around: parameters[place]) }
        try checkEnds()
        middle = try plan(of: middles(whereActive: nil))
    }

    /// The parameter of a path; nil where there is none.
    package func parameter(_ path: String) -> SearchParameter? { parameters.first { $0.path == path } }

    /// The parameters that stand in the config of these values.
    package func active(in values: TrialValues) -> [SearchParameter] { parameters.filter { $0.isActive(in: values) } }

    /// The config with values in the places of its ranges.
    /// - Precondition: a value for each active parameter.
    package func config(of values: TrialValues) throws(SettingsError) -> Setting {
        func replacement(_ setting: Setting) throws(SettingsError) -> Setting? {
            guard let range = try ValueRange(setting) else { return nil }
            switch (range, values[setting.path]) {
            case (.choice(let options), .option(let index)?) where options.indices.contains(index):
                return try options[index].rewriting(replacement)
            // A choice takes one too: whether it could have another option is asked so.
            case (_, .number(let number)?):
                return setting.holding(.number(number, text: JSON.number(number).compact))
            default: throw setting.error("the trial has no value for this range")
            }
        }
        return try config.rewriting(replacement)
    }

    /// The plan with values in the places of the ranges; an error stands where the range does.
    package func plan(of values: TrialValues) throws(SettingsError) -> RunPlan { try decoder.plan(config(of: values)) }

    /// Whether the config takes a number in place of a range.
    package func takes(_ number: Double, for parameter: SearchParameter) -> Bool {
        var values = middles(whereActive: parameter)
        values[parameter.path] = .number(number)
        return (try? plan(of: values)) != nil
    }

    // MARK: Reading

    private mutating func find(in setting: Setting, when conditions: [String: Int]) throws(SettingsError) {
        if let range = try ValueRange(setting) {
            parameters.append(SearchParameter(setting, range, conditions: conditions))
            guard case .choice(let options) = range else { return }
            for (index, option) in options.enumerated() {
                try find(in: option, when: conditions.merging([setting.path: index]) { $1 })
            }
            return
        }
        switch setting.value {
        case .null, .bool, .number, .string: break
        case .array(let elements): for element in elements { try find(in: element, when: conditions) }
        case .object(let members): for member in members { try find(in: member.setting, when: conditions) }
        }
    }

    private mutating func nameInShort() {
        let names = parameters.map { $0.name.split(separator: ".").map(String.init) }
        for (place, name) in names.enumerated() {
            let lengths = 1...max(1, name.count)
            let length = lengths.first { length in
                let short = name.suffix(length)
                return !names.contains { $0 != name && $0.suffix(length) == short }
            }
            parameters[place].shortName = name.suffix(length ?? name.count).joined(separator: ".")
        }
    }

    private func checkPlaces() throws(SettingsError) {
        for parameter in parameters {
            let key = String(parameter.path.prefix { $0 != "." && $0 != "[" })
            guard !Self.searchable.contains(key) else { continue }
            let words = Self.searchable.joined(separator: ", ")
            throw parameter.setting.error(
                parameter.path.isEmpty
                    ? "a config is due, not a range"
                    : "no range can stand here, since trials are compared; ranges can stand in \(words)")
        }
    }

    /// Values in which a parameter stands in the config: the middle of each range, the first option of each other choice.
    private func middles(whereActive wanted: SearchParameter?) -> TrialValues {
        var values = TrialValues()
        for parameter in parameters where parameter.isActive(in: values) {
            if parameter.optionCount != nil {
                values[parameter.path] = .option(wanted?.conditions[parameter.path] ?? 0)
            } else {
                values[parameter.path] = .number(parameter.value(at: 0.5))
            }
        }
        return values
    }

    /// Finds out by trying which of the ranges around a parameter take whole numbers only.
    private mutating func settleWholeNumbers(around wanted: SearchParameter) throws(SettingsError) {
        while true {
            do throws(SettingsError) {
                var values = middles(whereActive: wanted)
                // A middle may be whole by chance.
                for parameter in active(in: values) where parameter.optionCount == nil && !parameter.isWhole {
                    guard let number = values.number(parameter.path), number == number.rounded() else { continue }
                    values[parameter.path] = .number(parameter.value(at: 0.5371))
                }
                _ = try plan(of: values)
                return
            } catch {
                let place = parameters.firstIndex {
                    $0.path == error.path && $0.setting.place == error.place && $0.optionCount == nil
                }
                guard let place else { throw error }
                guard !parameters[place].isWhole else {
                    throw parameters[place].setting.error("no range of numbers can stand here: \(error.message)")
                }
                parameters[place].isWhole = true
                guard let (low, high) = parameters[place].bounds, low <= high else {
                    throw parameters[place].setting.error("a whole number is due here, and none lies in this range")
                }
            }
        }
    }

    private func checkEnds() throws(SettingsError) {
        for parameter in parameters {
            var values = middles(whereActive: parameter)
            if let count = parameter.optionCount {
                for option in 0..<count {
                    values[parameter.path] = .option(option)
                    // What stands in the option has its own turn.
                    for inner in parameters where inner.conditions[parameter.path] != nil && inner.isActive(in: values)
                    {
                        values[inner.path] = inner.optionCount == nil ? .number(inner.value(at: 0.5)) : .option(0)
                    }
                    _ = try plan(of: values)
                }
            } else if let (low, high) = parameter.bounds {
                for end in [low, high] {
                    values[parameter.path] = .number(end)
                    _ = try plan(of: values)
                }
            }
        }
    }
}
