import Fields

/// How often a run with a directory writes its whole state there, and how many of them it keeps.
package struct CheckpointPlan: Written, Hashable {
    /// Updates from one to the next; nil for time alone.
    package var steps: Int?
    /// Minutes from one to the next, above 0.
    package var minutes = 1.0
    /// The most that are kept, from 2; of the older ones fewer the further back.
    package var keep = 8
    /// Megabytes of memory for moments that a run can go back to, which somebody can steer.
    package var memory = 256

    package init() {}

    package static let word = "checkpoints"
    package static let meaning = "how often the whole state is written to the run directory"
    package static let example = "{ steps: 1000 }"
    package static let fields: [Field<CheckpointPlan>] = [
        Field("steps", \.steps, .optional(.integer(1...1_000_000_000)), "a checkpoint every so many steps")
            .otherwise("by time alone"),
        Field(
            "minutes", \.minutes, .number(.within(0.001...10_000)),
            "a checkpoint after so many minutes at the latest; in the first ones sooner"),
        Field("keep", \.keep, .integer(2...1000), "how many are kept; the newest, and fewer the further back"),
        Field(
            "memory", \.memory, .integer(0...1_000_000),
            "megabytes for states in memory, from which a run that is steered can be rewound"),
    ]
}
