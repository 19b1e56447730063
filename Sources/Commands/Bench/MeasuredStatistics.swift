import Training

/// How often a benchmark measures the layers.
enum MeasuredStatistics: String, CaseIterable, Sendable {
    /// Each step.
    case every
    /// As a screen has it: as often as the config's share of the training time allows.
    case budget
    case off

    /// What stands for it in a plan whose own is `plan`.
    func plan(_ plan: StatisticsPlan) -> StatisticsPlan {
        switch self {
        case .every: StatisticsPlan(every: 1, budget: 0)
        case .budget: StatisticsPlan(every: nil, budget: plan.budget)
        case .off: .off
        }
    }
}
