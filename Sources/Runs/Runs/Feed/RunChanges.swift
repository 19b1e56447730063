/// How far a reader has followed a run; the default is the beginning, so attaching is starting at cursor 0.
package struct RunCursor: Hashable, Sendable {
    /// Sealed chunks already taken, counted from the run's beginning.
    package var chunks = 0
    /// Events already taken.
    package var events = 0
    /// Layer reports already taken, counted from the run's beginning.
    package var layers = 0
    /// Samples of the system already taken, counted from the run's beginning.
    package var samples = 0
    /// Changes whenever anything did; equal stamps mean nothing is new.
    package var stamp = -1

    package init() {}
}

/// What happened since a cursor: sealed chunks plus a short tail, never a copy of history.
///
/// A run keeps its last million steps in full. Who comes late is given buckets in place of those before; who follows is
/// given every step in full and none of them.
package struct RunChanges: Sendable {
    /// Where to go on next time.
    package var cursor: RunCursor
    package var description: RunDescription
    package var status: RunStatus
    /// What is left of the steps before `sealed`, from the run's beginning and a multiple of `StepBucket.perChunk`; empty
    /// where the cursor is not behind them. Where there are any, everything known of steps is replaced.
    package var buckets: [StepBucket]
    /// Chunks sealed since the cursor or since the last bucket, oldest first.
    package var sealed: [StepChunk]
    /// Every step after the last sealed chunk; replaces the tail of the changes before. Empty where more chunks follow.
    package var tail: [StepReport]
    /// Whether more steps are there than are given at once: ask again with the cursor.
    package var hasMore: Bool
    /// Statistics since the cursor, oldest first.
    package var layers: [LayersReport]
    /// Events since the cursor (receipts, evaluations, notes), oldest first.
    package var events: [RunEvent]
    /// What the run took of its machine since the cursor, oldest first.
    package var samples: [SystemSample]

    package init(
        cursor: RunCursor, description: RunDescription, status: RunStatus, buckets: [StepBucket] = [],
        sealed: [StepChunk], tail: [StepReport], hasMore: Bool = false, layers: [LayersReport], events: [RunEvent],
        samples: [SystemSample] = []
    ) {
        self.cursor = cursor
        self.description = description
        self.status = status
        self.buckets = buckets
        self.sealed = sealed
        self.tail = tail
        self.hasMore = hasMore
        self.layers = layers
        self.events = events
        self.samples = samples
    }
}
