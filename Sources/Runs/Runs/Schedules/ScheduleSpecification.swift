/// A schedule as a config writes it, its lengths in steps or epochs, before the length of the run is known.
package struct ScheduleSpecification: Hashable, Sendable {
    /// The shape after the warm-up.
    package var kind: Kind
    /// How long the rate rises from 0 before.
    package var warmup: ScheduleLength

    /// A schedule as it is written; constant and without warm-up where nothing is said.
    package init(kind: Kind = .constant, warmup: ScheduleLength = .steps(0)) {
        self.kind = kind
        self.warmup = warmup
    }

    /// The shapes, with lengths in steps or epochs.
    package enum Kind: Hashable, Sendable, Codable {
        case constant
        case step(every: ScheduleLength, factor: Double)
        case multiStep(at: [ScheduleLength], factor: Double)
        case linear(to: Double)
        case polynomial(to: Double, power: Double)
        case cosine(to: Double)
        case cosineRestarts(period: ScheduleLength, growth: Double, to: Double)
        case exponential(factor: Double)
        case inverseSquareRoot
        case oneCycle(peak: Double, to: Double, rise: Double)
    }

    /// The schedule of a run of `total` updates.
    package func resolved(base: Double, total: Int, stepsPerEpoch: Int) -> Schedule {
        func steps(_ length: ScheduleLength) -> Int { length.steps(stepsPerEpoch: stepsPerEpoch) }
        let kind: Schedule.Kind =
            switch self.kind {
            case .constant: .constant
            case .step(let every, let factor): .step(every: max(1, steps(every)), factor: factor)
            case .multiStep(let milestones, let factor): .multiStep(at: milestones.map(steps), factor: factor)
            case .linear(let to): .polynomial(to: to, power: 1)
            case .polynomial(let to, let power): .polynomial(to: to, power: power)
            case .cosine(let to): .cosine(to: to)
            case .cosineRestarts(let period, let growth, let to):
                .cosineRestarts(period: max(1, steps(period)), growth: growth, to: to)
            case .exponential(let factor): .exponential(factor: factor)
            case .inverseSquareRoot: .inverseSquareRoot
            case .oneCycle(let peak, let to, let rise): .oneCycle(peak: peak, to: to, rise: rise)
            }
        return Schedule(kind: kind, base: base, warmup: steps(warmup), total: total)
    }
}
