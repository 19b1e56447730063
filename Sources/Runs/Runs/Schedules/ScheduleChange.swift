import Fields

/// What the rest of a schedule is to be from the update on before which it acts: `{ cosine: { to: 0, rate: 0.05 } }`.
package struct ScheduleChange: Hashable, Sendable, Codable {
    /// The shape, as a config writes it; nil for the shape as it is, scaled.
    package var kind: (any ScheduleShape)? {
        get { held?.shape }
        set { held = newValue.map(Schedule.AnyShape.of) }
    }
    private var held: Schedule.AnyShape?
    /// The rate that it begins with; nil for `scale` times the rate of the next update.
    package var rate: Double?
    package var scale: Double
    /// Updates that rise in a line to the first rate.
    package var warmup: ScheduleLength
    /// How long the shape takes, after which its last rate holds; nil for up to the end of the run.
    package var length: ScheduleLength?
    /// No rate lies below this.
    package var floor: Double

    package init(
        kind: (any ScheduleShape)? = nil, rate: Double? = nil, scale: Double = 1,
        warmup: ScheduleLength = .steps(0), length: ScheduleLength? = nil, floor: Double = 0
    ) {
        held = kind.map(Schedule.AnyShape.of)
        self.rate = rate
        self.scale = scale
        self.warmup = warmup
        self.length = length
        self.floor = floor
    }

    /// The longest length in steps that makes sense.
    static let longest = 1_000_000_000

    /// Why a run refuses it, one clause without a full stop; nil where it can be done.
    /// - Parameters:
    ///   - learningRate: the rate of the next update.
    ///   - stepsLeft: updates that are left to make.
    package func refusal(learningRate: Double, stepsLeft: Int, stepsPerEpoch: Int) -> String? {
        guard stepsLeft > 0 else { return "no update is left to make" }
        if let refusal = Self.commonFields.refusal(of: self) { return refusal }
        let start = rate ?? learningRate * scale
        guard CommandRules.isRate(start) else {
            return learningRate == 0 && rate == nil
                ? "the rate is 0 here: say with which rate to begin"
                : "the rate would begin with \(start.inWords); it must be above 0 and at most 1e6"
        }
        guard floor <= start else {
            return "the floor \(floor.inWords) lies above the rate \(start.inWords) it begins with"
        }
        if kind == nil, length != nil || warmup != .steps(0) {
            return "the shape as planned keeps its length and has no warm-up"
        }
        let steps = length?.steps(stepsPerEpoch: stepsPerEpoch) ?? stepsLeft
        guard (1...Self.longest).contains(steps) else {
            return "the length must be from 1 to \(Self.longest) steps, not \(steps)"
        }
        let rise = warmup.steps(stepsPerEpoch: stepsPerEpoch)
        guard rise >= 0, rise < steps else { return "the warm-up of \(rise) steps must be shorter than \(steps)" }
        return kind.flatMap { $0.refusal ?? $0.refusal(startingWith: start, stepsPerEpoch: stepsPerEpoch) }
    }

    /// Whether a length makes sense as one.
    static func isLength(_ length: ScheduleLength, _ stepsPerEpoch: Int) -> Bool {
        (1...longest).contains(length.steps(stepsPerEpoch: stepsPerEpoch))
    }
}

// How scripts, the journal and the dashboard write it: the words of a config's `schedule`, and beside them `rate` (the first one)
// or `scale`, `length`, `floor`. `planned` goes on with the shape as it is.
//
//     {"cosine":{"to":0,"rate":0.05,"length":{"epochs":3},"warmup":20}}   {"planned":{"scale":0.5,"floor":1e-4}}
extension ScheduleChange: Alternatives {
    package static let alternatives =
        [Alternative { (_: Planned) in ScheduleChange() }] + Schedule.shapes.alternatives { ScheduleChange(kind: $0) }
    package static let commonFields: [Field<ScheduleChange>] = [
        Field("rate", \.rate, .optional(.number(.rate)), "the first rate").called("the first rate")
            .otherwise("scale times the rate of the next update"),
        Field("scale", \.scale, .number(.positive), "what the rate of the next update is multiplied with").brief,
        Field("warmup", \.warmup, .length(from: 0), "how long the rate rises in a line before that").brief,
        Field("length", \.length, .optional(.length(from: 1)), "how long the shape takes; its last rate holds after it")
            .otherwise("up to the end of the run"),
        Field("floor", \.floor, .finalRate, "what no rate lies below").brief,
    ]
    package static let writesBareWords = false
    package var chosen: any Written { kind ?? Planned() }

    /// The shape as it was planned.
    package struct Planned: Written {
        package init() {}
        package static let word = "planned"
        package static let meaning = "goes on with the shape as it is"
        package static let fields: [Field<Planned>] = []
    }
}
