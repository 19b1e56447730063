import Fields

/// Which weights a run goes back to, and what its rate is multiplied with from then on; the steps go on being counted.
package struct Restoration: Hashable, Sendable, Codable {
    /// Whose weights they are.
    package var from: Source
    /// What the rate is multiplied with, above 0.
    package var scale: Double

    /// Weights that a run keeps in memory.
    package enum Source: String, Hashable, Sendable, Codable, CaseIterable {
        /// The latest ones whose loss was within 3 times the median of those before it, with what the optimizer remembered.
        case snapshot
        /// Those of the best evaluation; the optimizer forgets what it remembered.
        case best
    }

    /// The snapshot's weights at the rate as it is, where nothing else is said.
    package init(from: Source = .snapshot, scale: Double = 1) {
        self.from = from
        self.scale = scale
    }
}

extension Restoration: Written {
    package init() { self.init(from: .snapshot) }

    package static let word = "restore"
    package static let meaning = "which weights the run goes back to"
    package static let fields: [Field<Restoration>] = [
        Field("from", \.from, .word, "the latest sound weights, or those of the best evaluation"),
        Field("scale", \.scale, .number(.positive), "what the rate is multiplied with").brief,
    ]
}

extension FieldType<Restoration> {
    /// `"best"` or `{ from: "best", scale: 0.3 }`; `true` and `{}` take the snapshot.
    static var restoration: FieldType {
        let (word, object) = (FieldType<Restoration.Source>.word, FieldType<Restoration>.object)
        return FieldType(
            .either(
                [.yes, word.form, object.form],
                due: "{ \"from\": \"snapshot\" } or { \"from\": \"best\" } is due here, with a \"scale\" or without"),
            decode: { value in
                switch value {
                case .flag: Restoration()
                case .written: object.decode(value)
                default: Restoration(from: word.decode(value))
                }
            }, encode: { .written($0) })
    }
}
