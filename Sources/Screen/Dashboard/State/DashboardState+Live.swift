import History
import Runs

extension DashboardState {
    /// The run as it is now, frozen view or not: what keys steer by and the header tells.
    package var live: RunHistory { liveHistory ?? history }

    /// What the run is doing now.
    package var phase: RunPhase { live.status.phase }

    /// Seconds in the phase, counted on by the clock while the feed has nothing new.
    package var secondsInPhase: Double { live.status.secondsInPhase + max(0, statusAt.map { now - $0 } ?? 0) }

    /// Paused for more than 5 minutes: the header says so loudly.
    package var isPausedLong: Bool { phase.isPaused && secondsInPhase > 300 }

    /// The last receipt is younger than 1.5 s and drawn bright.
    package var isReceiptBright: Bool { receiptAt.map { now - $0 < 1.5 } ?? false }

    /// The message to show, nil when its time is over.
    package var currentMessage: Message? { message.flatMap { now < $0.expires ? $0 : nil } }

    /// The rate after the presses collected so far, nil where none wait.
    package var stagedLearningRate: Double? { stagedRate.map { live.status.learningRate * $0.factor } }

    /// What the next space does: whether the run stands still once everything asked for has happened.
    package var willBePaused: Bool {
        for held in heldCommands.reversed() {
            if held.command == .pause { return true }
            if held.command == .resume { return false }
        }
        return awaitedPause ?? phase.isPaused
    }
}
