import Runs

/// What a steering key asked for, shown at once and sent a moment later, so that a burst of typing can drop it.
package struct HeldCommand: Hashable, Sendable {
    /// What is sent.
    package var command: RunCommand
    /// When it is sent.
    package var dueAt: Double

    /// A command that waits until `dueAt`, in monotonic seconds.
    package init(command: RunCommand, dueAt: Double) {
        self.command = command
        self.dueAt = dueAt
    }
}
