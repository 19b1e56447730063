/// How far a reader has followed a run; the default is the beginning, so attaching is starting at cursor 0.
package struct RunCursor: Hashable, Sendable, Codable {
    /// The line whose steps are taken, see `StepLine`.
    package var line = 0
    /// Sealed chunks of that line already taken, counted from the run's beginning.
    package var chunks = 0
    /// Events already taken.
    package var events = 0
    /// Layer reports already taken, counted from the run's beginning.
    package var layers = 0
    /// Samples of the system already taken, counted from the run's beginning.
    package var samples = 0
    /// Changes whenever anything did; equal stamps mean nothing is new.
    package var stamp = -1
    /// Which telling of the run it belongs to, of a feed that may have to tell it anew; nil of others.
    package var telling: Int?

    /// The beginning of a run: nothing is taken yet.
    package init() {}
}

/// What happened since a cursor: sealed chunks plus a short tail, never a copy of history.
package struct RunChanges: Sendable, Codable {
    /// Where to go on next time.
    package var cursor: RunCursor
    /// Whether all that was told before is to be forgotten; nil for no.
    package var isAnew: Bool?
    /// What the run is now; its schedule may have changed.
    package var description: RunDescription
    /// Where the run stands now.
    package var status: RunStatus
    /// The steps since the cursor, of one line.
    package var steps: StepChanges
    /// Statistics since the cursor, oldest first.
    package var layers: [LayersReport]
    /// Events since the cursor (receipts, evaluations, notes), oldest first.
    package var events: [RunEvent]
    /// What the run took of its machine since the cursor, oldest first.
    package var samples: [SystemSample]

    /// What a feed hands on.
    package init(
        cursor: RunCursor, description: RunDescription, status: RunStatus, steps: StepChanges,
        layers: [LayersReport] = [], events: [RunEvent] = [], samples: [SystemSample] = []
    ) {
        self.cursor = cursor
        self.description = description
        self.status = status
        self.steps = steps
        self.layers = layers
        self.events = events
        self.samples = samples
    }
}
