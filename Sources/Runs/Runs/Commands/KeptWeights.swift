import Fields

/// Which weights a run leaves behind as its result.
package enum KeptWeights: String, Hashable, Sendable, Codable, CaseIterable {
    /// Those of the best evaluation so far.
    case best
    /// Those of the last update.
    case last

    /// `{ keep: "best" }`
    struct Choice: Written {
        var keep = KeptWeights.best
        static let word = "stop"
        static let meaning = "which weights the run leaves behind"
        static let fields: [Field<Choice>] = [
            Field("keep", \.keep, .word, "the weights of the best evaluation or the last")
        ]
    }
}
