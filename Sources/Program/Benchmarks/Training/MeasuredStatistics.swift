/// How often a benchmark measures the layers.
enum MeasuredStatistics: String, CaseIterable, Sendable {
    /// Each step.
    case every
    /// As a screen has it: as often as the config's share of the training time allows.
    case budget
    case off
}
