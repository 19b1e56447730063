/// How well classes were told apart.
package struct ClassReport: Hashable, Sendable {
    /// How many classes there are.
    package let classCount: Int
    /// Examples by label, then by predicted class: `confusion[label][predicted]`. Examples without a prediction are in none.
    package let confusion: [[Int]]
    /// Each class's figures.
    package let classes: [Figures]
    /// Examples in all, those without a prediction too.
    package let count: Int
    private let ranks: [Int?]

    /// One class against the others.
    package struct Figures: Hashable, Sendable {
        /// Examples of the class.
        package let count: Int
        /// Examples that were taken for it.
        package let predicted: Int
        /// Those that are both.
        package let correct: Int
        /// The share of those taken for it that are of it, 0...1; nil where none were taken for it.
        package var precision: Double? { predicted == 0 ? nil : Double(correct) / Double(predicted) }
        /// The share of its examples that were found, 0...1; nil where it has none.
        package var recall: Double? { count == 0 ? nil : Double(correct) / Double(count) }
        /// The harmonic mean of precision and recall, 2 correct / (count + predicted); nil where the class does not occur.
        package var f1: Double? {
            count + predicted == 0 ? nil : 2 * Double(correct) / Double(count + predicted)
        }
    }

    /// Counts; nil where numbers are predicted.
    package init?(_ predictions: Predictions) {
        guard let labels = predictions.labels else { return nil }
        let width = predictions.width
        var confusion = [[Int]](repeating: [Int](repeating: 0, count: width), count: width)
        var counts = [Int](repeating: 0, count: width)
        var ranks: [Int?] = []
        ranks.reserveCapacity(labels.count)
        for (example, label) in labels.enumerated() {
            let label = Int(label)
            counts[label] += 1
            guard let predicted = predictions.predicted(example) else {
                ranks.append(nil)
                continue
            }
            confusion[label][predicted] += 1
            let row = predictions.row(example)
            let own = row[row.startIndex + label]
            // Of equals the first comes first, as the predicted class does.
            ranks.append(
                row.enumerated().count { $0.element > own || ($0.element == own && $0.offset < label) })
        }
        classCount = width
        count = labels.count
        classes = (0..<width).map { label in
            Figures(
                count: counts[label], predicted: confusion.reduce(0) { $0 + $1[label] },
                correct: confusion[label][label])
        }
        self.confusion = confusion
        self.ranks = ranks
    }

    /// The share of right predictions, 0...1; NaN without examples.
    package var accuracy: Double { topK(1) }

    /// The share of examples whose class is among the k with the largest scores, 0...1; NaN without examples.
    package func topK(_ k: Int) -> Double {
        count == 0 ? .nan : Double(ranks.count { $0.map { $0 < k } ?? false }) / Double(count)
    }

    /// The plain mean of a figure over the classes that occur as label or prediction, where undefined ones count 0, as in
    /// scikit-learn's `average="macro"`; nil where no class occurs.
    package func macro(_ figure: (Figures) -> Double?) -> Double? {
        let occurring = classes.filter { $0.count + $0.predicted > 0 }
        guard !occurring.isEmpty else { return nil }
        return occurring.reduce(0) { $0 + (figure($1) ?? 0) } / Double(occurring.count)
    }

    /// Labels and what they were taken for, the most frequent first; of equals in the order of labels.
    package func confusions(_ most: Int) -> [(label: Int, predicted: Int, count: Int)] {
        var all: [(label: Int, predicted: Int, count: Int)] = []
        for (label, row) in confusion.enumerated() {
            for (predicted, count) in row.enumerated() where count > 0 && label != predicted {
                all.append((label, predicted, count))
            }
        }
        all.sort { $0.count != $1.count ? $0.count > $1.count : ($0.label, $0.predicted) < ($1.label, $1.predicted) }
        return Array(all.prefix(most))
    }
}
