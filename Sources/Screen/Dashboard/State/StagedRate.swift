/// Rate presses collected for half a second, shown in a chip and dashed on the plan before they become one command.
package struct StagedRate: Hashable, Sendable {
    /// What the rate would be multiplied with, 1/8...8.
    package var factor: Double
    /// When it becomes a command.
    package var dueAt: Double

    /// A factor that becomes a command at `dueAt`, in monotonic seconds.
    package init(factor: Double, dueAt: Double) {
        self.factor = factor
        self.dueAt = dueAt
    }
}
