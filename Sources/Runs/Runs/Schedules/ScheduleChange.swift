/// What the rest of a schedule is to be from the update on before which it acts: `{ cosine: { to: 0, rate: 0.05 } }`.
package struct ScheduleChange: Hashable, Sendable, Codable {
    /// The shape, as a config writes it; nil for the shape as it is, scaled.
    package var kind: ScheduleSpecification.Kind?
    /// The rate that it begins with; nil for `scale` times the rate of the next update.
    package var rate: Double?
    /// What the rate is multiplied with.
    package var scale: Double
    /// Updates that rise in a line to the first rate.
    package var warmup: ScheduleLength
    /// How long the shape takes, after which its last rate holds; nil for up to the end of the run.
    package var length: ScheduleLength?
    /// No rate lies below this.
    package var floor: Double

    /// A change of the rest of a schedule.
    package init(
        kind: ScheduleSpecification.Kind? = nil, rate: Double? = nil, scale: Double = 1,
        warmup: ScheduleLength = .steps(0), length: ScheduleLength? = nil, floor: Double = 0
    ) {
        self.kind = kind
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
        if let rate, !CommandRules.isRate(rate) {
            return "the first rate must be a number above 0 and at most 1e6, not \(rate.inWords)"
        }
        guard scale.isFinite, scale > 0 else { return "the scale must be a number above 0, not \(scale.inWords)" }
        let start = rate ?? learningRate * scale
        guard CommandRules.isRate(start) else {
            return learningRate == 0 && rate == nil
                ? "the rate is 0 here: say with which rate to begin"
                : "the rate would begin with \(start.inWords); it must be above 0 and at most 1e6"
        }
        guard floor.isFinite, floor >= 0, floor <= CommandRules.largestRate else {
            return "the floor must be a number from 0 to 1e6, not \(floor.inWords)"
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
        return kind.flatMap { Self.refusal(of: $0, start: start, stepsPerEpoch: stepsPerEpoch) }
    }

    private static func refusal(
        of kind: ScheduleSpecification.Kind, start: Double, stepsPerEpoch: Int
    ) -> String? {
        func isLength(_ length: ScheduleLength) -> Bool {
            (1...longest).contains(length.steps(stepsPerEpoch: stepsPerEpoch))
        }
        func wrong(_ name: String, _ value: Double, _ range: String) -> String {
            "\(name) must be \(range), not \(value.inWords)"
        }
        func goal(_ to: Double) -> String? {
            to.isFinite && (0...CommandRules.largestRate).contains(to)
                ? nil : wrong("the rate to end with", to, "a number from 0 to 1e6")
        }
        switch kind {
        case .constant, .inverseSquareRoot: return nil
        case .linear(let to), .cosine(let to): return goal(to)
        case .polynomial(let to, let power):
            return goal(to) ?? ((0...100).contains(power) ? nil : wrong("the power", power, "from 0 to 100"))
        case .step(let every, let factor):
            if !isLength(every) { return "the length of a stair must be at least 1 step" }
            return (0..<1e3).contains(factor) && factor > 0
                ? nil : wrong("the factor", factor, "above 0 and below 1000")
        case .multiStep(let places, let factor):
            guard places.allSatisfy({ $0.steps(stepsPerEpoch: stepsPerEpoch) >= 0 }) else {
                return "a place of a stair lies before the change"
            }
            return (0..<1e3).contains(factor) && factor > 0
                ? nil : wrong("the factor", factor, "above 0 and below 1000")
        case .cosineRestarts(let period, let growth, let to):
            if !isLength(period) { return "the period must be at least 1 step" }
            return goal(to) ?? ((1...1_000).contains(growth) ? nil : wrong("the growth", growth, "from 1 to 1000"))
        case .exponential(let factor):
            return factor > 0 && factor <= 1 ? nil : wrong("the factor", factor, "above 0 and at most 1")
        case .oneCycle(let peak, let to, let rise):
            guard peak.isFinite, peak > 0, CommandRules.isRate(start * peak) else {
                return wrong("the peak", peak, "above 0 and give a rate of at most 1e6")
            }
            return goal(to) ?? ((0...1).contains(rise) ? nil : wrong("the share of the rise", rise, "from 0 to 1"))
        }
    }
}
