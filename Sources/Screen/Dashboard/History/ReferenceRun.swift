import History
import Runs

/// Another run that charts show as a ghost behind this one.
package struct ReferenceRun: Sendable {
    /// What it is called on the screen.
    package var name: String
    /// Its steps, smoothed as the run's own are.
    package var series: StepSeries
    /// Its evaluations, oldest first.
    package var evaluations: [EvaluationReport]

    /// A run with everything that a feed knows of it now. O(n).
    package init(name: String, feed: some RunFeed) {
        let history = RunHistory(of: feed)
        self.name = name
        series = history.series
        evaluations = history.evaluations
    }
}
