/// What decides the rate: the schedule times a multiplier, or a value somebody holds.
package enum LearningRateControl: Hashable, Sendable, Codable {
    case following(multiplier: Double)
    /// The schedule times `rate` / `planned`: exactly `rate` where the schedule says `planned`, which a multiplier may miss by
    /// its last bit.
    case rescaled(rate: Double, planned: Double)
    case held(Double)

    /// The schedule as it was planned.
    package static let planned = LearningRateControl.following(multiplier: 1)

    /// The rate of update `step`.
    package func rate(at step: Int, schedule: Schedule) -> Double {
        switch self {
        case .following(let multiplier): schedule.rate(at: step) * multiplier
        case .rescaled(let rate, let planned): schedule.rate(at: step) / planned * rate
        case .held(let rate): rate
        }
    }

    /// The control after scaling: the mode stays.
    package func scaled(by factor: Double) -> LearningRateControl {
        switch self {
        case .following(let multiplier): .following(multiplier: multiplier * factor)
        case .rescaled(let rate, let planned): .rescaled(rate: rate * factor, planned: planned)
        case .held(let rate): .held(rate * factor)
        }
    }

    /// What the schedule is multiplied with; nil where it is ignored.
    package var multiplier: Double? {
        switch self {
        case .following(let multiplier): multiplier
        case .rescaled(let rate, let planned): rate / planned
        case .held: nil
        }
    }

    /// Whether a value is held and the schedule ignored.
    package var isHeld: Bool {
        if case .held = self { true } else { false }
    }

    /// The highest rate of the updates from `step` on, and whether it lies above that of `step` by more than a hundredth.
    ///
    /// Up to 4,096 updates are looked at one by one; of more as many of them, and those where a rise ends. O(1).
    /// - Parameter total: updates in all.
    package func peak(from step: Int, total: Int, schedule: Schedule) -> (rate: Double, isAbove: Bool) {
        let now = rate(at: step, schedule: schedule)
        guard !isHeld, total > step else { return (now, false) }
        let count = min(4_096, total - step)
        var steps = (0..<count).map { step + $0 * (total - step) / count }
        steps += schedule.endsOfWarmup.filter { step..<total ~= $0 }
        let highest = steps.lazy.map { rate(at: $0, schedule: schedule) }.max() ?? now
        return (max(now, highest), highest > now * 1.01)
    }
}

extension Schedule {
    /// The last update of each warm-up.
    fileprivate var endsOfWarmup: [Int] {
        [max(0, warmup - 1)] + rests.compactMap { rest in rest.schedule.map { rest.start + max(0, $0.warmup - 1) } }
    }
}
