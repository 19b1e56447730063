/// Something that somebody should know about a run before its first step: data that may lie, a plan that may not be meant.
///
/// Whoever reads, plans or builds collects them as values; the commands print them, the dashboard shows them in the row of findings.
package struct StartWarning: Hashable, Sendable, Codable {
    /// What kind it is, the same for every run: `csv.header`.
    package let id: String
    /// One line without a full stop: file, what is the case, what would change it.
    package let sentence: String
    /// How much it matters.
    package let weight: Weight

    /// How much a warning matters.
    package enum Weight: String, Hashable, Sendable, Codable {
        /// The run is perhaps not the one that was meant: it stays in the row of findings.
        case doubt
        /// Something was done that nobody asked for: it is said, and leaves the row after the first epoch.
        case notice
    }

    /// Something that gives doubt.
    package init(_ id: String, _ sentence: String) { self.init(id, .doubt, sentence) }

    /// A warning of a kind; control characters in it become blanks, so that it stays one line.
    package init(_ id: String, _ weight: Weight, _ sentence: String) {
        self.id = id
        self.weight = weight
        self.sentence = String(
            String.UnicodeScalarView(
                sentence.unicodeScalars.map { $0.properties.generalCategory == .control ? " " : $0 }))
    }
}
