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

    /// The number that a tag of an event file names: ours (`train/loss`) and, by whole words, the usual ones of others (`Loss/test`,
    /// `val_acc`, `lr-Adam`).
    init?(tag: String) {
        if let (metric, _) = Metric.tags.first(where: { $0.tag == tag }) {
            self = .step(metric)
            return
        }
        let words = TagWords(tag)
        if words.has("loss", "losses"), !words.has("scale", "scaler", "weight", "weights", "coefficient", "ratio", "lr")
        {
            self = words.isValidation ? .validationLoss : .step(.loss)
        } else if words.has("acc", "accuracy", "accuracies") {
            self = words.isValidation ? .validationAccuracy : .step(.accuracy)
        } else if words.has("lr", "learningrate") || words.has("learning") && words.has("rate") {
            guard !words.has("decay", "scale", "steps", "multiplier") else { return nil }
            self = .step(.learningRate)
        } else if words.has("gradnorm") || words.has("grad", "grads", "gradient", "gradients") && words.has("norm") {
            self = .step(.gradientNorm)
        } else {
            return nil
        }
    }

    /// The number that a series is taken for.
    init(_ use: TagUse) {
        switch use {
        case .loss: self = .step(.loss)
        case .accuracy: self = .step(.accuracy)
        case .validationLoss: self = .validationLoss
        case .validationAccuracy: self = .validationAccuracy
        }
    }

    /// What it is called where it is said which tag it was taken from.
    var words: String {
        switch self {
        case .step(.loss): "loss"
        case .step(.accuracy): "accuracy"
        case .step(.learningRate): "rate"
        case .step(.gradientNorm): "gradient norm"
        case .step(let metric): "\(metric)"
        case .validationLoss: "validation loss"
        case .validationAccuracy: "validation accuracy"
        }
    }

    /// The same number of the validation set, for what others record in a folder of its own.
    var ofValidation: RecordedNumber {
        switch self {
        case .step(.loss): .validationLoss
        case .step(.accuracy): .validationAccuracy
        default: self
        }
    }
}

/// The words of a tag: parted by what is no letter and no digit, where a small letter meets a large one, and around digits.
struct TagWords {
    let words: [String]

    init(_ tag: String) {
        var words: [String] = []
        var word = ""
        var before: Character?
        for character in tag {
            let isNew =
                before.map { before in
                    before.isLowercase && character.isUppercase || before.isNumber != character.isNumber
                } ?? false
            if isNew || !(character.isLetter || character.isNumber) {
                if !word.isEmpty { words.append(word.lowercased()) }
                word = ""
            }
            if character.isLetter || character.isNumber { word.append(character) }
            before = character
        }
        if !word.isEmpty { words.append(word.lowercased()) }
        self.words = words
    }

    func has(_ sought: String...) -> Bool { words.contains { sought.contains($0) } }

    var isValidation: Bool { words.contains(where: Self.validation.contains) }

    /// Words that make a number a part of another, or one among several: `box` of `train/box_loss`.
    var foreign: Int { words.count { !Self.usual.contains($0) && !Self.validation.contains($0) } }

    static let validation: Set<String> = [
        "val", "valid", "validation", "validating", "test", "testing", "eval", "evaluation", "dev", "holdout",
        "heldout",
    ]
    private static let usual: Set<String> = [
        "train", "training", "loss", "losses", "acc", "accuracy", "accuracies", "lr", "learning", "rate",
        "learningrate", "grad",
        "grads", "gradient", "gradients", "norm", "gradnorm", "global", "total", "overall", "mean", "avg", "average",
        "all",
        "metrics", "metric", "scalars", "main", "step", "batch", "epoch", "running", "categorical", "sparse", "top",
        "1",
    ]
}
