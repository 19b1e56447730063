import Plans
import Searching

/// What the command line of `sitter search` asks for.
struct SearchOptions {
    /// The config with ranges; nil where a search is gone on with.
    let config: String?
    /// `KEY=VALUE` texts, in order.
    let changes: [String]
    /// The folder of a search to go on with.
    let resumes: String?
    /// The folder of the search; nil for one under `runs`.
    let directory: String?
    /// Whether the result is one JSON object.
    let isJSON: Bool
    /// Whether trials are told of in lines in place of a screen.
    let isHeadless: Bool
    /// What the screen is drawn with.
    let screen: ScreenOptions
    /// Trials at the same time; nil for what the config says.
    let jobs: Int?
    private let plan: [@Sendable (inout SearchPlan) -> Void]

    /// Takes the options' values.
    /// - Throws: one line with what would be right.
    init(_ arguments: ParsedArguments) throws(UsageError) {
        config = arguments.operands.first
        changes = arguments.all("--set")
        resumes = arguments.value("--resume")
        directory = arguments.value("--dir")
        isJSON = arguments.has("--json")
        isHeadless = arguments.has("--headless")
        screen = try ScreenOptions(arguments)
        jobs = try arguments.wholeNumber("--jobs", in: 1...256)
        var plan: [@Sendable (inout SearchPlan) -> Void] = []
        if let word = arguments.value("--method") {
            guard let method = SearchPlan.Method(rawValue: word) else {
                let words = SearchPlan.Method.allCases.map(\.rawValue).joined(separator: " or ")
                throw UsageError("--method \(word): \(words) is due")
            }
            plan.append { $0.method = method }
        }
        if let count = try arguments.wholeNumber("--trials", in: 1...100_000) { plan.append { $0.trials = count } }
        if let count = try arguments.wholeNumber("--points", in: 2...1_000) { plan.append { $0.points = count } }
        if let count = try arguments.wholeNumber("--rounds", in: 1...20) { plan.append { $0.rounds = count } }
        if let count = try arguments.wholeNumber("--folds", in: 2...100) { plan.append { $0.folds = count } }
        if let count = try arguments.wholeNumber("--epochs", in: 1...1_000_000) { plan.append { $0.epochs = count } }
        if let factor = try arguments.number("--reduction", in: 1...100) { plan.append { $0.reduction = factor } }
        if let text = arguments.value("--seed") {
            guard let seed = UInt64(text) else {
                throw UsageError("--seed \(text): a whole number from 0 to \(UInt64.max) is due")
            }
            plan.append { $0.seed = seed }
        }
        self.plan = plan
        if let resumes, config != nil || !changes.isEmpty || directory != nil || !plan.isEmpty {
            throw UsageError(
                "--resume \(resumes): the search has all it needs in its folder; leave out all but --jobs, --json and --headless"
            )
        }
        guard resumes != nil || config != nil else {
            throw UsageError("search: a config with ranges is due, as in sitter search examples/search/digits.json5")
        }
        if arguments.value("--trials") != nil, arguments.value("--method") == "grid" {
            throw UsageError("--trials: a grid has as many trials as its --points make; leave one of them out")
        }
    }

    /// Puts what the command line says into a plan.
    func change(_ plan: inout SearchPlan) { for change in self.plan { change(&plan) } }
}
