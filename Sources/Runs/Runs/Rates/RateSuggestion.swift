/// A rate that a range test proposes, and how it came to it.
package struct RateSuggestion: Hashable, Sendable, Codable {
    /// How it was found.
    package let way: Way
    /// The highest rate of the steps to come.
    package let rate: Double

    /// How a rate is read from a test.
    package enum Way: String, Hashable, Sendable, Codable, CaseIterable {
        /// Lowest loss of the copies that trained for a while.
        case tried
        /// Between the longest fall and the blow-up; where nothing was tried.
        case balanced
        /// Where the loss falls fastest.
        case steepest
        /// Half way along the longest fall.
        case valley
        /// A tenth of where the loss is lowest.
        case minimumOverTen

        /// As people call it.
        package var words: String {
            switch self {
            case .tried: "tried"
            case .balanced: "balanced"
            case .steepest: "steepest"
            case .valley: "valley"
            case .minimumOverTen: "minimum/10"
            }
        }

        /// Why one would take it, in a few words.
        package var reason: String {
            switch self {
            case .tried: "lowest loss of copies that trained for a while"
            case .balanced: "between the longest fall and the blow-up"
            case .steepest: "where the loss falls fastest"
            case .valley: "half way along the longest fall"
            case .minimumOverTen: "a tenth of where the loss is lowest"
            }
        }
    }
}
