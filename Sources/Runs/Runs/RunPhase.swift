/// What a run is doing.
package enum RunPhase: Hashable, Sendable, Codable {
    /// Reading data and building the network.
    case preparing
    case training
    case evaluating
    /// Making steps again that lead to a moment which it goes back to.
    case rewinding
    /// Training copies at several rates, to see which does best.
    case racing
    /// Training a copy at rising rates, to find a good one.
    case findingRate
    /// Climbing the pre-flight ladder with another network.
    case checking
    case paused(PauseReason)
    case finished(EndReason)

    /// Whether the run has come to its end.
    package var isFinished: Bool {
        if case .finished = self { true } else { false }
    }

    /// Whether the run stands still and can go on.
    package var isPaused: Bool {
        if case .paused = self { true } else { false }
    }
}

/// Why a run stands still.
package enum PauseReason: Hashable, Sendable, Codable {
    /// Somebody asked for it.
    case asked
    /// The loss or the gradient was not finite; the update was skipped.
    case notFinite
    /// The validation loss was not finite.
    case validationNotFinite
}

/// Why a run ended. The raw value is the `reason` of the log's `end` event.
package enum EndReason: String, Hashable, Sendable, Codable, CaseIterable {
    /// Every planned update was made.
    case completed
    /// A person or a script stopped it.
    case stopped
    /// The early stopping policy did.
    case earlyStopping
    /// A loss or gradient that is not finite, and nobody there to steer.
    case notFinite
    /// Ctrl-C, SIGTERM or SIGHUP.
    case interrupted
}
