import Tensors

/// Sets a share of the examples aside for validation.
package struct ValidationSplit: Sendable {
    /// Share of the examples, above 0 and below 1.
    package let fraction: Double
    /// Decides which examples are drawn where they are shuffled.
    package let seed: UInt64
    /// Drawn at random from the seed; without it the tail of the file.
    package let shuffle: Bool

    /// Which of how many parts is held out, in place of the last share; nil for that share.
    package var fold: (index: Int, count: Int)?

    package init(fraction: Double, seed: UInt64, shuffle: Bool = true) {
        self.fraction = fraction
        self.seed = seed
        self.shuffle = shuffle
    }

    /// Places of training and validation examples, each in the file's order; the share is rounded to whole examples.
    package func indices(count: Int) throws(DatasetError) -> (training: [Int], validation: [Int]) {
        guard fraction > 0, fraction < 1 else {
            throw DatasetError("validation", "a fraction lies between 0 and 1, not \(fraction)")
        }
        guard count >= 2 else {
            throw DatasetError(
                "validation", "\(count) examples cannot be split; at least 2 are due, or leave out the validation set")
        }
        let held = min(count - 1, max(1, Int((fraction * Double(count)).rounded())))
        var order = Array(0..<count)
        if shuffle {
            var random = Philox(seed: seed, purpose: .validationSplit).stream(0)
            order = random.permutation(of: count)
        }
        guard let fold else { return (order.dropLast(held).sorted(), order.suffix(held).sorted()) }
        guard fold.count <= count else {
            throw DatasetError("validation", "\(count) examples are too few for \(fold.count) folds")
        }
        // The parts differ by one example at most; the last one comes first, as it is what a fraction holds out.
        let (first, end) = (fold.index * count / fold.count, (fold.index + 1) * count / fold.count)
        let part = (count - end)..<(count - first)
        return ((order[..<part.lowerBound] + order[part.upperBound...]).sorted(), order[part].sorted())
    }

    /// The two parts, copied.
    package func split(_ dataset: Dataset) throws(DatasetError) -> (training: Dataset, validation: Dataset) {
        let (training, validation) = try indices(count: dataset.count)
        return (dataset.selecting(training), dataset.selecting(validation))
    }
}
