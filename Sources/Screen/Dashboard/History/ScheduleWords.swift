import Charts
import Runs

/// A change of the rest of a schedule in words.
package enum ScheduleWords {
    /// The shape's name: `cosine`, `hold`, `as planned`.
    static func shape(_ kind: ScheduleSpecification.Kind?) -> String {
        switch kind {
        case nil: "as planned"
        case .constant: "constant"
        case .step: "stairs"
        case .multiStep: "stairs at"
        case .linear: "linear"
        case .polynomial: "polynomial"
        case .cosine: "cosine"
        case .cosineRestarts: "restarts"
        case .exponential: "exponential"
        case .inverseSquareRoot: "inverse root"
        case .oneCycle: "one cycle"
        }
    }

    /// `cosine to 0`, `as planned ×0.5`.
    static func short(_ change: ScheduleChange) -> String {
        var text = shape(change.kind)
        if change.scale != 1, change.rate == nil { text += " " + Figure.factor(change.scale) }
        if let goal = goal(change) { text += " to \(Figure.plain(goal))" }
        return text
    }

    /// `cosine from 0.05 to 0 in 1,200 steps`.
    static func long(_ change: ScheduleChange) -> String {
        var text = shape(change.kind)
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

    /// The rate that the change ends with where it says so.
    private static func goal(_ change: ScheduleChange) -> Double? {
        switch change.kind {
        case .linear(let to), .polynomial(let to, _), .cosine(let to), .cosineRestarts(_, _, let to),
            .oneCycle(_, let to, _):
            max(to, change.floor)
        case nil, .constant, .step, .multiStep, .exponential, .inverseSquareRoot:
            change.floor > 0 ? change.floor : nil
        }
    }
}

extension ScheduleWords {
    /// What the schedule does from a step on: `cosine from 0.08 to 0`.
    package static func plan(_ schedule: Schedule, at step: Int) -> String {
        guard let rest = schedule.rests.last(where: { $0.start <= step }) else { return words(schedule) }
        let since = " since \(Figure.count(rest.start))"
        if let own = rest.schedule { return words(own) + since }
        return "as planned \(Figure.factor(rest.factor))" + since
    }

    private static func words(_ schedule: Schedule) -> String {
        let base = Figure.plain(schedule.base)
        let rise = schedule.warmup > 0 ? ", warm-up \(Figure.count(schedule.warmup))" : ""
        let shape: String =
            switch schedule.kind {
            case .constant: "constant \(base)"
            case .step(let every, let factor): "\(Figure.factor(factor)) every \(Figure.count(every)) from \(base)"
            case .multiStep(let at, let factor): "\(at.count) stairs \(Figure.factor(factor)) from \(base)"
            case .polynomial(let to, let power):
                "\(power == 1 ? "linear" : "polynomial") \(base) → \(Figure.plain(to))"
            case .cosine(let to): "cosine \(base) → \(Figure.plain(to))"
            case .cosineRestarts(let period, _, let to):
                "restarts \(base) → \(Figure.plain(to)) every \(Figure.count(period))"
            case .exponential: "exponential from \(base)"
            case .inverseSquareRoot: "inverse root from \(base)"
            case .oneCycle(let peak, let to, _):
                "one cycle \(base) → \(Figure.plain(schedule.base * peak)) → \(Figure.plain(to))"
            }
        return shape + rise
    }
}
