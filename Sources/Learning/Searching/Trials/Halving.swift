import Foundation
import Plans

/// Successive halving without waiting (Li and others, "A system for massively parallel hyperparameter tuning", 2020, its stopping
/// variant), made such that every decision is a function of the trials' own numbers.
///
/// A trial that has reached a rung is compared with those of lower numbers that have reached it too, and goes on where it is among
/// the best of them, one out of `reduction`. It is decided once all of them have come there or have ended, so that neither the
/// number of processes nor their speed changes a decision; how many steps a hopeless trial has made meanwhile is not determined,
/// and does not count.
package struct Halving: Hashable, Sendable {
    /// Why a trial is hopeless.
    package struct Verdict: Hashable, Sendable {
        /// Epochs after which it was compared.
        package let epochs: Int
        /// How many were better.
        package let better: Int
        /// With how many it was compared.
        package let peers: Int
    }

    /// Epochs after which trials are compared, rising, all before the last.
    package let rungs: [Int]
    /// Of so many one goes on.
    package let reduction: Double

    /// With fewer others nothing is decided.
    package static let leastPeers = 3

    /// - Parameters:
    ///   - epochs: those of a whole trial.
    ///   - reduction: 1 stops none.
    package init(epochs: Int, reduction: Double) {
        self.reduction = reduction
        let early = [reduction * reduction, reduction].map { Int((Double(epochs) / $0).rounded(.up)) }
        rungs = reduction > 1 ? Set(early.filter { $0 >= 1 && $0 < epochs }).sorted() : []
    }

    /// Where a trial stands with a rung.
    private enum Standing {
        case reached(TrialScore?)
        /// It ended before.
        case gone
        case awaited
    }

    /// The verdicts on the trials that are hopeless as far as it can be told, by their numbers; only the first fold counts.
    package func verdicts(on trials: [SearchTrial], _ monitor: Monitor) -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        // By rung, those of the trials before.
        var standings = rungs.map { _ in [Standing]() }
        for trial in trials {
            var first = trial
            first.runs = Array(trial.runs.prefix(1))
            var isIn = true
            for (rung, epochs) in rungs.enumerated() {
                let own = standing(of: first, at: epochs, isIn: isIn, verdicts[trial.number] != nil, monitor)
                defer { standings[rung].append(own) }
                guard isIn, case .reached(let score) = own else { continue }
                guard !standings[rung].contains(where: { if case .awaited = $0 { true } else { false } }) else {
                    // Whether it comes to the next rung is not known yet.
                    isIn = false
                    continue
                }
                let others = standings[rung].compactMap {
                    if case .reached(let score) = $0 { .some(score) } else { nil }
                }
                let better = others.count { other in
                    guard let other else { return false }
                    return score.map { other.isBetter(than: $0) } ?? true
                }
                let kept = max(1, Int((Double(others.count + 1) / reduction).rounded(.up)))
                if others.count >= Self.leastPeers, better >= kept {
                    verdicts[trial.number] = Verdict(epochs: epochs, better: better, peers: others.count)
                    isIn = false
                }
            }
        }
        return verdicts
    }

    private func standing(
        of trial: SearchTrial, at epochs: Int, isIn: Bool, _ isHopeless: Bool, _ monitor: Monitor
    ) -> Standing {
        if isHopeless { return .gone }
        guard isIn else { return .awaited }
        if trial.runs[0].hasReached(Double(epochs)) {
            return .reached(TrialScore(trial, monitor, until: Double(epochs)))
        }
        return trial.hasEnded ? .gone : .awaited
    }
}
