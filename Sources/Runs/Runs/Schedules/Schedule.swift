/// A learning-rate schedule as data: a total function from the step to the rate, so the future can be drawn.
///
/// All lengths are in steps. With T updates in all, base rate b and warm-up w, the rate at step t is b (t + 1) / w while
/// t < w; then u = t - w, U = T - w, and the formula of its shape applies.
package struct Schedule: Hashable, Sendable, Codable {
    private let held: AnyShape
    /// The optimizer's own rate b.
    package let base: Double
    /// Steps of linear warm-up, 0 for none.
    package let warmup: Int
    /// Updates in all, T.
    package let total: Int
    /// What somebody put in place of the rest, in order of their starts; empty for a schedule as planned.
    package private(set) var rests: [Rest]

    /// A schedule as planned; constant and without warm-up where nothing is said.
    package init(kind: any ScheduleShape = Constant(), base: Double, warmup: Int = 0, total: Int, rests: [Rest] = []) {
        held = .of(kind)
        self.base = base
        self.warmup = max(0, warmup)
        self.total = total
        self.rests = rests
    }

    /// The same schedule with the rests that somebody put in place; in order of their starts, a later one of the same start
    /// counts. Allocates nothing, since the trainer asks for it at every step.
    package func with(_ rests: [Rest]) -> Schedule {
        var schedule = self
        schedule.rests = rests
        return schedule
    }

    /// How the rate goes on after the warm-up, its lengths in steps.
    package var kind: any ScheduleShape { held.shape }

    /// The rate of update `step`, for any step from 0; past the end the value at T holds.
    package func rate(at step: Int) -> Double { rate(at: step, rests: rests[...]) }

    /// The latest rest that has begun decides; where it goes on with the shape before it, those before it do.
    private func rate(at step: Int, rests: ArraySlice<Rest>) -> Double {
        guard let index = rests.lastIndex(where: { $0.start <= step }) else { return plannedRate(at: step) }
        let rest = rests[index]
        if step == rest.start, let first = rest.first { return first }
        let rate =
            rest.schedule?.plannedRate(at: step - rest.start) ?? self.rate(at: step, rests: rests[..<index])
            * rest.factor
        return max(rest.floor, rate)
    }

    /// The highest rate that is planned, to a few parts in a thousand: of 256 updates evenly over all, and where parts begin. O(1)
    /// in the number of updates.
    package var peak: Double {
        let last = max(0, total - 1)
        var highest = max(
            rate(at: 0), rate(at: last), rate(at: min(last, max(0, warmup - 1))), rate(at: min(last, warmup)))
        for place in 1..<256 { highest = max(highest, rate(at: Int(Double(last) / 256 * Double(place)))) }
        for rest in rests { highest = max(highest, rate(at: min(last, max(0, rest.start)))) }
        return highest
    }

    private func plannedRate(at step: Int) -> Double {
        let t = min(max(0, step), max(0, total))
        if t < warmup { return base * Double(t + 1) / Double(warmup) }
        let length = max(1, total - warmup)
        return kind.rate(
            at: Moment(
                base: base, step: t, warmup: warmup, progress: min(1, Double(t - warmup) / Double(length))))
    }
}
