import Fields

/// How a config with ranges is searched; the command line of `sitter search` says it too, and is stronger.
package struct SearchPlan: Hashable, Written {
    /// How values are drawn.
    package enum Method: String, Hashable, Sendable, CaseIterable {
        case random, grid
    }

    /// How values are drawn.
    package var method = Method.random
    /// Trials of a random search, over all rounds.
    package var trials = 20
    /// Values of each range on a grid.
    package var points = 5
    /// Rounds, each in narrower ranges around the best so far; nil for the method's usual number.
    package var rounds: Int?
    /// Parts of the data of which each is held out once; nil for the config's own validation.
    package var folds: Int?
    /// Epochs of a whole trial; nil for the config's.
    package var epochs: Int?
    /// Of so many trials one goes on at each rung; 1 stops none.
    package var reduction = 3.0
    /// Trials at the same time; nil for one a core.
    package var jobs: Int?
    /// Decides what is drawn; nil for the config's seed.
    package var seed: UInt64?

    package init() {}

    package static let word = "search"
    package static let meaning = "how sitter search tries values of the config's ranges"
    package static let example = "{ trials: 40, rounds: 3 }"
    package static let fields: [Field<SearchPlan>] = [
        Field("method", \.method, .word, "whether values are drawn at random or lie on a grid"),
        Field("trials", \.trials, .integer(1...100_000), "trials of a random search, over all rounds"),
        Field("points", \.points, .integer(2...1_000), "values of each range on a grid; a choice has all of its own"),
        Field(
            "rounds", \.rounds, .optional(.integer(1...20)),
            "rounds, each in ranges a third as wide around the best so far"
        ).otherwise("2 of a random search of 12 trials or more, else 1"),
        Field(
            "folds", \.folds, .optional(.integer(2...100)),
            "parts of the data of which each is held out once, in a run of its own"
        ).otherwise("the config's own validation"),
        Field("epochs", \.epochs, .optional(.integer(1...1_000_000)), "epochs of a whole trial").otherwise(
            "those of the config"),
        Field(
            "reduction", \.reduction, .number(.within(1...100)),
            "of so many trials one goes on, after a ninth and a third of the epochs where it is 3; 1 stops none"),
        Field("jobs", \.jobs, .optional(.integer(1...256)), "trials at the same time").otherwise("one a core"),
        Field("seed", \.seed, .optional(.unsigned), "decides what is drawn").otherwise("the config's seed"),
    ]

    /// How many rounds there are.
    package var roundCount: Int { rounds ?? (method == .random && trials >= 12 ? 2 : 1) }
}
