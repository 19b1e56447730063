import Tensors

/// What a network says of a set of examples beside what is the case, and what each of them costs.
package struct Predictions: Sendable {
    /// What is the case, as many as there are examples.
    package let truth: Truth
    /// Outputs an example.
    package let width: Int
    /// `count` x `width` numbers: probabilities of the classes for cross-entropy, else outputs.
    package let scores: [Float]
    /// Whether `scores` are probabilities.
    package let areProbabilities: Bool
    /// The loss of each example; NaN where its outputs are not finite.
    package let losses: [Double]
    /// The loss of all of them.
    package let loss: LossValue

    /// What is the case.
    package enum Truth: Hashable, Sendable {
        /// A class for each example, in 0..<width.
        case classes([Int32])
        /// `count` x `width` numbers.
        case values([Float])
    }

    /// Works out probabilities and losses, with the same bits on any number of threads.
    ///
    /// - Parameters:
    ///   - outputs: `count` x `width` numbers, logits for cross-entropy.
    ///   - batch: examples that are added up at a time, as the run's own evaluations do; at least 1.
    package init(outputs: FloatBuffer, truth: Truth, width: Int, loss: Loss, batch: Int, pool: WorkerPool) {
        precondition(width > 0 && batch > 0, "predictions need outputs and batches")
        let count =
            switch truth {
            case .classes(let classes): classes.count
            case .values(let values): values.count / width
            }
        precondition(outputs.count == count * width, "\(count) targets need \(count) x \(width) outputs")
        (self.truth, self.width) = (truth, width)
        areProbabilities = if case .crossEntropy = loss { true } else { false }
        var (total, each) = (LossValue.none, [Double]())
        each.reserveCapacity(count)
        var scores = areProbabilities ? [Float](repeating: 0, count: outputs.count) : outputs.array
        let hasProbabilities = areProbabilities
        scores.withUnsafeMutableBufferPointer { scores in
            for first in stride(from: 0, to: count, by: batch) {
                let length = min(batch, count - first)
                Self.withTargets(truth, from: first, width: width) { targets in
                    total += loss.evaluate(
                        outputs: outputs.pointer + first * width, targets: targets, batch: length, outputCount: width,
                        gradient: nil, pool: pool)
                }
                for example in first..<first + length {
                    let row = LossRow(
                        outputs: outputs.pointer + example * width, count: width, scale: 1, gradient: nil)
                    switch truth {
                    case .classes(let classes): each.append(loss.evaluate(row, label: Int(classes[example])))
                    case .values(let values):
                        each.append(row.squares { Double(values[example * width + $0]) })
                    }
                    if hasProbabilities, let base = scores.baseAddress {
                        row.addProbabilities(to: base + example * width)
                    }
                }
            }
        }
        // A mean over the outputs, as the loss of all is.
        losses = loss == .meanSquaredError ? each.map { $0 / Double(width) } : each
        self.loss = total
        self.scores = scores
    }

    private static func withTargets(_ truth: Truth, from first: Int, width: Int, _ body: (Targets) -> Void) {
        switch truth {
        case .classes(let classes):
            classes.withUnsafeBufferPointer { buffer in
                if let base = buffer.baseAddress { body(.classes(base + first)) }
            }
        case .values(let values):
            values.withUnsafeBufferPointer { buffer in
                if let base = buffer.baseAddress { body(.values(base + first * width)) }
            }
        }
    }

    /// How many examples there are.
    package var count: Int { losses.count }

    /// The class of each example; nil where numbers are predicted.
    package var labels: [Int32]? { if case .classes(let classes) = truth { classes } else { nil } }

    /// The scores of one example.
    package func row(_ example: Int) -> ArraySlice<Float> { scores[example * width..<(example + 1) * width] }

    /// The class with the largest score, the first of equals; nil where the scores are not numbers.
    package func predicted(_ example: Int) -> Int? { Self.indexOfLargest(row(example)) }

    /// The first of the largest; nil where one of them is no number.
    static func indexOfLargest(_ row: ArraySlice<Float>) -> Int? {
        var best = row.startIndex
        for index in row.indices {
            if row[index].isNaN { return nil }
            if row[index] > row[best] { best = index }
        }
        return best - row.startIndex
    }

    /// The examples that cost most, the most expensive first, those that are not finite before all; of equals the first.
    package func worst(_ most: Int) -> [Int] {
        let ordered = losses.indices.sorted { first, second in
            let (a, b) = (losses[first], losses[second])
            if a.isNaN != b.isNaN { return a.isNaN }
            return a == b || a.isNaN ? first < second : a > b
        }
        return Array(ordered.prefix(most))
    }

    /// How many examples have scores that are not numbers.
    package var notFinite: Int { (0..<count).count { example in row(example).contains { $0.isNaN } } }
}
