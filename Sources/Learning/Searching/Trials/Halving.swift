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

    /// What is known at a rung of the trials so far.
    private struct Rung {
        /// The best first.
        private var scores: [TrialScore] = []
        /// How many have reached it.
        private(set) var count = 0
        /// Whether one has yet to come there.
        private(set) var isAwaited = false

        mutating func take(_ standing: Standing) {
            switch standing {
            case .gone: break
            case .awaited: isAwaited = true
            case .reached(let score):
                count += 1
                if let score { scores.insert(score, at: better(than: score)) }
            }
        }

        /// How many are better than a score; without one, all that have one. O(log n).
        func better(than score: TrialScore?) -> Int {
            guard let score else { return scores.count }
            var (low, high) = (0, scores.count)
            while low < high {
                let middle = (low + high) / 2
                if scores[middle].isBetter(than: score) { low = middle + 1 } else { high = middle }
            }
            return low
        }
    }

    /// The verdicts on the trials that are hopeless as far as it can be told, by their numbers; only the first fold counts.
    package func verdicts(on trials: [SearchTrial], _ monitor: Monitor) -> [Int: Verdict] {
        var verdicts: [Int: Verdict] = [:]
        guard !rungs.isEmpty else { return verdicts }
        var known = rungs.map { _ in Rung() }
        for trial in trials {
            // Whether it comes to the next rung, as far as the ones before decide.
            var isIn = true
            for (rung, epochs) in rungs.enumerated() {
                let own = standing(of: trial, at: epochs, isIn: isIn, verdicts[trial.number] != nil, monitor)
                if isIn, case .reached(let score) = own {
                    let (others, better) = (known[rung].count, known[rung].better(than: score))
                    let kept = max(1, Int((Double(others + 1) / reduction).rounded(.up)))
                    if known[rung].isAwaited {
                        isIn = false
                    } else if others >= Self.leastPeers, better >= kept {
                        verdicts[trial.number] = Verdict(epochs: epochs, better: better, peers: others)
                        isIn = false
                    }
                }
                known[rung].take(own)
            }
        }
        return verdicts
    }

    private func standing(
        of trial: SearchTrial, at epochs: Int, isIn: Bool, _ isHopeless: Bool, _ monitor: Monitor
    ) -> Standing {
        if isHopeless { return .gone }
        guard isIn else { return .awaited }
        if let end = trial.runs[0].reach(of: Double(epochs)) {
            return .reached(TrialScore(trial, monitor, until: end, folds: 1))
        }
        return trial.hasEnded ? .gone : .awaited
    }
}
