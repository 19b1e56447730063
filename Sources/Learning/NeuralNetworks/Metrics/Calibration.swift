/// Whether predictions are right as often as their probabilities say (Guo and others, On Calibration of Modern Neural Networks,
/// 2017): examples in bins by the probability of the predicted class.
package struct Calibration: Hashable, Sendable {
    /// From the lowest probabilities up; all as wide.
    package let bins: [Bin]

    /// Examples of like probability.
    package struct Bin: Hashable, Sendable {
        /// Probabilities above the lower bound, up to the upper one; the first bin holds 0 too.
        package let range: ClosedRange<Double>
        /// How many examples.
        package fileprivate(set) var count = 0
        fileprivate var probabilities = 0.0
        fileprivate var correct = 0

        /// The mean probability of the predicted classes; nil without examples.
        package var confidence: Double? { count == 0 ? nil : probabilities / Double(count) }
        /// The share that was right, 0...1; nil without examples.
        package var accuracy: Double? { count == 0 ? nil : Double(correct) / Double(count) }
        /// How far the two are apart; nil without examples.
        package var gap: Double? {
            guard let accuracy, let confidence else { return nil }
            return abs(accuracy - confidence)
        }
    }

    /// Puts examples into bins; nil where there are no probabilities. Examples whose scores are not numbers are left out.
    /// - Parameter count: how many bins, at least 1.
    package init?(_ predictions: Predictions, bins count: Int = 15) {
        guard predictions.areProbabilities, let labels = predictions.labels else { return nil }
        precondition(count > 0, "a calibration needs bins")
        var bins = (0..<count).map {
            Bin(range: Double($0) / Double(count)...Double($0 + 1) / Double(count))
        }
        for (example, label) in labels.enumerated() {
            guard let predicted = predictions.predicted(example) else { continue }
            let row = predictions.row(example)
            let probability = Double(row[row.startIndex + predicted])
            let place = min(count - 1, max(0, Int((probability * Double(count)).rounded(.up)) - 1))
            bins[place].count += 1
            bins[place].probabilities += probability
            if predicted == Int(label) { bins[place].correct += 1 }
        }
        self.bins = bins
    }

    /// The mean distance of probability and share of right ones, weighted by the examples of the bins, 0...1; NaN without any.
    package var expectedError: Double {
        let all = bins.reduce(0) { $0 + $1.count }
        return all == 0
            ? .nan : bins.reduce(0) { $0 + ($1.gap ?? 0) * Double($1.count) } / Double(all)
    }

    /// The largest of these distances, 0...1; NaN without examples.
    package var maximumError: Double { bins.compactMap(\.gap).max() ?? .nan }
}
