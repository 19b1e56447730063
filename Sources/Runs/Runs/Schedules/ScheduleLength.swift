/// A length of time in a schedule: a number of steps or of epochs.
package enum ScheduleLength: Hashable, Sendable, Codable {
    case steps(Int)
    case epochs(Double)

    /// The length in steps, rounded; 2^53 where it would be more.
    package func steps(stepsPerEpoch: Int) -> Int {
        switch self {
        case .steps(let count): count
        case .epochs(let count):
            // The comparison is false for NaN, so nothing reaches `Int` that it cannot hold.
            Int(max(0, min((count * Double(stepsPerEpoch)).rounded(), 0x1p53)))
        }
    }
}
