import Searching
import Settings

/// What came of a search: the best trial, its config, and what is said of the edges of ranges.
struct SearchResult {
    /// The best trial that came to its end; nil where none has.
    let best: SearchTrial?
    /// How good it is.
    let score: TrialScore?
    /// Its config as text, to be trained by itself.
    let config: String?
    /// Ranges on whose edge it lies.
    let advice: [SearchAdvice]

    init(_ order: SearchOrder, _ state: SearchState) throws {
        best = state.best
        score = best.flatMap { state.score(of: $0) }
        config = try best.map {
            try order.config(of: $0.values, name: "\(order.name)-best", fold: nil, threads: nil)
        }
        advice = best.map { SearchAdvice.all(for: $0.values, in: order.space) } ?? []
    }
}
