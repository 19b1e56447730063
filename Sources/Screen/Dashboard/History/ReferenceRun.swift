import History
import Runs

/// Another run that charts show as a ghost behind this one.
package struct ReferenceRun: Sendable {
    package var name: String
    /// Its steps, averaged as those of the run itself.
    package var series: StepSeries
    /// In the order in which they were made.
    package var evaluations: [EvaluationReport]

    /// A run with everything that a feed knows of it now. O(n).
    package init(name: String, feed: some RunFeed) {
        let history = RunHistory(of: feed)
        self.name = name
        series = history.series
        evaluations = history.evaluations
    }
}
