/// What one rung of the pre-flight ladder found.
package struct CheckItem: Hashable, Sendable, Codable {
    /// What was looked at.
    package let rung: Rung
    /// How it stands.
    package let verdict: Verdict
    /// The figures, one clause without a full stop.
    package let figures: String
    /// What to do about it, one clause without a full stop; nil where nothing is to be done.
    package let advice: String?
    /// The figures as numbers by their names, for `--json`.
    package let values: [String: Double]

    /// What a rung found.
    package init(
        _ rung: Rung, _ verdict: Verdict, _ figures: String, advice: String? = nil, values: [String: Double] = [:]
    ) {
        (self.rung, self.verdict, self.figures, self.advice, self.values) = (rung, verdict, figures, advice, values)
    }

    /// The rungs, in the order in which they are climbed.
    package enum Rung: String, Hashable, Sendable, Codable, CaseIterable {
        case structure, inputs, initialLoss, regularization, activations, gradients, learningRate, overfit, labels

        /// As people call it.
        package var title: String {
            switch self {
            case .structure: "structure"
            case .inputs: "input scale"
            case .initialLoss: "initial loss"
            case .regularization: "regularization"
            case .activations: "activations"
            case .gradients: "gradients"
            case .labels: "labels"
            case .overfit: "overfits a few"
            case .learningRate: "learning rate"
            }
        }
    }

    /// How a rung stands, the worst last.
    package enum Verdict: String, Hashable, Sendable, Codable, CaseIterable, Comparable {
        case green, amber, red

        package static func < (left: Verdict, right: Verdict) -> Bool { left.rank < right.rank }

        private var rank: Int { self == .green ? 0 : self == .amber ? 1 : 2 }
    }
}

/// How far the pre-flight ladder has come.
package struct CheckResult: Hashable, Sendable, Codable {
    /// What the rungs found, in order.
    package private(set) var items: [CheckItem] = []
    /// The rung that is being climbed; nil before the first and after the last.
    package var current: CheckItem.Rung?
    /// Whether nothing more comes.
    package private(set) var isOver = false

    /// Before the first rung.
    package init() {}

    /// Another rung is done.
    package mutating func append(_ item: CheckItem) { items.append(item) }

    /// Nothing more comes.
    package mutating func end() { (isOver, current) = (true, nil) }

    /// The worst of all; green where there is none.
    package var verdict: CheckItem.Verdict { items.map(\.verdict).max() ?? .green }

    /// `check: 7 green, 1 amber (input scale), 1 red (gradients)`
    package var words: String {
        let parts = CheckItem.Verdict.allCases.compactMap { verdict -> String? in
            let some = items.filter { $0.verdict == verdict }
            guard !some.isEmpty else { return nil }
            let names = verdict == .green ? "" : " (" + some.map(\.rung.title).joined(separator: ", ") + ")"
            return "\(some.count) \(verdict.rawValue)\(names)"
        }
        return "check: " + (parts.isEmpty ? "nothing was looked at" : parts.joined(separator: ", "))
    }
}
