import Runs

/// What surrounds a run and matters to its loop.
package struct TrainerOptions: Sendable {
    /// Whether somebody can steer: then trouble pauses the run, else it ends it.
    package var canSteer: Bool
    /// Whether a screen wants statistics within the plan's budget.
    package var isWatched: Bool
    /// Whether a log or event file wants statistics every `statistics.every` steps.
    package var logsStatistics: Bool
    /// Commands of a file, in the order in which they act.
    package var script: [ScriptedCommand]

    package init(
        canSteer: Bool = false, isWatched: Bool = false, logsStatistics: Bool = false, script: [ScriptedCommand] = []
    ) {
        self.canSteer = canSteer
        self.isWatched = isWatched
        self.logsStatistics = logsStatistics
        // Stable, so that commands for one step keep the order of the file.
        self.script = script.enumerated().sorted { ($0.element.step, $0.offset) < ($1.element.step, $1.offset) }
            .map(\.element)
    }
}
