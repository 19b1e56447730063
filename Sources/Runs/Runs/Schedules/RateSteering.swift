/// What decides the rate of a run beside its schedule as planned, and what of it can be taken back.
package struct RateSteering: Hashable, Sendable, Codable {
    /// Follows the schedule or holds a value.
    package var control: LearningRateControl
    /// What was put in place of the rest of the schedule, in order of their starts.
    package var rests: [Schedule.Rest]
    /// What was before each change by hand that can be undone, the oldest first.
    package private(set) var undoable: [Before] = []

    /// As many changes can be undone.
    package static let mostUndone = 100

    /// What a change replaced.
    package struct Before: Hashable, Sendable, Codable {
        package fileprivate(set) var control: LearningRateControl
        package fileprivate(set) var rests: [Schedule.Rest]
    }

    /// Nobody has changed anything, where nothing else is said.
    package init(control: LearningRateControl = .planned, rests: [Schedule.Rest] = []) {
        self.control = control
        self.rests = rests
    }

    /// The rate of an update.
    /// - Parameter schedule: as planned, with or without the rests.
    package func rate(at step: Int, schedule: Schedule) -> Double {
        control.rate(at: step, schedule: schedule.with(rests))
    }

    /// Does what a command asks of the rate from an update on; whether it asks for that. What was typed is the rate of that update.
    ///
    /// What a person or a script changes can be undone; what a policy scales afterwards stays scaled when it is.
    /// - Parameters:
    ///   - author: who asks.
    ///   - step: the update before which the command acts.
    ///   - schedule: as planned, with or without the rests.
    package mutating func take(
        _ command: RunCommand, from author: Author, at step: Int, schedule: Schedule, stepsPerEpoch: Int
    ) -> Bool {
        let before = Before(control: control, rests: rests)
        let schedule = schedule.with(rests)
        let now = control.rate(at: step, schedule: schedule)
        switch command {
        case .setLearningRate(let rate): control = .held(rate)
        case .holdLearningRate(let factor): control = .held(now * factor)
        case .rescaleSchedule(let rate): control = .rescaled(rate: rate, planned: schedule.rate(at: step))
        case .scaleLearningRate(let factor): control = control.scaled(by: factor)
        case .restore(let restoration):
            guard restoration.scale != 1 else { return true }
            control = control.scaled(by: restoration.scale)
        case .followSchedule: control = .planned
        case .setSchedule(let change):
            rests =
                schedule.replacingRest(from: step, by: change, control: control, stepsPerEpoch: stepsPerEpoch).rests
            control = .planned
        case .undo:
            if let last = undoable.popLast() { (control, rests) = (last.control, last.rests) }
            return true
        case .pause, .resume, .step, .evaluate, .checkpoint, .stop, .note: return false
        }
        if case .policy = author {
            if case .scaleLearningRate(let factor) = command { scaleBefore(by: factor) }
        } else {
            if undoable.count == Self.mostUndone { undoable.removeFirst() }
            undoable.append(before)
        }
        return true
    }

    private mutating func scaleBefore(by factor: Double) {
        for index in undoable.indices where !undoable[index].control.isHeld {
            undoable[index].control = undoable[index].control.scaled(by: factor)
        }
    }
}
