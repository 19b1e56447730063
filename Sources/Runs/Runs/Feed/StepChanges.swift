/// One way that a run went: its steps from the beginning on. Where a run goes back in time it leaves its line and begins the
/// next, which shares the steps before.
package struct StepLine: Hashable, Sendable, Codable {
    /// Counted from 0.
    package var number: Int
    /// The branch of the positions at its end.
    package var branch: Int
    /// How many points of the line before lead to this one; a whole number of chunks where only buckets are left of them.
    package var shared: Int

    /// The first line of a run, where nothing else is said.
    package init(number: Int = 0, branch: Int = 0, shared: Int = 0) {
        self.number = number
        self.branch = branch
        self.shared = shared
    }
}

/// The steps of one line since a cursor.
///
/// A run keeps its last million steps in full. Who comes late is given buckets in place of those before; who follows is
/// given every step in full and none of them.
package struct StepChanges: Sendable {
    /// The line of these steps. Where the reader was on the one before, it keeps that line's `shared` first points.
    package var line: StepLine
    /// What is left of the steps before `sealed`, from the run's beginning and a multiple of `StepBucket.perChunk`; empty
    /// where the cursor is not behind them. Where there are any, everything known of the line is replaced.
    package var buckets: [StepBucket]
    /// Chunks sealed since the cursor or since the last bucket, oldest first.
    package var sealed: [StepChunk]
    /// Every step after the last sealed chunk; replaces the tail of the changes before. Empty where more chunks follow.
    package var tail: [StepReport]
    /// Whether more steps are there than are given at once: ask again with the cursor.
    package var hasMore: Bool

    /// Steps of a line, none where nothing is said.
    package init(
        line: StepLine = StepLine(), buckets: [StepBucket] = [], sealed: [StepChunk] = [], tail: [StepReport] = [],
        hasMore: Bool = false
    ) {
        self.line = line
        self.buckets = buckets
        self.sealed = sealed
        self.tail = tail
        self.hasMore = hasMore
    }
}
