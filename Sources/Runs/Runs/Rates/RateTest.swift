import Fields

/// A learning-rate range test over a copy of the run: the rate rises from step to step, and the loss says which rates are good. The
/// run itself stands where it stood. (Smith, Cyclical Learning Rates for Training Neural Networks, 2017, section 3.3.)
package struct RateTest: Hashable, Sendable, Codable {
    /// The first rate; nil for one that the optimizer and the loss ask for.
    package var from: Double?
    /// The rate that the ramp goes up to unless it is hopeless before; nil for one far beyond where the loss blows up.
    package var to: Double?
    /// Points of the ramp, from 10.
    package var steps: Int
    /// Whether a few rates are trained with for a while after the ramp, to choose between them.
    package var tries: Bool
    /// Whether the run goes on at the rate that is suggested; else it pauses, where somebody is there to choose.
    package var adopts: Bool

    /// The points of a ramp where nothing else is said, and how few and many there can be.
    package static let usualSteps = 100
    package static let stepRange = 10...2_000

    /// A test that finds its range by itself, where nothing else is said.
    package init(
        from: Double? = nil, to: Double? = nil, steps: Int = usualSteps, tries: Bool = true, adopts: Bool = false
    ) {
        (self.from, self.to, self.steps, self.tries, self.adopts) = (from, to, steps, tries, adopts)
    }

    /// What is wrong with the range, one clause without a full stop; nil where nothing is.
    package var problem: String? {
        guard let from, let to, from * Self.leastRise > to else { return nil }
        return
            "the ramp goes up from \(from.inWords) to \(to.inWords); to is at least \(Self.leastRise.inWords) times from"
    }

    /// A ramp goes up by so much at least, that there is anything to compare.
    private static let leastRise = 10.0
}

extension RateTest: Written {
    package init() { self.init(from: nil) }

    package static let word = "rateTest"
    package static let meaning = "a copy of the run trained at rates that rise from step to step"
    package static let fields: [Field<RateTest>] = [
        Field("from", \.from, .optional(.number(.rate)), "the first rate").otherwise("found by a first ramp"),
        Field("to", \.to, .optional(.number(.rate)), "the rate that the ramp goes up to").otherwise(
            "beyond where the loss blows up"),
        Field("steps", \.steps, .integer(stepRange), "points of the ramp"),
        Field("try", \.tries, .flag, "whether a few rates are trained with after the ramp, to choose between them"),
        Field("adopt", \.adopts, .flag, "whether the run goes on at the rate that is suggested"),
    ]
}

extension FieldType<RateTest> {
    /// `true`, `{}` or `{ from: 1e-5, to: 1 }`.
    static var rateTest: FieldType {
        let object = FieldType<RateTest>.object
        return FieldType(
            .either([.yes, object.form], due: "true or { \"from\": 1e-5, \"to\": 1 } is due here"),
            decode: { value in if case .flag = value { RateTest() } else { object.decode(value) } },
            encode: { .written($0) })
    }
}
