import Foundation

/// A learning-rate schedule as data: a total function from the step to the rate, so the future can be drawn.
///
/// All lengths are in steps. With T updates in all, base rate b and warm-up w, the rate at step t is b (t + 1) / w while
/// t < w; then u = t - w, U = T - w, and the kind's formula applies.
package struct Schedule: Hashable, Sendable, Codable {
    /// The shape after the warm-up.
    package let kind: Kind
    /// The optimizer's own rate b.
    package let base: Double
    /// Steps of linear warm-up, 0 for none.
    package let warmup: Int
    /// Updates in all, T.
    package let total: Int
    /// What somebody put in place of the rest, in order of their starts; empty for a schedule as planned.
    package let rests: [Rest]

    /// A schedule as planned; constant and without warm-up where nothing is said.
    package init(kind: Kind = .constant, base: Double, warmup: Int = 0, total: Int, rests: [Rest] = []) {
        self.kind = kind
        self.base = base
        self.warmup = max(0, warmup)
        self.total = total
        self.rests = rests
    }

    /// The shapes, u steps after the warm-up of U until the end.
    package enum Kind: Hashable, Sendable, Codable {
        /// b
        case constant
        /// b factor^floor(u / every)
        case step(every: Int, factor: Double)
        /// b factor^k, k = how many of `at` lie at or before u
        case multiStep(at: [Int], factor: Double)
        /// to + (b - to) (1 - u/U)^power; `linear` is power 1
        case polynomial(to: Double, power: Double)
        /// to + (b - to)/2 (1 + cos(pi u/U)), Loshchilov and Hutter 2017
        case cosine(to: Double)
        /// The cosine over periods, each `growth` times as long as the one before
        case cosineRestarts(period: Int, growth: Double, to: Double)
        /// b factor^u
        case exponential(factor: Double)
        /// b sqrt(max(w, 1) / max(t, 1)), Vaswani and others 2017
        case inverseSquareRoot
        /// Up to b x peak in the first `rise` share of U, then down to `to`, both along a cosine (Smith 2018)
        case oneCycle(peak: Double, to: Double, rise: Double)
    }

    /// The rate of update `step`, for any step from 0; past the end the value at T holds.
    package func rate(at step: Int) -> Double { rate(at: step, rests: rests[...]) }

    /// The latest rest that has begun decides; where it goes on with the shape before it, those before it do.
    private func rate(at step: Int, rests: ArraySlice<Rest>) -> Double {
        guard let index = rests.lastIndex(where: { $0.start <= step }) else { return plannedRate(at: step) }
        let rest = rests[index]
        let rate =
            rest.schedule?.plannedRate(at: step - rest.start) ?? self.rate(at: step, rests: rests[..<index])
            * rest.factor
        return max(rest.floor, rate)
    }

    private func plannedRate(at step: Int) -> Double {
        let t = min(max(0, step), max(0, total))
        if t < warmup { return base * Double(t + 1) / Double(warmup) }
        let u = t - warmup
        let length = max(1, total - warmup)
        let progress = min(1, Double(u) / Double(length))
        switch kind {
        case .constant: return base
        case .step(let every, let factor): return base * pow(factor, Double(u / max(1, every)))
        case .multiStep(let milestones, let factor):
            return base * pow(factor, Double(milestones.count { $0 <= u }))
        case .polynomial(let to, let power): return to + (base - to) * pow(1 - progress, power)
        case .cosine(let to): return Self.cosine(from: base, to: to, progress: progress)
        case .cosineRestarts(let period, let growth, let to):
            return Self.cosine(from: base, to: to, progress: Self.progressInPeriod(u, period: period, growth: growth))
        case .exponential(let factor): return base * pow(factor, Double(u))
        case .inverseSquareRoot: return base * (Double(max(warmup, 1)) / Double(max(t, 1))).squareRoot()
        case .oneCycle(let peak, let to, let rise):
            let top = base * peak
            if progress < rise { return Self.cosine(from: base, to: top, progress: progress / rise) }
            return Self.cosine(from: top, to: to, progress: rise < 1 ? (progress - rise) / (1 - rise) : 1)
        }
    }

    private static func cosine(from: Double, to: Double, progress: Double) -> Double {
        to + (from - to) / 2 * (1 + cos(Double.pi * progress))
    }

    /// How far `step` lies in its period, 0 at a restart.
    private static func progressInPeriod(_ step: Int, period: Int, growth: Double) -> Double {
        let first = Double(max(1, period))
        var position = Double(step)
        if growth == 1 { return position.truncatingRemainder(dividingBy: first) / first }
        // Periods of growing length: the k-th one begins at first (growth^k - 1) / (growth - 1).
        let power = position / first * (growth - 1) + 1
        // Shrinking periods have an end, and nothing restarts after it.
        guard growth > 0, power > 0 else { return min(1, position / first) }
        let count = floor(log(power) / log(growth) + 1e-9)
        position -= first * (pow(growth, count) - 1) / (growth - 1)
        return min(1, max(0, position / (first * pow(growth, count))))
    }
}
