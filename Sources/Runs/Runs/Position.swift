/// A place in a run's history, unambiguous even after going back in time.
///
/// `step` is the number of updates finished before the event: the report of update t carries t, the evaluation after
/// it t + 1, and a command for step t acts before update t. A new `branch` begins wherever a run went back in time.
package struct Position: Hashable, Comparable, Sendable, Codable {
    /// Counted from 0; a new one wherever the run went back.
    package var branch: Int
    /// Updates finished, from 0 on.
    package var step: Int

    /// A place on a branch, the first where nothing is said.
    package init(branch: Int = 0, step: Int) {
        self.branch = branch
        self.step = step
    }

    /// What lies on an earlier branch, or before on the same.
    package static func < (one: Position, other: Position) -> Bool {
        (one.branch, one.step) < (other.branch, other.step)
    }
}
