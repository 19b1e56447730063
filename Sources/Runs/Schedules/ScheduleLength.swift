/// A length of time in a schedule: a number of steps or of epochs.
package enum ScheduleLength: Hashable, Sendable {
    case steps(Int)
    case epochs(Double)

    /// The length in steps.
    package func steps(stepsPerEpoch: Int) -> Int {
        switch self {
        case .steps(let count): count
        case .epochs(let count): Int((count * Double(stepsPerEpoch)).rounded())
        }
    }
}
