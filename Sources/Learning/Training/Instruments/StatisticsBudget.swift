/// Decides which steps are measured for the screen, so that measuring takes at most a share of the training time.
package struct StatisticsBudget: Hashable, Sendable {
    /// Share of the training time that measuring may take, 0...1.
    package let share: Double
    /// No screen shows more than this many measurements a second.
    private static let mostPerSecond = 20.0
    /// What measuring is taken to cost before it was tried, in steps.
    private static let firstGuess = 0.25

    private var measuringSeconds = 0.0
    private var trainingSeconds = 0.0
    private var steps = 0
    private var measurements = 0
    private var lastCost = 0.0
    private var lastMeasuredAt = -Double.infinity

    /// - Parameter share: of the training time, 0...1; 0 measures nothing.
    package init(share: Double) { self.share = share }

    /// Share of the training time that measuring has taken so far.
    package var spentShare: Double { trainingSeconds > 0 ? measuringSeconds / trainingSeconds : 0 }

    /// Whether the next step should be measured.
    package var wantsMeasurement: Bool {
        guard share > 0 else { return false }
        guard measurements > 0 else {
            // Counted in steps, because the next one is part of the time: known before the first.
            return Self.firstGuess <= share * (Double(steps) + 1 + Self.firstGuess)
        }
        guard trainingSeconds - lastMeasuredAt >= 1 / Self.mostPerSecond else { return false }
        // One cheap measurement says little about the next, nor does a dear one on a machine that was busy just then.
        let cost = max(lastCost, measuringSeconds / Double(measurements))
        return measuringSeconds + cost <= share * (trainingSeconds + cost)
    }

    /// Takes a step in: its whole duration and what measuring took of it, 0 where it was not measured.
    package mutating func addStep(seconds: Double, measuring: Double) {
        let beganAt = trainingSeconds
        trainingSeconds += seconds
        steps += 1
        guard measuring > 0 else { return }
        measuringSeconds += measuring
        measurements += 1
        lastCost = measuring
        lastMeasuredAt = beganAt
    }
}
