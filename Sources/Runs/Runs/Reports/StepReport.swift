/// What one update was: fixed size, so that the trainer can append it without allocating.
package struct StepReport: Hashable, Sendable, Codable, BitwiseCopyable {
    /// `step` updates were finished before this one.
    package var step: Int
    /// The branch that the update was made on.
    package var branch: Int
    /// The epoch of the update, from 0 on.
    package var epoch: Int
    /// By metric.
    private var numbers = MetricNumbers()
    /// Smoothed throughput.
    package var samplesPerSecond: Double
    /// Seconds of training so far, pauses and evaluations excluded.
    package var trainingSeconds: Double
    /// Seconds by the clock since the first update began, pauses and evaluations included.
    package var elapsedSeconds: Double

    /// What an update was; by the clock it took no longer than in training where nothing is said.
    package init(
        step: Int, branch: Int = 0, epoch: Int, loss: Double, penalty: Double = 0, accuracy: Double,
        learningRate: Double, gradientNorm: Double, samplesPerSecond: Double = 0, trainingSeconds: Double = 0,
        elapsedSeconds: Double? = nil
    ) {
        self.step = step
        self.branch = branch
        self.epoch = epoch
        self.samplesPerSecond = samplesPerSecond
        self.trainingSeconds = trainingSeconds
        self.elapsedSeconds = elapsedSeconds ?? trainingSeconds
        self.loss = loss
        self.accuracy = accuracy
        self.learningRate = learningRate
        self.gradientNorm = gradientNorm
        self.penalty = penalty
    }

    /// A metric's number; NaN where there is none.
    package subscript(metric: Metric) -> Double {
        get { numbers[metric] }
        set { numbers[metric] = newValue }
    }

    /// Mean loss of the batch before the update, without the penalty.
    package var loss: Double {
        get { numbers[.loss] }
        set { numbers[.loss] = newValue }
    }

    /// The regularization term beside it: weight decay / 2 times the sum of squares of the decayed weights.
    package var penalty: Double {
        get { numbers[.penalty] }
        set { numbers[.penalty] = newValue }
    }

    /// Share of the batch classified right before the update; NaN where the loss has no classes.
    package var accuracy: Double {
        get { numbers[.accuracy] }
        set { numbers[.accuracy] = newValue }
    }

    /// The rate this update used.
    package var learningRate: Double {
        get { numbers[.learningRate] }
        set { numbers[.learningRate] = newValue }
    }

    /// 2-norm of all gradients together, before clipping.
    package var gradientNorm: Double {
        get { numbers[.gradientNorm] }
        set { numbers[.gradientNorm] = newValue }
    }

    /// The place of the update: its branch, and how many were finished before it.
    package var position: Position { Position(branch: branch, step: step) }
}

extension StepReport {
    /// Bytes before a stored number in a report: reading there is many times as fast as through a key path.
    static func offset(of field: KeyPath<StepReport, Double>) -> Int {
        guard let offset = MemoryLayout<StepReport>.offset(of: field) else {
            preconditionFailure("\(field) is no stored number of StepReport.")
        }
        return offset
    }

    /// Bytes before a metric's number.
    static func offset(of metric: Metric) -> Int { numbersOffset + metric.rawValue * MemoryLayout<Double>.stride }

    private static let numbersOffset: Int = {
        guard let offset = MemoryLayout<StepReport>.offset(of: \.numbers) else {
            preconditionFailure("The metrics are stored in StepReport.")
        }
        return offset
    }()

    /// Puts a number at its place.
    mutating func put(_ number: Double, at offset: Int) {
        withUnsafeMutableBytes(of: &self) { $0.storeBytes(of: number, toByteOffset: offset, as: Double.self) }
    }

    /// Copies one number of each report.
    static func numbers(
        at offset: Int, of reports: UnsafeBufferPointer<StepReport>, into numbers: UnsafeMutableBufferPointer<Double>
    ) {
        precondition(numbers.count >= reports.count, "There is no room for the numbers of all reports.")
        guard let from = UnsafeRawPointer(reports.baseAddress), let to = numbers.baseAddress else { return }
        for place in 0..<reports.count {
            to[place] = from.load(fromByteOffset: place * MemoryLayout<StepReport>.stride + offset, as: Double.self)
        }
    }
}
