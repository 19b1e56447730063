import Fields

/// How often the layers are measured. Measuring never changes the training.
package struct StatisticsPlan: Hashable, Written {
    /// Steps between two measurements in the log and the event files; nil measures nothing for them.
    package var every: Int?
    /// Share of the training time that measuring for the screen may take, 0...1; 0 measures nothing for it.
    package var budget: Double

    package init(every: Int? = 100, budget: Double = 0.02) {
        self.every = every
        self.budget = budget
    }

    package init() { self.init(every: 100) }

    /// Measures nothing, for whoever wants the training's time alone.
    package static let off = StatisticsPlan(every: nil, budget: 0)

    package static let word = "statistics"
    package static let meaning = "how often the layers are measured, which never changes the training"
    package static let example = "{ every: 20 }"
    package static let fields: [Field<StatisticsPlan>] = [
        Field("every", \.every, .optional(.integer(1...1_000_000_000)), "steps between two measurements in the log"),
        Field(
            "budget", \.budget, .number(.within(0...1)),
            "the share of the training time that measuring for the screen may take"),
    ]
}

extension FieldType<StatisticsPlan> {
    /// The options, or `"off"` or `"on"`.
    static var statistics: FieldType {
        let object = FieldType.object
        return FieldType(
            .either([.word(["off", "on"]), object.form]),
            decode: { value in
                guard case .text(let word) = value else { return object.decode(value) }
                return word == "off" ? .off : StatisticsPlan()
            }, encode: { $0.every == nil ? .text("off") : object.encode($0) })
    }
}
