import Cells
import RunStore

/// What the command line of `sitter evaluate` asks for.
struct EvaluateOptions {
    /// Run directories, at least one.
    let runs: [String]
    let weights: RunDirectory.Weights
    /// Whether the kept checkpoints of the run are averaged.
    let averagesSnapshots: Bool
    /// Whether views of each example are averaged.
    let averagesViews: Bool
    /// Files to evaluate on in place of what the run holds out.
    let data: [String]
    /// `KEY=VALUE` texts for the data.
    let changes: [String]
    /// How many of the worst examples are listed.
    let worst: Int
    /// Whether they are drawn.
    let drawsWorst: Bool
    let bins: Int
    let isJSON: Bool
    /// The file that takes the predictions; nil for none.
    let predictions: String?
    let overwrites: Bool
    let threads: Int?
    let screen: ScreenOptions

    /// Worst examples where nobody says how many.
    private static let someWorst = 5
    /// Worst examples at most.
    static let mostWorst = 10_000
    /// The keys that `--set` takes.
    private static let known = ["data", "validation.averaging"]

    init(_ arguments: ParsedArguments) throws(UsageError) {
        runs = arguments.operands
        guard !runs.isEmpty else {
            throw UsageError("sitter evaluate: which run? say its directory, as in sitter evaluate runs/first")
        }
        weights = RunDirectory.Weights(arguments.value("--weights") ?? "best")
        averagesSnapshots = arguments.has("--snapshots")
        averagesViews = arguments.has("--augment")
        data = arguments.all("--data")
        changes = arguments.all("--set")
        let worst = try arguments.wholeNumber("--worst", in: 0...Self.mostWorst)
        self.worst = worst ?? Self.someWorst
        drawsWorst = worst != nil
        bins = try arguments.wholeNumber("--bins", in: 1...100) ?? 15
        isJSON = arguments.has("--json")
        predictions = arguments.value("--predictions")
        overwrites = arguments.has("--overwrite")
        threads = try arguments.wholeNumber("--threads", in: 1...256)
        screen = try ScreenOptions(arguments)
        try check(arguments)
    }

    private func check(_ arguments: ParsedArguments) throws(UsageError) {
        if averagesSnapshots, runs.count > 1 {
            throw UsageError("--snapshots averages the checkpoints of one run; \(runs[1]) is one too many")
        }
        if averagesSnapshots, arguments.has("--weights") {
            throw UsageError("--snapshots takes every kept checkpoint; leave --weights out")
        }
        switch weights {
        case .file(let path) where runs.count > 1:
            throw UsageError("--weights \(path): a file belongs to one run, and \(runs.count) are given")
        case .checkpoint(let number) where runs.count > 1:
            throw UsageError("--weights \(number): a checkpoint belongs to one run, and \(runs.count) are given")
        default: break
        }
        for change in changes {
            let key = String(change.prefix { $0 != "=" })
            guard !Self.known.contains(where: { key == $0 || key.hasPrefix($0 + ".") || key.hasPrefix($0 + "[") })
            else { continue }
            throw UsageError(
                "--set \(key): an evaluation takes data and validation.averaging; all else is as the run had it")
        }
        if !data.isEmpty, changes.contains(where: { $0.hasPrefix("data") }) {
            throw UsageError("--data and --set data both say what to evaluate on; leave one out")
        }
        if let predictions, !["csv", "npy"].contains(PredictionsFile.suffix(predictions)) {
            throw UsageError("--predictions \(predictions): the name ends in .csv or .npy")
        }
    }
}
