/// Something that is wrong with a run, raised or cleared: the cause in words, the evidence, and what can be done.
package struct Finding: Hashable, Sendable, Codable {
    /// What is wrong.
    package var kind: FindingKind
    /// Whether it is the case from here on, or no longer.
    package var state: State
    /// The updates finished when it was said.
    package var position: Position
    /// Whether it is the first cause of all that stand.
    package var isHeadline: Bool
    /// The update at which it began; 0 for what was so before the first.
    package var onset: Int
    /// The layer where it shows; nil where it concerns the whole run.
    package var layer: String?
    /// What was measured.
    package var value: Double
    /// What it was held against.
    package var threshold: Double
    /// The cause in one line, with counts and without a full stop.
    package var text: String
    /// What can be done, the likeliest first.
    package var remedies: [Remedy]

    /// Whether a finding begins or ends.
    package enum State: String, Hashable, Sendable, Codable, CaseIterable {
        case raised, cleared
    }

    /// What is wrong from a position on, or no longer.
    package init(
        _ kind: FindingKind, _ state: State, at position: Position, isHeadline: Bool, onset: Int, layer: String? = nil,
        value: Double, threshold: Double, text: String, remedies: [Remedy] = []
    ) {
        self.kind = kind
        self.state = state
        self.position = position
        self.isHeadline = isHeadline
        self.onset = onset
        self.layer = layer
        self.value = value
        self.threshold = threshold
        self.text = text
        self.remedies = remedies
    }

    // Measured numbers may be NaN, and findings are compared whole.
    package static func == (one: Finding, other: Finding) -> Bool {
        one.kind == other.kind && one.state == other.state && one.position == other.position
            && one.isHeadline == other.isHeadline && one.onset == other.onset && one.layer == other.layer
            && one.value.bitPattern == other.value.bitPattern && one.threshold.bitPattern == other.threshold.bitPattern
            && one.text == other.text && one.remedies == other.remedies
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(kind)
        hasher.combine(state)
        hasher.combine(position)
        hasher.combine(text)
    }
}

/// Something that helps against a finding: commands that the run takes, or a change of the config where only a new run helps.
package struct Remedy: Hashable, Sendable, Codable {
    /// What it does, one line: `rewind to step 340 and divide the rate by 3`.
    package var words: String
    /// The commands in their order; empty where only the config helps.
    package var commands: [RunCommand]

    /// Commands that help.
    package init(_ words: String, _ commands: [RunCommand] = []) {
        self.words = words
        self.commands = commands
    }
}
