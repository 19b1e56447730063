/// A place in a run's history, unambiguous even after going back in time.
///
/// `step` is the number of updates finished before the event: the report of update t carries t, the evaluation after
/// it t + 1, and a command for step t acts before update t. A new `branch` begins wherever a run went back in time.
package struct Position: Hashable, Comparable, Sendable, Codable {
    package var branch: Int
    package var step: Int

    package init(branch: Int = 0, step: Int) {
        self.branch = branch
        self.step = step
    }

    package static func < (one: Position, other: Position) -> Bool {
        (one.branch, one.step) < (other.branch, other.step)
    }
}
