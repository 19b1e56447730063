/// Which examples each update of a run takes, and where its epochs end, though somebody changes the size of its batches on the way.
///
/// Epochs are whole passes over the data, counted from 0. A change acts from an update on: the rest of the epoch under way is taken
/// in batches of the new size.
package struct EpochCourse: Hashable, Sendable, Codable {
    /// Training examples, each once in an epoch.
    package let examples: Int
    /// Whether the last batch of an epoch is left out where it is not full.
    package let dropLast: Bool
    /// In rising order of their steps; the first begins the run.
    package private(set) var stretches: [Stretch]

    /// Updates with batches of one size.
    package struct Stretch: Hashable, Sendable, Codable {
        /// The update that begins it.
        package let step: Int
        /// The epoch of that update.
        package let epoch: Int
        /// How many examples of that epoch were taken before.
        package let example: Int
        /// Examples of an update; the last one of an epoch may have fewer.
        package let batchSize: Int
    }

    /// What one update takes.
    package struct Place: Hashable, Sendable {
        /// Counted from 0.
        package let epoch: Int
        /// Where in the order of the epoch its examples stand.
        package let examples: Range<Int>

        /// The examples of a range of an epoch.
        package init(epoch: Int, examples: Range<Int>) { (self.epoch, self.examples) = (epoch, examples) }
    }

    /// A run of one batch size; traps unless an epoch has a batch.
    package init(examples: Int, batchSize: Int, dropLast: Bool = false) {
        precondition(batchSize > 0, "a batch holds at least one example, not \(batchSize)")
        precondition(examples >= (dropLast ? batchSize : 1), "an epoch has at least one batch")
        self.examples = examples
        self.dropLast = dropLast
        stretches = [Stretch(step: 0, epoch: 0, example: 0, batchSize: batchSize)]
    }

    /// The course with what was changed on the way; nil where it cannot have been.
    package init?(_ planned: EpochCourse, changed stretches: [Stretch]) {
        self = planned
        for stretch in stretches {
            let last = self.stretches[self.stretches.count - 1].step
            guard stretch.step >= last, stretch.step <= Self.mostSteps,
                refusal(ofBatches: stretch.batchSize, from: stretch.step) == nil
            else { return nil }
            change(to: stretch.batchSize, from: stretch.step)
            guard self.stretches.last == stretch else { return nil }
        }
    }

    /// Takes batches of another size from update `step` on, which is none before the last change.
    package mutating func change(to batchSize: Int, from step: Int) {
        let place = place(of: step)
        precondition(
            stretch(of: step) == stretches[stretches.count - 1], "batches change after what was changed before")
        if stretches.last?.step == step, stretches.count > 1 { stretches.removeLast() }
        stretches.append(
            Stretch(step: step, epoch: place.epoch, example: place.examples.lowerBound, batchSize: batchSize))
    }

    /// Why there can be no batches of a size from update `step` on, one clause without a full stop; nil where there can.
    package func refusal(ofBatches batchSize: Int, from step: Int) -> String? {
        guard batchSize > 0 else { return "a batch holds at least one example, not \(batchSize)" }
        guard batchSize <= examples else {
            return "a batch of \(batchSize) is larger than the \(examples) training examples"
        }
        let left = examples - place(of: step).examples.lowerBound
        guard !dropLast || batchSize <= left else {
            return
                "\(left) examples of the epoch are left, and dropLast leaves out a batch of \(batchSize) that is not full: "
                + "ask again at step \(firstStep(ofEpoch: place(of: step).epoch + 1)), where the next epoch begins"
        }
        return nil
    }

    /// Examples of update `step` where it is no last one of an epoch.
    package func batchSize(at step: Int) -> Int { stretch(of: step).batchSize }

    /// Updates of an epoch that is made in batches as they are last.
    package var stepsPerEpoch: Int { count(examples, in: stretches[stretches.count - 1].batchSize) }

    /// Examples of the smallest batch from update `step` on: the last one of the epoch under way, or of a later one.
    package func smallestBatch(from step: Int) -> Int {
        let size = batchSize(at: step)
        guard !dropLast else { return size }
        return [examples - place(of: step).examples.lowerBound, examples].reduce(size) { smallest, left in
            min(smallest, left % size == 0 ? size : left % size)
        }
    }

    /// What update `step` takes.
    package func place(of step: Int) -> Place {
        let stretch = stretch(of: step)
        let (done, rest) = (step - stretch.step, count(examples - stretch.example, in: stretch.batchSize))
        guard done >= rest else {
            let first = stretch.example + done * stretch.batchSize
            return Place(epoch: stretch.epoch, examples: first..<min(examples, first + stretch.batchSize))
        }
        let (epochs, batch) = (done - rest).quotientAndRemainder(
            dividingBy: count(examples, in: stretch.batchSize))
        let first = batch * stretch.batchSize
        return Place(
            epoch: stretch.epoch + 1 + epochs, examples: first..<min(examples, first + stretch.batchSize))
    }

    /// The epoch of update `step`; so many were finished before it.
    package func epoch(of step: Int) -> Int { place(of: step).epoch }

    /// Whether an epoch begins with update `step`, so that one ends with the update before.
    package func begins(at step: Int) -> Bool { place(of: step).examples.lowerBound == 0 }

    /// The update that begins an epoch: so many are made until all epochs before it are over.
    package func firstStep(ofEpoch epoch: Int) -> Int {
        guard epoch > 0 else { return 0 }
        let last = stretches.last { $0.epoch < epoch || $0.epoch == epoch && $0.example == 0 }
        guard let stretch = last, stretch.epoch < epoch else { return last?.step ?? 0 }
        return stretch.step + count(examples - stretch.example, in: stretch.batchSize)
            + (epoch - stretch.epoch - 1) * count(examples, in: stretch.batchSize)
    }

    /// More than any run has.
    private static let mostSteps = 1_000_000_000_000

    private func stretch(of step: Int) -> Stretch { stretches.last { $0.step <= step } ?? stretches[0] }

    private func count(_ examples: Int, in batchSize: Int) -> Int {
        dropLast ? examples / batchSize : (examples + batchSize - 1) / batchSize
    }
}

/// The course as an axis: epochs as a number that rises with the steps, evenly within each.
extension EpochCourse {
    /// Epochs that are over at a step, with the share of the one under way.
    package func epochs(at step: Double) -> Double {
        guard step.isFinite, step > 0 else { return 0 }
        let epoch = epoch(of: Int(min(step, 1e15)))
        return Double(epoch) + share(of: step, in: epoch)
    }

    /// Where so many epochs are over.
    package func step(atEpochs epochs: Double) -> Double {
        guard epochs.isFinite, epochs > 0 else { return 0 }
        let whole = Int(min(epochs, 1e12))
        let (first, next) = (Double(firstStep(ofEpoch: whole)), Double(firstStep(ofEpoch: whole + 1)))
        return first + (epochs - Double(whole)) * (next - first)
    }

    private func share(of step: Double, in epoch: Int) -> Double {
        let (first, next) = (Double(firstStep(ofEpoch: epoch)), Double(firstStep(ofEpoch: epoch + 1)))
        return (step - first) / (next - first)
    }
}
