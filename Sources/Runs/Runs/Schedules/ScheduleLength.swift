import Fields

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

extension FieldType<ScheduleLength> {
    /// A number of steps of at least so many, or `{ epochs: n }`.
    package static func length(from least: Int) -> FieldType {
        FieldType(
            .length(from: least),
            decode: { value in
                switch value {
                case .epochs(let count): .epochs(count)
                case .integer(let count): .steps(count)
                default: preconditionFailure("\(value) is no length")
                }
            },
            encode: { length in
                switch length {
                case .steps(let count): .integer(count)
                case .epochs(let count): .epochs(count)
                }
            })
    }
}
