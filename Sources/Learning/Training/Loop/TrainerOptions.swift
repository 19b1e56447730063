/// What surrounds a run and matters to its loop.
package struct TrainerOptions: Sendable {
    /// Whether somebody can steer: then trouble pauses the run, else the plan says what follows.
    package var canSteer: Bool
    /// Whether a screen wants statistics within the plan's budget.
    package var isWatched: Bool
    /// Whether a log or event file wants statistics every `statistics.every` steps.
    package var logsStatistics: Bool
    /// Whether somebody may come later, from another process, and steer.
    package var isReachable = false
    /// Whether a run that goes on stays paused where it was, though nobody is there to resume it.
    package var staysPaused = false
    /// Whether the run stands still before its first step until somebody resumes it.
    package var startsPaused: Bool
    /// Steps a second at most; nil for as many as there can be.
    package var stepsPerSecond: Double?
    /// Whether somebody may want to go back in time, so that moments are kept in memory.
    package var keepsMoments = false
    /// Whether the steps were made before and are made again with what was done then: policies only look on.
    var isReplay = false
    /// Seconds that the run has taken before, where it goes on.
    package var secondsBefore = 0.0

    /// A run that nobody watches or steers, unless told otherwise.
    package init(
        canSteer: Bool = false, isWatched: Bool = false, logsStatistics: Bool = false, startsPaused: Bool = false,
        stepsPerSecond: Double? = nil
    ) {
        self.startsPaused = startsPaused
        self.stepsPerSecond = stepsPerSecond
        self.canSteer = canSteer
        self.isWatched = isWatched
        self.logsStatistics = logsStatistics
    }
}
