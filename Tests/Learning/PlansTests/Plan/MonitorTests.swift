import Plans
import Runs
import Testing

/// Which of two evaluations is better.
@Suite struct MonitorTests {
    private func report(_ loss: Double, _ accuracy: Double? = nil) -> EvaluationReport {
        EvaluationReport(position: Position(step: 0), epoch: 0, loss: loss, accuracy: accuracy, isBest: false)
    }

    @Test func `by loss the lower is better`() {
        #expect(Monitor.loss.isBetter(report(1, 0.1), than: report(2, 0.9)))
        #expect(!Monitor.loss.isBetter(report(2, 0.9), than: report(1, 0.1)))
        #expect(!Monitor.loss.isBetter(report(1), than: report(1)), "the first of equals stays")
    }

    @Test func `by accuracy the higher is better and ties go by loss`() {
        #expect(Monitor.accuracy.isBetter(report(2, 0.9), than: report(1, 0.8)))
        #expect(Monitor.accuracy.isBetter(report(1, 0.9), than: report(2, 0.9)))
        #expect(!Monitor.accuracy.isBetter(report(2, 0.9), than: report(1, 0.9)))
        #expect(Monitor.accuracy.isBetter(report(1), than: report(2)), "without accuracies by loss")
    }

    @Test func `not a number is never better`() {
        for monitor in Monitor.allCases {
            #expect(!monitor.isBetter(report(.nan, 1), than: report(5, 0)))
            #expect(!monitor.isBetter(report(.nan, 1), than: nil))
            #expect(!monitor.isBetter(report(.infinity, 1), than: nil))
            #expect(!monitor.isBetter(report(-.infinity, 1), than: report(5, 0)))
            #expect(monitor.isBetter(report(5, 0), than: report(.infinity, 1)))
            #expect(monitor.isBetter(report(5, 0), than: report(.nan, 1)))
            #expect(monitor.isBetter(report(5, 0), than: nil))
        }
    }

    @Test func `accuracy is the standard where there is one`() {
        #expect(Monitor.standard(hasAccuracy: true) == .accuracy)
        #expect(Monitor.standard(hasAccuracy: false) == .loss)
    }
}
