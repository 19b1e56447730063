import Runs
import Synchronization

/// The columns that charts asked a series for lately, so that a frame only works out what came in since the last one.
final class SeriesMemo: Sendable {
    /// Charts on a screen with their references; more than that come and go.
    private static let capacity = 32

    /// What of a metric a chart wants to know of each column.
    enum Subject: Hashable, Sendable {
        /// Ranges, and what is not finite.
        case values
        /// The moving average.
        case average(AverageSpace)
    }

    /// The answer to one question, and how much of the series it knows.
    struct Answer: Sendable {
        let metric: Metric
        let subject: Subject
        let edges: [Double]
        /// Points of the series when it was worked out.
        var points = 0
        /// The last step then.
        var lastStep = -Double.infinity
        /// Of each column, where the subject is values.
        var columns: [SeriesColumn?] = []
        var trouble: [SeriesTrouble?] = []
        /// Of each column, where the subject is the average.
        var smoothed: [Double?] = []

        init(_ metric: Metric, _ subject: Subject, _ edges: [Double]) {
            (self.metric, self.subject, self.edges) = (metric, subject, edges)
            let count = max(0, edges.count - 1)
            if case .values = subject {
                columns = Array(repeating: nil, count: count)
                trouble = Array(repeating: nil, count: count)
            } else {
                smoothed = Array(repeating: nil, count: count)
            }
        }
    }

    private let answers = Mutex<[Answer]>([])

    /// The answer to a question, made or brought up to date by `update`.
    func answer(
        _ metric: Metric, _ subject: Subject, _ edges: [Double], update: (inout Answer) -> Void
    ) -> Answer {
        answers.withLock { answers in
            if let place = answers.firstIndex(where: {
                $0.metric == metric && $0.subject == subject && $0.edges == edges
            }) {
                update(&answers[place])
                return answers[place]
            }
            if answers.count >= Self.capacity { answers.removeFirst() }
            var answer = Answer(metric, subject, edges)
            update(&answer)
            answers.append(answer)
            return answer
        }
    }
}
