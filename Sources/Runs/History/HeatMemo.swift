import Runs
import Synchronization

/// The heat maps that were drawn lately, so that a frame only works out the columns that came in since the last one.
final class HeatMemo: Sendable {
    /// As many maps as a tall screen shows.
    private static let capacity = 64

    struct Answer: Sendable {
        var question: HeatQuestion
        /// How many reports there were, and the step of the latest.
        var reports = -1
        var lastStep: Int?
        /// Per column, the counts of the bins from the lowest up; NaN where there is no data.
        var counts: [Double]
        var shades: [Double]

        init(_ question: HeatQuestion) {
            self.question = question
            counts = [Double](repeating: .nan, count: question.columns * question.bins)
            shades = counts
        }

        mutating func fill(_ column: Int, from histogram: Histogram) {
            let start = column * question.bins
            for bin in 0..<question.filled { counts[start + bin] = 0 }
            histogram.rebinned(
                low: question.low, high: question.high, bins: question.filled, into: &counts, at: start)
        }
    }

    private let answers = Mutex<[Answer]>([])

    /// The shades of a map, made or brought up to date by `update`.
    func answer(_ question: HeatQuestion, update: (inout Answer) -> Void) -> [Double] {
        answers.withLock { answers in
            if let place = answers.firstIndex(where: { $0.question.isSameMap(as: question) }) {
                answers[place].question = question
                update(&answers[place])
                return answers[place].shades
            }
            if answers.count >= Self.capacity { answers.removeFirst() }
            var answer = Answer(question)
            update(&answer)
            answers.append(answer)
            return answer.shades
        }
    }
}
