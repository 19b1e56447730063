/// Decides which steps are measured for the screen, so that measuring takes at most a share of the training time.
///
/// The first step is measured whatever it costs, since what the layers begin with is what initialization is judged by; so is one
/// in ten of a run whose steps are slow. Both are made up for by waiting longer.
package struct StatisticsBudget: Hashable, Sendable {
    /// Share of the training time that measuring may take, 0...1.
    package let share: Double
    /// No screen shows more than this many measurements a second.
    private static let mostPerSecond = 20.0
    /// No slow run is without a measurement for more steps than this.
    private static let mostUnmeasured = 9
    /// Steps that take this many seconds or more are slow.
    private static let slow = 0.1

    private var measuringSeconds = 0.0
    private var trainingSeconds = 0.0
    private var measurements = 0
    private var unmeasuredSteps = 0
    private var lastCost = 0.0
    private var lastMeasuredAt = -Double.infinity

    /// - Parameter share: of the training time, 0...1; 0 measures nothing.
    package init(share: Double) { self.share = share }

    /// Share of the training time that measuring has taken so far.
    package var spentShare: Double { trainingSeconds > 0 ? measuringSeconds / trainingSeconds : 0 }

    /// Whether the next step should be measured.
    package var wantsMeasurement: Bool {
        guard share > 0 else { return false }
        guard measurements > 0 else { return true }
        let seconds = trainingSeconds - lastMeasuredAt
        if unmeasuredSteps >= Self.mostUnmeasured, seconds >= Self.slow * Double(unmeasuredSteps + 1) { return true }
        guard seconds >= 1 / Self.mostPerSecond else { return false }
        // One cheap measurement says little about the next, nor does a dear one on a machine that was busy just then.
        let cost = max(lastCost, measuringSeconds / Double(measurements))
        return measuringSeconds + cost <= share * (trainingSeconds + cost)
    }

    /// Takes a step in: its whole duration and what measuring took of it, 0 where it was not measured.
    package mutating func addStep(seconds: Double, measuring: Double) {
        let beganAt = trainingSeconds
        trainingSeconds += seconds
        unmeasuredSteps += 1
        guard measuring > 0 else { return }
        unmeasuredSteps = 0
        measuringSeconds += measuring
        measurements += 1
        lastCost = measuring
        lastMeasuredAt = beganAt
    }
}
