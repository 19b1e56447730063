import Fields

/// Going back in time: to the run as it stood before an update, on a branch of its own from there on.
package struct Rewind: Hashable, Sendable, Codable {
    /// Updates that it had finished then, from 0.
    package var to: Int
    /// The rate from then on, on the plan or held as it was then; nil for that of then.
    package var rate: Double?
    /// What the rate of then is multiplied with, above 0.
    package var scale: Double

    /// The run as it was, where nothing else is said.
    package init(to: Int, rate: Double? = nil, scale: Double = 1) {
        (self.to, self.rate, self.scale) = (to, rate, scale)
    }

    /// The command that changes the rate of then; nil where it stays.
    /// - Parameters:
    ///   - control: how the rate is found then.
    ///   - planned: the rate that the plan has for the next update then.
    package func change(_ control: LearningRateControl, planned: Double) -> RunCommand? {
        guard let rate else { return scale == 1 ? nil : .scaleLearningRate(scale) }
        return control.isHeld || planned <= 0 ? .setLearningRate(rate) : .rescaleSchedule(rate)
    }
}

extension Rewind: Written {
    package init() { self.init(to: 0) }

    package static let word = "rewind"
    package static let meaning = "the moment that the run goes back to"
    package static let fields: [Field<Rewind>] = [
        Field("to", \.to, .integer(0...1_000_000_000_000), "the update before which the run stood then").required,
        Field("rate", \.rate, .optional(.number(.rate)), "the rate from then on").otherwise("that of then"),
        Field("scale", \.scale, .number(.positive), "what the rate of then is multiplied with").brief,
    ]
}

extension FieldType<Rewind> {
    /// `340` or `{ to: 340, scale: 0.3 }`.
    static var rewind: FieldType {
        let (step, object) = (FieldType<Int>.integer(0...1_000_000_000_000), FieldType<Rewind>.object)
        return FieldType(
            .either(
                [step.form, object.form],
                due: "a step, as 340, or { \"to\": 340 } is due here, with a \"rate\", a \"scale\" or without"),
            decode: { value in
                if case .written = value { return object.decode(value) }
                return Rewind(to: step.decode(value))
            }, encode: { .written($0) })
    }
}
