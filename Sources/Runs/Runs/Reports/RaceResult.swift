import Foundation

/// How far a race has come.
package struct RaceResult: Hashable, Sendable, Codable {
    /// Where the copies were made.
    package let position: Position
    /// Updates that each copy makes.
    package let steps: Int
    /// What their rates are multiplied with.
    package let scales: [Double]
    /// Those that were begun, in the order of the scales.
    package internal(set) var lanes: [Lane] = []
    /// Whether it is over: all came to their end, or somebody wanted something else.
    package private(set) var isOver = false

    /// One copy.
    package struct Lane: Hashable, Sendable, Codable {
        /// What its rate is multiplied with.
        package let scale: Double
        /// The rate of its first update.
        package let rate: Double
        /// The loss of each update; the last one is not finite where that ended it.
        package fileprivate(set) var losses: [Double] = []

        /// Whether its numbers ceased to be finite.
        package var hasDiverged: Bool { losses.last.map { !$0.isFinite } ?? false }

        /// The mean loss of the last quarter; nil before the first update and where it diverged. A batch alone says little.
        package var loss: Double? {
            guard !losses.isEmpty, !hasDiverged else { return nil }
            let last = losses.suffix(max(1, losses.count / 4))
            return last.reduce(0, +) / Double(last.count)
        }
    }

    /// Before the first update.
    package init(position: Position, race: Race) {
        (self.position, steps, scales) = (position, race.steps, race.scales)
    }

    /// The next copy begins.
    package mutating func begin(rate: Double) { lanes.append(Lane(scale: scales[lanes.count], rate: rate)) }

    /// The newest copy made updates.
    package mutating func take(_ losses: [Double]) {
        guard !lanes.isEmpty else { return }
        let finite = losses.prefix { $0.isFinite }
        lanes[lanes.count - 1].losses += losses.prefix(finite.count + 1)
    }

    /// Nothing more comes.
    package mutating func end() { isOver = true }

    /// The place of the copy with the lowest loss among those that made all their updates; nil where none did.
    package var best: Int? {
        let whole = lanes.indices.filter { lanes[$0].losses.count >= steps && lanes[$0].loss != nil }
        return whole.min { lanes[$0].loss ?? .infinity < lanes[$1].loss ?? .infinity }
    }

    /// `race over 50 steps: x0.1 loss 0.53, x1 loss 0.39, x10 diverged`
    package var words: String {
        let told = lanes.map { lane in
            let loss =
                lane.hasDiverged ? "diverged" : lane.loss.map { "loss \(String(format: "%.3g", $0))" } ?? "not run"
            return "x\(lane.scale.inWords) \(loss)"
        }
        return "race over \(steps) step\(steps == 1 ? "" : "s"): " + told.joined(separator: ", ")
    }

    /// Share of all updates that are made, 0...1.
    package var share: Double {
        guard !isOver else { return 1 }
        let made = lanes.reduce(0) { $0 + ($1.hasDiverged ? steps : min(steps, $1.losses.count)) }
        return Double(made) / Double(max(1, steps * scales.count))
    }
}
