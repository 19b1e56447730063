import Runs

/// Everything the dashboard knows of a run, built from the feed's changes.
package struct RunHistory: Sendable {
    package var description: RunDescription
    package var status = RunStatus()

    package init(description: RunDescription) { self.description = description }
}
