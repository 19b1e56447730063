import Charts
import Runs

/// A schedule and a change of its rest in words.
package enum ScheduleWords {
    /// `cosine to 0`, `as planned ×0.5`.
    static func short(_ change: ScheduleChange) -> String {
        var text = shape(change)
        if change.scale != 1, change.rate == nil { text += " " + Figure.factor(change.scale) }
        if let goal = goal(change) { text += " to \(Figure.plain(goal))" }
        return text
    }

    /// `cosine from 0.05 to 0 in 1,200 steps`.
    static func long(_ change: ScheduleChange) -> String {
        var text = shape(change)
        if let rate = change.rate {
            text += " from \(Figure.plain(rate))"
        } else if change.scale != 1 {
            text += " " + Figure.factor(change.scale)
        }
        if let goal = goal(change) { text += " to \(Figure.plain(goal))" }
        switch change.length {
        case .steps(let count): text += " in \(Figure.count(count)) steps"
        case .epochs(let count): text += " in \(Figure.plain(count)) epochs"
        case nil: break
        }
        return text
    }

    private static func shape(_ change: ScheduleChange) -> String { change.kind?.title ?? "as planned" }

    /// The rate that the change ends with where it says so.
    private static func goal(_ change: ScheduleChange) -> Double? {
        change.kind?.goal.map { max($0, change.floor) } ?? (change.floor > 0 ? change.floor : nil)
    }

    /// What the schedule does from a step on: `cosine from 0.08 to 0`.
    package static func plan(_ schedule: Schedule, at step: Int) -> String {
        guard let rest = schedule.rests.last(where: { $0.start <= step }) else { return words(schedule) }
        let since = " since \(Figure.count(rest.start))"
        if let own = rest.schedule { return words(own) + since }
        return "as planned \(Figure.factor(rest.factor))" + since
    }

    private static func words(_ schedule: Schedule) -> String {
        let rise = schedule.warmup > 0 ? ", warm-up \(Figure.count(schedule.warmup))" : ""
        return schedule.kind.summary(from: schedule.base).map(text).joined() + rise
    }

    private static func text(_ wording: Wording) -> String {
        switch wording {
        case .words(let words): words
        case .rate(let rate): Figure.plain(rate)
        case .factor(let factor): Figure.factor(factor)
        case .count(let count): Figure.count(count)
        }
    }
}
