import History
import Runs

/// The run that the dashboard follows: as it is shown, and, while the view is frozen, as it goes on.
package struct FollowedRun: Sendable {
    /// What is shown of the run; stands still while the view is frozen.
    package var history: RunHistory
    /// While the view is frozen: the run as it goes on.
    package var liveHistory: RunHistory?
    /// The moment the view was frozen, in monotonic seconds; the run goes on.
    package var frozenSince: Double?
    /// When the latest status arrived, in monotonic seconds.
    package var statusAt: Double?
    /// The feed has answered before: receipts that come from now on are news.
    package var isFollowing = false
    /// The time of day when the run began, in seconds since midnight, taken once so that times do not flicker.
    package var beganTimeOfDay: Double?
    /// The time of day when the phase began, in seconds since midnight, taken once a phase so that it does not flicker.
    package var phaseBeganTimeOfDay: Double?
    /// The time of day when the view was frozen, in seconds since midnight.
    package var frozenTimeOfDay: Double?
    /// Other runs, drawn behind this one.
    package var references: [ReferenceRun]

    /// A run of which the feed has not told yet.
    package init(history: RunHistory, references: [ReferenceRun] = []) {
        self.history = history
        self.references = references
    }

    /// The run as it is now, frozen view or not: what keys steer by and the header tells.
    package var live: RunHistory { liveHistory ?? history }

    /// What the run is doing now.
    package var phase: RunPhase { live.status.phase }

    /// Whether the view stands still while the run goes on.
    package var isFrozen: Bool { frozenSince != nil }

    /// Seconds in the phase at a moment, counted on by the clock while the feed has nothing new.
    package func secondsInPhase(at now: Double) -> Double {
        live.status.secondsInPhase + max(0, statusAt.map { now - $0 } ?? 0)
    }

    /// Whether the run has been paused for more than 5 minutes: the header says so loudly.
    package func isPausedLong(at now: Double) -> Bool { phase.isPaused && secondsInPhase(at: now) > 300 }

    /// Takes what happened in the run.
    mutating func take(_ changes: RunChanges, at clock: DashboardClock) {
        let (before, lasted) = (phase, live.status.secondsInPhase)
        if isFrozen { liveHistory?.apply(changes) } else { history.apply(changes) }
        // A phase that has lasted for less than before has begun anew between two looks.
        if phase != before || phaseBeganTimeOfDay == nil || changes.status.secondsInPhase < lasted {
            phaseBeganTimeOfDay = clock.timeOfDay - changes.status.secondsInPhase
        }
        statusAt = clock.now
        if beganTimeOfDay == nil {
            beganTimeOfDay =
                changes.description.origin.beganTimeOfDay ?? clock.timeOfDay - changes.status.secondsElapsed
        }
        isFollowing = true
    }

    /// Lets the view stand still.
    mutating func freeze(at clock: DashboardClock) {
        frozenSince = clock.now
        frozenTimeOfDay = clock.timeOfDay
        liveHistory = history
    }

    /// Lets the view go on with everything that happened meanwhile.
    mutating func thaw() {
        frozenSince = nil
        frozenTimeOfDay = nil
        history = live
        liveHistory = nil
    }

    /// Changes how the lines through the noise of this run and of those behind it are made.
    mutating func smooth(with average: MovingAverage) {
        history.smooth(with: average)
        liveHistory?.smooth(with: average)
        for index in references.indices { references[index].series.smooth(with: average) }
    }
}
