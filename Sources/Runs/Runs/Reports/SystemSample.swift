/// What a run takes of its machine, looked at a few times a second.
package struct SystemSample: Hashable, Sendable, Codable {
    /// Seconds since the run began.
    package var seconds: Double
    /// Updates finished.
    package var position: Position
    /// Smoothed throughput of training.
    package var samplesPerSecond: Double
    /// Where the time of the steps since the sample before went.
    package var times: StepTimes
    /// What the process has in memory, in bytes.
    package var memory: ProcessMemory

    /// What was seen at a moment.
    package init(
        seconds: Double, position: Position, samplesPerSecond: Double, times: StepTimes, memory: ProcessMemory
    ) {
        self.seconds = seconds
        self.position = position
        self.samplesPerSecond = samplesPerSecond
        self.times = times
        self.memory = memory
    }

    /// Share of the steps since the sample before whose gradient was clipped; nil where there were none.
    package var clippedShare: Double? {
        times.steps > 0 ? Double(times.clippedSteps) / Double(times.steps) : nil
    }
}
