import Foundation

/// The loss of a network that is trained at rising rates: points in, suggestions out.
package struct RateCurve: Hashable, Sendable, Codable {
    /// In the order in which they were made, their rates rising.
    package private(set) var points: [Point] = []
    /// What an earlier loss counts for beside the next one in the average.
    package let smoothing: Double

    /// One rate and the loss after updates at rates up to it.
    package struct Point: Hashable, Sendable, Codable {
        /// The rate of the update before which the loss was measured.
        package let rate: Double
        /// The loss of the batch, or the mean of a few.
        package let loss: Double
    }

    /// A curve without points.
    package init(smoothing: Double = 0.8) { self.smoothing = smoothing }

    /// The next point.
    package mutating func append(rate: Double, loss: Double) { points.append(Point(rate: rate, loss: loss)) }

    /// The points that count: finite ones that are no spike, with the debiased exponential average of their losses. O(points).
    package var smoothed: [Point] {
        let finite = points.filter { $0.loss.isFinite }
        let losses = finite.map(\.loss)
        var (average, weight) = (0.0, 0.0)
        return finite.indices.compactMap { place in
            guard !Self.isSpike(losses, place) else { return nil }
            average = smoothing * average + (1 - smoothing) * losses[place]
            weight = smoothing * weight + (1 - smoothing)
            return Point(rate: finite[place].rate, loss: average / weight)
        }
    }

    /// Whether one loss stands alone above the two on each side of it; the last ones are none, where nobody knows what follows.
    private static func isSpike(_ losses: [Double], _ place: Int) -> Bool {
        guard place + 2 < losses.count else { return false }
        let around = losses[max(0, place - 2)...place + 2].sorted()
        let median = around[around.count / 2]
        let spread = around.map { abs($0 - median) }.sorted()[around.count / 2]
        return losses[place] > median + max(spikeSpreads * spread, spikeShare * abs(median))
    }

    private static let (spikeSpreads, spikeShare) = (6.0, 0.3)

    /// The loss that the ramp began with: the mean of its first tenth; nil before the first finite point.
    package var first: Double? {
        let finite = points.lazy.map(\.loss).prefix { $0.isFinite }
        let some = finite.prefix(max(3, points.count / 10))
        return some.isEmpty ? nil : some.reduce(0, +) / Double(some.count)
    }

    /// Whether the ramp has left what can be trained: a loss that is not finite, or an average above 4 times its lowest.
    package var isHopeless: Bool {
        guard let last = points.last else { return false }
        guard last.loss.isFinite, let first else { return true }
        let curve = smoothed
        guard let lowest = curve.lazy.map(\.loss).min(), let now = curve.last?.loss else { return false }
        // A loss that was nearly 0 is no worse for being four times that.
        return now > Self.hopeless * max(lowest, Self.nothing * first) && now > Self.above * first
    }

    private static let (hopeless, nothing, above) = (4.0, 0.1, 0.5)

    /// How the curve lies, in words, where it does not fall and rise again as it should; nil where it does.
    package var concern: Concern? {
        guard let first, let lowest = smoothed.map(\.loss).min() else { return .neverDescends }
        if lowest > first - max(Self.leastDescent * abs(first), 2 * noise) { return .neverDescends }
        let last = points.last.map(\.loss) ?? .nan
        guard last.isFinite, let end = smoothed.last?.loss else { return nil }
        return end - lowest < Self.leastRise * (first - lowest) ? .neverBlowsUp : nil
    }

    private static let (leastDescent, leastRise, leastBlowUp) = (0.01, 0.25, 0.05)

    /// What is missing in a curve.
    package enum Concern: String, Hashable, Sendable, Codable {
        case neverDescends, neverBlowsUp

        /// One sentence without a full stop.
        package var words: String {
            switch self {
            case .neverDescends:
                "the loss never descends at any rate: the network does not learn, or the first rate is too high"
            case .neverBlowsUp: "the loss never blows up: higher rates than those of the ramp may do too"
            }
        }
    }

    /// How far losses of the first tenth lie from their mean, over which nothing is learned yet.
    package var noise: Double {
        let some = points.lazy.map(\.loss).prefix { $0.isFinite }.prefix(max(3, points.count / 10))
        guard some.count > 1, let first else { return 0 }
        let squares = some.reduce(0) { $0 + ($1 - first) * ($1 - first) }
        return (squares / Double(some.count - 1)).squareRoot()
    }

    /// The rate from which on the loss rises for good: the first beyond the lowest point whose average is above half the way back to
    /// where it began, and by more than noise; the last one where it never rises. Nil without points.
    package var blowUp: Double? {
        let curve = smoothed
        guard let first, let low = curve.indices.min(by: { curve[$0].loss < curve[$1].loss }) else { return nil }
        let rise = max(0.5 * (first - curve[low].loss), 3 * noise, Self.leastBlowUp * abs(first))
        let bound = curve[low].loss + rise
        return (curve[low...].first { $0.loss > bound } ?? points.last)?.rate
    }

    // MARK: Suggestions

    /// The points that suggestions are made of: without the first tenth, and without the end that blew up.
    private var middle: [Point] {
        let curve = smoothed
        guard curve.count > Self.fewest else { return curve }
        // fastai leaves out as many at either end.
        let end = concern == .neverBlowsUp ? 0 : min(5, curve.count / 10)
        return Array(curve[(curve.count / 10)..<(curve.count - end)])
    }

    private static let fewest = 10

    /// The rate at which the average falls fastest over the logarithm of the rate; nil where it never falls.
    package var steepest: Double? {
        let curve = middle
        guard curve.count > 2 else { return nil }
        let slopes = (1..<curve.count - 1).map { place -> Double in
            let (before, after) = (curve[place - 1], curve[place + 1])
            return (after.loss - before.loss) / log(after.rate / before.rate)
        }
        guard let place = slopes.indices.min(by: { slopes[$0] < slopes[$1] }), slopes[place] < 0 else { return nil }
        return curve[place + 1].rate
    }

    /// The rate half way along the longest section over which the loss goes down, as fastai's `valley`; nil where it never falls.
    ///
    /// The section is the longest falling subsequence, as far as it has members, counted back from its end. O(points^2).
    package var valley: Double? {
        let curve = middle
        guard curve.count > 2 else { return nil }
        var lengths = [Int](repeating: 1, count: curve.count)
        var end = 0
        for place in curve.indices {
            for earlier in 0..<place where curve[place].loss < curve[earlier].loss {
                lengths[place] = max(lengths[place], lengths[earlier] + 1)
            }
            if lengths[place] > lengths[end] { end = place }
        }
        guard lengths[end] > 1 else { return nil }
        let start = max(0, end - lengths[end])
        let third = Double(end - start) / 3
        return curve[min(curve.count - 1, start + Int(third) + Int(third / 2))].rate
    }

    /// The geometric mean of the valley and a fifth of the rate where the loss blows up; nil where it never falls.
    ///
    /// The best of what a curve alone says, measured by the final losses of small nets (`sitter bench find-lr`).
    package var balanced: Double? {
        guard let valley, let blowUp else { return nil }
        return (valley * blowUp / 5).squareRoot()
    }

    /// A tenth of the rate with the lowest average; nil where the loss never falls.
    package var minimumOverTen: Double? { lowestRate.map { $0 / 10 } }

    /// The rate with the lowest average; nil where the loss never falls.
    package var lowestRate: Double? {
        let curve = middle
        guard let lowest = curve.min(by: { $0.loss < $1.loss }), lowest != curve.first else { return nil }
        return lowest.rate
    }

    /// The first rate by which the average has fallen most of its way; nil where the loss never falls. Of few points the average
    /// falls on long after the loss has: its lowest place says little.
    package var fallenRate: Double? {
        let curve = middle
        guard let first = curve.first?.loss, let lowest = curve.map(\.loss).min(), lowest < first else { return nil }
        return curve.first { $0.loss <= lowest + 0.4 * (first - lowest) }?.rate
    }
}
