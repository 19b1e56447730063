import Runs

/// What evaluations say.
package struct EvaluationSigns: Hashable, Sendable, Codable {
    /// How many there were.
    package private(set) var count = 0
    /// The newest.
    package private(set) var latest: EvaluationReport?
    /// The lowest loss, and how many evaluations ago it was.
    package private(set) var lowest = Double.infinity
    /// Evaluations since the lowest loss.
    package private(set) var sinceLowest = 0
    /// The highest accuracy, and how many evaluations ago it was.
    package private(set) var highest = -1.0
    /// Evaluations since the highest accuracy.
    package private(set) var sinceHighest = 0
    /// The last accuracies, and losses.
    package private(set) var accuracies = Recent(3)
    /// The last three losses.
    package private(set) var losses = Recent(3)
    /// Whether each so far had many times the training loss.
    package internal(set) var isFarFromTheFirst = true

    init() {}

    mutating func take(_ report: EvaluationReport) {
        count += 1
        latest = report
        losses.take(report.loss)
        sinceLowest += 1
        sinceHighest += 1
        if report.loss < lowest { (lowest, sinceLowest) = (report.loss, 0) }
        guard let accuracy = report.accuracy, accuracy.isFinite else { return }
        accuracies.take(accuracy)
        if accuracy > highest { (highest, sinceHighest) = (accuracy, 0) }
    }

    /// The mean accuracy of the last three; nil before them.
    package var accuracy: Double? {
        accuracies.isFull ? accuracies.numbers.reduce(0, +) / Double(accuracies.numbers.count) : nil
    }

    /// The mean loss of the last three; nil before them.
    package var loss: Double? {
        losses.isFull ? losses.numbers.reduce(0, +) / Double(losses.numbers.count) : nil
    }
}
