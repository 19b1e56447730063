/// A number that every step reports and that is kept and drawn over the steps.
///
/// One more is one more case, its place in a report, and one more place in `PerMetric`.
package enum Metric: Int, Hashable, Sendable, CaseIterable {
    case loss
    case accuracy
    case learningRate
    case gradientNorm
    case penalty

    /// Where a step's report has the number.
    package var field: KeyPath<StepReport, Double> {
        switch self {
        case .loss: \.loss
        case .accuracy: \.accuracy
        case .learningRate: \.learningRate
        case .gradientNorm: \.gradientNorm
        case .penalty: \.penalty
        }
    }

    /// Whether the number is a share of the batch, 0 to 1: no single one can lie far from the others.
    package var isShare: Bool { self == .accuracy }

    /// The number in a report; NaN or infinite where it is missing or went wrong.
    package func value(of report: StepReport) -> Double {
        withUnsafeBytes(of: report) { $0.load(fromByteOffset: offset, as: Double.self) }
    }

    /// Writes the number of each report into memory that has room for as many.
    package func values(of reports: UnsafeBufferPointer<StepReport>, into values: UnsafeMutableBufferPointer<Double>) {
        StepReport.numbers(at: offset, of: reports, into: values)
    }

    /// Puts the number into a report.
    func put(_ value: Double, into report: inout StepReport) { report.put(value, at: offset) }

    private var offset: Int { Self.offsets[rawValue] }

    private static let offsets = allCases.map { StepReport.offset(of: $0.field) }
}

/// A value for each metric, in line with its owner; as many as there are cases, which `StepBucketTests` compares.
package typealias PerMetric<Value> = InlineArray<5, Value>

extension StepReport {
    /// Bytes before a number in a report: reading there is many times as fast as through a key path.
    static func offset(of field: KeyPath<StepReport, Double>) -> Int {
        guard let offset = MemoryLayout<StepReport>.offset(of: field) else {
            preconditionFailure("A metric is a stored number of StepReport.")
        }
        return offset
    }

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
