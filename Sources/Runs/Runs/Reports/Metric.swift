/// A number that every step reports and that is kept and drawn over the steps.
///
/// One more is one more case with its row in `written` and one more place in `PerMetric`; then the trainer puts it into its report.
/// Logs (in this order), event files, histories and recorded runs have it from then on.
package enum Metric: Int, Hashable, Sendable, CaseIterable {
    case loss
    case penalty
    case accuracy
    case learningRate
    case gradientNorm

    /// How it is written down.
    package struct Row: Sendable {
        /// Its key in a log: `gradientNorm`.
        package let key: StaticString
        /// What it is, in one sentence without a full stop.
        package let meaning: String
        /// Whether NaN means that there is no such number, rather than one that went wrong.
        package var mayBeAbsent = false
    }

    /// Its row in the table of a step's numbers.
    package var written: Row {
        switch self {
        case .loss: Row(key: "loss", meaning: "the batch's mean loss before the update, without the penalty")
        case .penalty: Row(key: "penalty", meaning: "what weight decay adds to the loss")
        case .accuracy:
            Row(
                key: "accuracy", meaning: "the share of the batch classified right; null without classes",
                mayBeAbsent: true)
        case .learningRate: Row(key: "learningRate", meaning: "the rate that it used")
        case .gradientNorm: Row(key: "gradientNorm", meaning: "the 2-norm of all gradients, before clipping")
        }
    }

    /// Whether the number is a share of the batch, 0 to 1: no single one can lie far from the others.
    package var isShare: Bool { self == .accuracy }

    /// The number in a report; NaN or infinite where it is missing or went wrong.
    package func value(of report: StepReport) -> Double { report[self] }

    /// Writes the number of each report into memory that has room for as many.
    package func values(of reports: UnsafeBufferPointer<StepReport>, into values: UnsafeMutableBufferPointer<Double>) {
        StepReport.numbers(at: StepReport.offset(of: self), of: reports, into: values)
    }
}

/// A value for each metric, in line with its owner; as many as there are cases, which `StepBucketTests` compares.
package typealias PerMetric<Value> = InlineArray<5, Value>

/// A number for each metric; NaN where nothing was said.
struct MetricNumbers: Sendable, BitwiseCopyable {
    private var numbers = PerMetric<Double>(repeating: .nan)

    subscript(metric: Metric) -> Double {
        get { numbers[metric.rawValue] }
        set { numbers[metric.rawValue] = newValue }
    }
}

// A number that is missing is the same as one that is missing.
extension MetricNumbers: Hashable {
    static func == (one: MetricNumbers, other: MetricNumbers) -> Bool {
        one.numbers.indices.allSatisfy {
            one.numbers[$0] == other.numbers[$0] || (one.numbers[$0].isNaN && other.numbers[$0].isNaN)
        }
    }

    func hash(into hasher: inout Hasher) {
        for index in numbers.indices { hasher.combine(numbers[index].isNaN ? .nan : numbers[index]) }
    }
}

extension MetricNumbers: Codable {
    init(from decoder: any Decoder) throws {
        let list = try decoder.singleValueContainer().decode([Double].self)
        guard list.count == numbers.count else { throw PackingError("\(list.count) metrics") }
        for (place, number) in list.enumerated() { numbers[place] = number }
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(numbers.indices.map { numbers[$0] })
    }
}
