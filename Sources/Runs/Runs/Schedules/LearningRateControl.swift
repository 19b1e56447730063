/// What decides the rate: the schedule times a multiplier, or a value somebody holds.
package enum LearningRateControl: Hashable, Sendable, Codable {
    case following(multiplier: Double)
    case held(Double)

    /// The schedule as it was planned.
    package static let planned = LearningRateControl.following(multiplier: 1)

    /// The rate of update `step`.
    package func rate(at step: Int, schedule: Schedule) -> Double {
        switch self {
        case .following(let multiplier): schedule.rate(at: step) * multiplier
        case .held(let rate): rate
        }
    }

    /// The control after scaling: the mode stays.
    package func scaled(by factor: Double) -> LearningRateControl {
        switch self {
        case .following(let multiplier): .following(multiplier: multiplier * factor)
        case .held(let rate): .held(rate * factor)
        }
    }

    package var isHeld: Bool {
        if case .held = self { true } else { false }
    }
}
