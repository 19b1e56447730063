import Runs

/// One thing that can be wrong with a run: how it shows, how often it must, and what to say of it. Pure.
///
/// A new one is a value of this type with its line in `Rule.all`, and its case in `FindingKind`.
package struct Rule: Sendable {
    /// What it is called.
    package let kind: FindingKind
    /// After which reports it is asked.
    package let occasion: Occasion
    /// It is raised when so many of the last so many answers say so, and cleared when twice as many in a row say no.
    package let needed: Int
    /// So many of its last answers count.
    package let of: Int
    /// Judges by what is known.
    package let judge: @Sendable (Signs, RunSubject) -> Verdict
    /// The cause in words, and what can be done, once it is raised.
    package let explain: @Sendable (Evidence, Signs, RunSubject) -> (text: String, remedies: [Remedy])

    /// After which reports a rule is asked.
    package enum Occasion: Hashable, Sendable {
        /// Before the first update, once its layers are measured.
        case beginning
        case step
        case layers
        case probe
        case modes
        case evaluation
        case notFinite
    }

    init(
        _ kind: FindingKind, after occasion: Occasion, _ needed: Int, of: Int,
        judge: @escaping @Sendable (Signs, RunSubject) -> Verdict,
        explain: @escaping @Sendable (Evidence, Signs, RunSubject) -> (text: String, remedies: [Remedy])
    ) {
        precondition(needed <= of && of <= 64, "votes are kept in 64 bits")
        self.kind = kind
        self.occasion = occasion
        (self.needed, self.of) = (needed, of)
        self.judge = judge
        self.explain = explain
    }
}

/// What a rule says of a run at a moment.
package enum Verdict: Hashable, Sendable {
    /// It is not the case.
    case quiet
    /// Nothing can be said now.
    case unsure
    /// It is the case.
    case found(Evidence)
    /// It is the case, however often it was before.
    case certain(Evidence)

    /// Found where a number lies above a threshold, else quiet.
    static func above(_ value: Double, _ threshold: Double, layer: Int? = nil) -> Verdict {
        value > threshold ? .found(Evidence(value, threshold, layer: layer)) : .quiet
    }

    /// Found where a number lies below a threshold, else quiet.
    static func below(_ value: Double, _ threshold: Double, layer: Int? = nil) -> Verdict {
        value < threshold ? .found(Evidence(value, threshold, layer: layer)) : .quiet
    }
}

/// What was measured, what it was held against, and where.
package struct Evidence: Hashable, Sendable, Codable {
    /// What was measured.
    package let value: Double
    /// What it was held against.
    package let threshold: Double
    /// The place among the watched layers; nil where it concerns the whole run.
    package let layer: Int?

    init(_ value: Double, _ threshold: Double, layer: Int? = nil) {
        self.value = value
        self.threshold = threshold
        self.layer = layer
    }
}

extension RunSubject {
    /// A watched layer as sentences name it: `2 (linear)`.
    func name(of layer: Int?) -> String {
        guard let layer, description.layers.indices.contains(layer) else { return "a layer" }
        return "\(description.layers[layer].name) (\(description.layers[layer].kind))"
    }
}

extension Rule {
    /// A moment to go back to that lies before something began.
    static func moment(before onset: Int, _ signs: Signs) -> Int { max(0, min(onset, signs.step) - 1) }
}
