/// Where the time of a number of steps went, in seconds, and how many of their gradients were clipped. Sums: the
/// difference of two of them is what lies between.
package struct StepTimes: Hashable, Sendable, Codable, BitwiseCopyable {
    /// Updates made in this time.
    package var steps = 0
    /// Steps whose gradient was scaled down to a norm, or of which a number was cut to a bound, before the update.
    package var clippedSteps = 0
    /// Seconds of reading, preparing and augmenting the batches.
    package var data = 0.0
    /// Seconds of computing outputs and loss.
    package var forward = 0.0
    /// Seconds of computing gradients.
    package var backward = 0.0
    /// Seconds of norms, clipping and the rule that changes the weights.
    package var update = 0.0
    /// Seconds of measuring for the screen and the log, wherever in the step.
    package var statistics = 0.0
    /// Seconds between two steps: commands, reports, snapshots; pauses and evaluations left out.
    package var waiting = 0.0

    /// No steps.
    package init() {}

    /// Everything together, in seconds.
    package var total: Double { data + forward + backward + update + statistics + waiting }

    /// These and those of other steps together.
    package func adding(_ others: StepTimes) -> StepTimes {
        var times = self
        times.steps += others.steps
        times.clippedSteps += others.clippedSteps
        times.data += others.data
        times.forward += others.forward
        times.backward += others.backward
        times.update += others.update
        times.statistics += others.statistics
        times.waiting += others.waiting
        return times
    }

    /// What lies between an earlier moment and this one.
    package func since(_ earlier: StepTimes) -> StepTimes {
        var times = self
        times.steps -= earlier.steps
        times.clippedSteps -= earlier.clippedSteps
        times.data -= earlier.data
        times.forward -= earlier.forward
        times.backward -= earlier.backward
        times.update -= earlier.update
        times.statistics -= earlier.statistics
        times.waiting -= earlier.waiting
        return times
    }
}
