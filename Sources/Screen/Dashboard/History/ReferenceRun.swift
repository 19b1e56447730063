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

    /// - Parameter steps: in the order in which they were taken.
    package init(name: String, steps: [StepReport], evaluations: [EvaluationReport]) {
        self.name = name
        self.evaluations = evaluations
        series = StepSeries(smoothing: ChartSettings().smoothing)
        series.append(sealed: [StepChunk(steps: steps)], tail: [])
    }
}
