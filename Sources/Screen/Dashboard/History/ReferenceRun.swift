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
    /// Steps at which a number was recorded as no finite one, rising: its line has gaps there, and only there.
    package var notFinite: [Metric: [Int]]

    /// A run with everything that a feed knows of it now. O(n).
    package init(name: String, feed: some RunFeed, notFinite: [Metric: [Int]] = [:]) {
        self.notFinite = notFinite
        let history = RunHistory(of: feed)
        self.name = name
        series = history.series
        evaluations = history.evaluations
    }
}
