/// A line of a run's story, as the log panel shows it.
package struct RunEvent: Hashable, Sendable, Codable {
    /// The updates finished before it.
    package var position: Position
    /// What happened.
    package var content: Content
    /// Seconds since the run began, for ages and times of day.
    package var seconds: Double

    /// Something that happened at a place and a time.
    package init(position: Position, content: Content, seconds: Double) {
        self.position = position
        self.content = content
        self.seconds = seconds
    }

    /// What can happen in a run.
    package enum Content: Hashable, Sendable, Codable {
        case receipt(Receipt)
        case evaluation(EvaluationReport)
        /// The loss or gradient of this step was not finite; its update was skipped.
        case notFinite(loss: Double, gradientNorm: Double)
        /// Words of the run or the recorder: full disk, resumed after a time, checkpoint written.
        case note(Author, String)
        case ended(EndSummary)
        /// Something is wrong from here on, or no longer.
        case finding(Finding)
    }
}

/// How a run ended, as the log's `end` event and the summary say it.
package struct EndSummary: Hashable, Sendable, Codable {
    /// The updates finished at the end.
    package var position: Position
    /// Why it ended.
    package var reason: EndReason
    /// Which weights were kept as the result.
    package var kept: KeptWeights
    /// The best evaluation, nil without any.
    package var best: EvaluationReport?

    /// The end of a run.
    package init(position: Position, reason: EndReason, kept: KeptWeights, best: EvaluationReport?) {
        self.position = position
        self.reason = reason
        self.kept = kept
        self.best = best
    }
}
