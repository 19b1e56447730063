import Runs

/// A number that every step reports and that is drawn over the steps.
package enum Metric: Int, Hashable, Sendable, CaseIterable {
    case loss
    case accuracy
    case learningRate
    case gradientNorm

    /// The number in a report; NaN or infinite where it is missing or went wrong.
    package func value(of report: StepReport) -> Double {
        switch self {
        case .loss: report.loss
        case .accuracy: report.accuracy
        case .learningRate: report.learningRate
        case .gradientNorm: report.gradientNorm
        }
    }

    /// What a bucket of old steps knows of the number.
    func summary(of bucket: StepBucket) -> SeriesSummary {
        switch self {
        case .loss: bucket.loss
        case .accuracy: bucket.accuracy
        case .learningRate: bucket.learningRate
        case .gradientNorm: bucket.gradientNorm
        }
    }
}
