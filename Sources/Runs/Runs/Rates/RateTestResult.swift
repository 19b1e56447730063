import Foundation

/// How far a learning-rate range test has come.
package struct RateTestResult: Hashable, Sendable, Codable {
    /// Where the copy was made.
    package let position: Position
    /// The highest rate that the run has from here on as things are, which a suggestion takes the place of.
    package let peak: Double
    /// The ramp as far as it has come.
    package var curve = RateCurve()
    /// Copies trained for a while at one rate each, in the order in which they were begun.
    package private(set) var trials: [Trial] = []
    /// Share of all that is to do, 0...1, about.
    package var share = 0.0
    /// Whether it is over: all was done, or somebody wanted something else.
    package private(set) var isOver = false

    /// A copy trained at one rate.
    package struct Trial: Hashable, Sendable, Codable {
        /// The highest rate of its steps.
        package let rate: Double
        /// The mean loss of its last epoch, or of its last quarter where it is shorter than the run; not finite where it diverged or was given up.
        package let loss: Double
        /// Updates that it made.
        package let steps: Int

        /// What came of a rate.
        package init(rate: Double, loss: Double, steps: Int) {
            (self.rate, self.loss, self.steps) = (rate, loss, steps)
        }
    }

    /// Before the first update.
    package init(position: Position, peak: Double) { (self.position, self.peak) = (position, peak) }

    /// Another copy is done.
    package mutating func append(_ trial: Trial) { trials.append(trial) }

    /// Nothing more comes.
    package mutating func end() { (isOver, share) = (true, 1) }

    /// The trial with the lowest rate among those whose loss is as good as the lowest, which lie safer from where it blows up; nil
    /// where none was sound.
    package var bestTrial: Trial? {
        let sound = trials.filter { $0.loss.isFinite }
        guard let lowest = sound.map(\.loss).min() else { return nil }
        let allowed = lowest + max(0.02 * abs(lowest), 0.002 * abs(curve.first ?? 0))
        return sound.filter { $0.loss <= allowed }.min { $0.rate < $1.rate }
    }

    /// Whether the best trial learned anything.
    private var hasLearned: Bool {
        guard let best = bestTrial, let first = curve.first else { return false }
        return best.loss < first - Self.leastDescent * abs(first)
    }

    private static let leastDescent = 0.01

    /// What is missing in the curve; nothing where it never descends and the trials did, having more time.
    package var concern: RateCurve.Concern? {
        curve.concern == .neverDescends && hasLearned ? nil : curve.concern
    }

    /// What is suggested, the best first; empty where the loss never falls.
    package var suggestions: [RateSuggestion] {
        let descends = curve.concern != .neverDescends
        let rates: [(RateSuggestion.Way, Double?)] = [
            (.tried, hasLearned ? bestTrial?.rate : nil),
            (.balanced, descends && !hasLearned ? curve.balanced : nil), (.valley, descends ? curve.valley : nil),
            (.steepest, descends ? curve.steepest : nil), (.minimumOverTen, descends ? curve.minimumOverTen : nil),
        ]
        return rates.compactMap { way, rate in rate.map { RateSuggestion(way: way, rate: $0.roundedRate) } }
    }

    /// The suggestion to take where nobody chooses.
    package var suggested: RateSuggestion? { suggestions.first }

    /// What makes a rate the highest of the steps to come, whether the plan is followed or a rate is held; nil where it is that.
    package func command(taking rate: Double) -> RunCommand? {
        if rate == peak { return nil }
        return peak > 0 ? .scaleLearningRate(rate / peak) : .setLearningRate(rate)
    }

    /// `learning rates from 1e-05 to 3.2: steepest 0.03, valley 0.012, minimum/10 0.04`
    package var words: String {
        guard let low = curve.points.first?.rate, let high = curve.points.last?.rate else {
            return "no learning rate was tried"
        }
        let found = suggestions.map { "\($0.way.words) \($0.rate.inWords)" }.joined(separator: ", ")
        let range = "learning rates from \(Self.short(low)) to \(Self.short(high))"
        let concern = concern.map { "; \($0.words)" } ?? ""
        return "\(range): " + (found.isEmpty ? "none is suggested" : found) + concern
    }

    private static func short(_ rate: Double) -> String { String(format: "%.2g", rate) }
}

extension Double {
    /// With two significant digits: a rate is not known better.
    package var roundedRate: Double { Double(String(format: "%.1e", self)) ?? self }
}
