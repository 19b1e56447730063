/// What is left of 256 steps of long ago: the range, sum and newest of each number that is drawn, so that no spike is lost.
package struct StepBucket: Hashable, Sendable, BitwiseCopyable {
    /// Steps under one bucket; a chunk makes a whole number of them.
    package static let size = 256
    /// Buckets of one chunk.
    package static let perChunk = StepChunk.capacity / size

    /// The first step, and the seconds since the run began.
    package private(set) var firstStep = Int.max
    package private(set) var firstSeconds = 0.0
    /// The last step, and the seconds since the run began.
    package private(set) var lastStep = Int.min
    package private(set) var lastSeconds = 0.0
    package private(set) var loss = SeriesSummary()
    package private(set) var accuracy = SeriesSummary()
    package private(set) var learningRate = SeriesSummary()
    package private(set) var gradientNorm = SeriesSummary()

    /// - Parameter reports: in the order in which they came; where the run went back in time among them, all of them count.
    package init(_ reports: ArraySlice<StepReport>) {
        for report in reports {
            if report.step < firstStep { (firstStep, firstSeconds) = (report.step, report.elapsedSeconds) }
            if report.step > lastStep { (lastStep, lastSeconds) = (report.step, report.elapsedSeconds) }
            loss.add(report.loss)
            accuracy.add(report.accuracy)
            learningRate.add(report.learningRate)
            gradientNorm.add(report.gradientNorm)
        }
    }

    /// The buckets of a full chunk, the oldest first.
    package static func of(_ chunk: StepChunk) -> [StepBucket] {
        stride(from: 0, to: chunk.steps.count, by: size).map {
            StepBucket(chunk.steps[$0..<min(chunk.steps.count, $0 + size)])
        }
    }
}
