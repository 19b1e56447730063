import Fields

/// What a run that nobody steers does about a step or an evaluation whose numbers are not finite.
package enum NotFinitePlan: Hashable, Sendable {
    /// The run ends.
    case stop(Stop)
    /// So many are left out in all, and the next one ends the run.
    case skip(Skip)
    /// The run goes back to the latest sound weights at a third of the rate.
    case rewind(Rewind)

    /// Ends the run.
    package struct Stop: Written, Hashable {
        package init() {}

        package static let word = "stop"
        package static let meaning = "ends the run, with exit code 1"
        package static let fields: [Field<Stop>] = []
    }

    /// Leaves updates out, whose batches change neither weights nor what the optimizer remembers.
    package struct Skip: Written, Hashable {
        /// How many in all, 1...1,000,000.
        package var count: Int

        package init(count: Int) { self.count = count }

        package init() { self.init(count: 1) }

        package static let word = "skip"
        package static let meaning = "leaves the update out, so many times in all; one more ends the run"
        package static let example = "{ skip: 3 }"
        package static let brevity = Brevity.main
        package static let fields: [Field<Skip>] = [
            Field("count", \.count, .integer(1...1_000_000), "how many updates may be left out in all").required.main
        ]
    }

    /// Goes back as a person does with `restore`.
    package struct Rewind: Written, Hashable {
        package init() {}

        package static let word = "rewind"
        package static let meaning =
            "goes back to the latest sound weights and divides the rate by 3, also where the loss runs away, at most 20 times; then "
            + "it ends the run"
        package static let fields: [Field<Rewind>] = []
    }
}

extension NotFinitePlan: Alternatives {
    package static let alternatives: [Alternative<NotFinitePlan>] = [
        Alternative(NotFinitePlan.stop), Alternative(NotFinitePlan.skip), Alternative(NotFinitePlan.rewind),
    ]

    package var chosen: any Written {
        switch self {
        case .stop(let plan): plan
        case .skip(let plan): plan
        case .rewind(let plan): plan
        }
    }
}
