import Runs

/// A number of a run that is recorded over the steps.
enum RecordedNumber: Hashable {
    case step(Metric)
    case validationLoss, validationAccuracy

    /// Every number, each at its `index`.
    static let all = Metric.allCases.map(RecordedNumber.step) + [.validationLoss, .validationAccuracy]

    /// Its place among all.
    var index: Int {
        switch self {
        case .step(let metric): metric.rawValue
        case .validationLoss: Metric.allCases.count
        case .validationAccuracy: Metric.allCases.count + 1
        }
    }

    /// The number that a tag of an event file names: ours (`train/loss`) and the usual ones of others (`Loss/test`, `val_acc`).
    init?(tag: String) {
        if let (metric, _) = Metric.tags.first(where: { $0.tag == tag }) {
            self = .step(metric)
            return
        }
        let words = tag.lowercased()
        let isValidation = ["val", "test", "eval", "dev/"].contains { words.contains($0) }
        if words.contains("loss") {
            self = isValidation ? .validationLoss : .step(.loss)
        } else if words.contains("acc") {
            self = isValidation ? .validationAccuracy : .step(.accuracy)
        } else if words.contains("learning_rate") || words.contains("learningrate") || words == "lr"
            || words.hasSuffix("/lr")
        {
            self = .step(.learningRate)
        } else if words.contains("grad"), words.contains("norm") {
            self = .step(.gradientNorm)
        } else {
            return nil
        }
    }
}
