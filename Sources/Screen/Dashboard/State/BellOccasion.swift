/// What the terminal's bell may ring for.
package enum BellOccasion: String, Hashable, Sendable, CaseIterable {
    /// The run has come to its end.
    case finish
    /// A loss or gradient that is not finite.
    case notFinite
}
