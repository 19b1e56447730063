/// What is left of 256 steps of long ago: the range, sum, newest and median of each metric, so that no spike is lost.
package struct StepBucket: Sendable, BitwiseCopyable {
    /// Steps under one bucket; a chunk makes a whole number of them.
    package static let size = 256
    /// Buckets of one chunk.
    package static let perChunk = StepChunk.capacity / size

    /// The first step, and the seconds since the run began.
    package var firstStep: Int
    /// Seconds by the clock from the first update on until then.
    package var firstSeconds: Double
    /// The last step, and the seconds since the run began.
    package var lastStep: Int
    /// Seconds by the clock from the first update on until then.
    package var lastSeconds: Double
    private var summaries = PerMetric<SeriesSummary>(repeating: SeriesSummary())
    private var medians = PerMetric<Double>(repeating: .nan)

    /// A bucket over steps whose summaries follow.
    package init(firstStep: Int, firstSeconds: Double, lastStep: Int, lastSeconds: Double) {
        self.firstStep = firstStep
        self.firstSeconds = firstSeconds
        self.lastStep = lastStep
        self.lastSeconds = lastSeconds
    }

    /// What is known of a metric.
    package subscript(metric: Metric) -> SeriesSummary {
        get { summaries[metric.rawValue] }
        set { summaries[metric.rawValue] = newValue }
    }

    /// The median of a metric's finite values, NaN where there is none: what averages over old steps are made of.
    package func median(_ metric: Metric) -> Double { medians[metric.rawValue] }

    /// Says the median of a metric.
    package mutating func setMedian(_ metric: Metric, _ value: Double) { medians[metric.rawValue] = value }

    /// The buckets of a chunk whose steps rise, the oldest first. O(n).
    package static func of(_ chunk: StepChunk) -> [StepBucket] {
        let steps = chunk.stepNumbers
        return stride(from: 0, to: chunk.count, by: size).map { first in
            let end = min(chunk.count, first + size)
            var bucket = StepBucket(
                firstStep: steps[first], firstSeconds: chunk.seconds(at: first), lastStep: steps[end - 1],
                lastSeconds: chunk.seconds(at: end - 1))
            for metric in Metric.allCases {
                chunk[metric].add(first..<end, to: &bucket[metric])
                bucket.setMedian(
                    metric,
                    chunk[metric].medians.isEmpty
                        ? chunk[metric].median(of: first..<end) : chunk[metric].medians[first / size])
            }
            return bucket
        }
    }
}
