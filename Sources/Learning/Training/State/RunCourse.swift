import Runs

/// How a run came to where it is: the branches of its line, and what was done to it by hand and by policies on the way.
///
/// With a state kept at an earlier moment it says which steps to make again, with which commands, to come to any moment between.
package struct RunCourse: Hashable, Sendable, Codable {
    /// Where each branch of the line began, the first at step 0, in rising steps.
    private var starts = [Position(step: 0)]
    /// What was done on the line, in order.
    package private(set) var trail: [Deed] = []

    /// A command that was done.
    package struct Deed: Hashable, Sendable, Codable {
        let command: RunCommand
        let author: Author
        /// The update before which it acted.
        package let step: Int
        /// Whether it was done right after the update before, ahead of an evaluation that ended an epoch.
        var isAtOnce = false
    }

    /// Nothing has happened.
    package init() {}

    /// Notes what was done.
    mutating func note(_ deed: Deed) { trail.append(deed) }

    /// Where a branch begins that goes back to before update `step`, so that what came after it is no more of the line.
    mutating func leave(for branch: Position) {
        starts.removeAll { $0.step > branch.step }
        starts.append(branch)
        trail.removeAll { $0.step >= branch.step }
    }

    /// The branch of the line on which update `step` was made, or will be.
    func branch(of step: Int) -> Int { starts.last { $0.step <= step }?.branch ?? 0 }

    /// What has to be done again, from a state that was kept at a moment, to come to before update `step`; nil where that moment
    /// is none on the way.
    func deeds(from moment: Position, _ past: RunCourse, to step: Int) -> [Deed]? {
        guard moment.step <= step, past.trail.allSatisfy({ $0.step < step }), isOnLine(moment),
            trail.starts(with: past.trail)
        else { return nil }
        return trail[past.trail.count...].filter { $0.step < step }
    }

    /// Whether an earlier state was kept on the way to where this course leads.
    package func passed(_ moment: Position, _ past: RunCourse) -> Bool {
        isOnLine(moment) && trail.starts(with: past.trail)
    }

    private func isOnLine(_ moment: Position) -> Bool {
        guard let place = starts.firstIndex(where: { $0.branch == moment.branch }),
            starts[place].step <= moment.step
        else { return false }
        return place + 1 == starts.count || moment.step <= starts[place + 1].step
    }

    /// Whether it can be that of a run at a position.
    func isSound(at position: Position) -> Bool {
        starts.first == Position(step: 0) && starts.last?.branch == position.branch
            && zip(starts, starts.dropFirst()).allSatisfy { $0.step <= $1.step && $0.branch < $1.branch }
            && starts.allSatisfy { $0.step <= position.step }
            && trail.allSatisfy { (0...position.step).contains($0.step) }
    }
}
