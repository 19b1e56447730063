import Foundation

/// The part of a space that a round draws from.
package struct SearchWindow: Hashable, Sendable {
    /// The share of each range of numbers, by path; all of it where none is told.
    package private(set) var shares: [String: ClosedRange<Double>] = [:]
    /// The options of each choice, by path; all of them where none are told.
    package private(set) var options: [String: [Int]] = [:]

    /// How much narrower each round is than the one before.
    package static let narrowing = 3.0

    /// All of the space.
    package init() {}

    /// What a round draws from: ranges a third as wide with each round, around the best trial, moved inside of their ends; of the
    /// choices what the best third of the trials has.
    ///
    /// - Parameters:
    ///   - round: from 0 on, which has all of the space.
    ///   - ranked: the values of the trials so far, the best first.
    package init(round: Int, around ranked: [TrialValues], in space: SearchSpace) {
        guard round > 0, !ranked.isEmpty else { return }
        let width = pow(Self.narrowing, -Double(round))
        let leading = ranked.prefix((ranked.count + 2) / 3)
        for parameter in space.parameters {
            if parameter.optionCount != nil {
                let chosen = leading.compactMap { values -> Int? in
                    if case .option(let option) = values[parameter.path] { option } else { nil }
                }
                if !chosen.isEmpty { options[parameter.path] = Set(chosen).sorted() }
            } else if let best = ranked.lazy.compactMap({ $0.number(parameter.path) }).first {
                let low = min(1 - width, max(0, parameter.share(of: best) - width / 2))
                shares[parameter.path] = low...low + width
            }
        }
    }

    /// The share of a parameter's range.
    package func share(of parameter: SearchParameter) -> ClosedRange<Double> { shares[parameter.path] ?? 0...1 }

    /// The options of a choice.
    package func options(of parameter: SearchParameter) -> [Int] {
        options[parameter.path] ?? Array(0..<(parameter.optionCount ?? 0))
    }
}
