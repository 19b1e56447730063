import Runs
import Synchronization

/// The columns that charts asked a series for lately, so that a frame only works out what came in since the last one.
final class SeriesMemo: Sendable {
    /// Charts on a screen with their references; more than that come and go.
    private static let capacity = 24

    /// The answer to one question, and how much of the series it knows.
    struct Answer: Sendable {
        var metric: Metric
        var edges: [Double]
        /// Points of the series when it was worked out.
        var points = 0
        /// The last step then.
        var lastStep = -Double.infinity
        var columns: [SeriesColumn?]
        var trouble: [SeriesTrouble?]
        var smoothed: [Double?]
    }

    private let answers = Mutex<[Answer]>([])

    /// The answer to a question, made or brought up to date by `update`.
    func answer(_ metric: Metric, _ edges: [Double], update: (inout Answer) -> Void) -> Answer {
        answers.withLock { answers in
            if let place = answers.firstIndex(where: { $0.metric == metric && $0.edges == edges }) {
                update(&answers[place])
                return answers[place]
            }
            if answers.count >= Self.capacity { answers.removeFirst() }
            let count = max(0, edges.count - 1)
            var answer = Answer(
                metric: metric, edges: edges, columns: Array(repeating: nil, count: count),
                trouble: Array(repeating: nil, count: count), smoothed: Array(repeating: nil, count: count))
            update(&answer)
            answers.append(answer)
            return answer
        }
    }
}
