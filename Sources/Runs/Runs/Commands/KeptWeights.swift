/// Which weights a run leaves behind as its result.
package enum KeptWeights: String, Hashable, Sendable, Codable {
    /// Those of the best evaluation so far.
    case best
    /// Those of the last update.
    case last
}
