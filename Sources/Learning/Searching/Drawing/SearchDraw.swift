import Settings
import Tensors

/// Draws the values of trials from a space: by counting, so that a value depends on the seed, the trial's number and the parameter
/// alone, whoever draws it and when.
package struct SearchDraw: Sendable {
    /// What is drawn from.
    package let space: SearchSpace
    private let generator: Philox

    /// The most trials that a grid may have.
    package static let largestGrid = 100_000

    /// - Parameter seed: the same seed draws the same.
    package init(_ space: SearchSpace, seed: UInt64) {
        self.space = space
        generator = Philox(seed: seed, purpose: .search)
    }

    /// The values of a trial of a random search.
    package func values(ofTrial trial: Int, in window: SearchWindow) -> TrialValues {
        var values = TrialValues()
        for parameter in space.parameters where parameter.isActive(in: values) {
            let random = uniform(trial, parameter)
            if parameter.optionCount != nil {
                let options = window.options(of: parameter)
                values[parameter.path] = .option(options[min(options.count - 1, Int(random * Double(options.count)))])
            } else {
                let part = window.share(of: parameter)
                let share = part.lowerBound + random * (part.upperBound - part.lowerBound)
                values[parameter.path] = .number(parameter.value(at: share))
            }
        }
        return values
    }

    /// All trials of a grid, the last range varying fastest.
    /// - Parameter points: values of each range; choices have all of theirs.
    /// - Throws: where there are more than `largestGrid`.
    package func grid(_ points: Int, in window: SearchWindow) throws(SettingsError) -> [TrialValues] {
        var all = [TrialValues()]
        for parameter in space.parameters {
            let choices: [TrialValue] =
                parameter.optionCount != nil
                ? window.options(of: parameter).map { .option($0) }
                : parameter.gridValues(points, within: window.share(of: parameter)).map { .number($0) }
            all = all.flatMap { values in
                guard parameter.isActive(in: values) else { return [values] }
                return choices.map { choice in
                    var more = values
                    more[parameter.path] = choice
                    return more
                }
            }
            guard all.count <= Self.largestGrid else {
                throw space.config.error(
                    "a grid of \(points) points a range has more than \(Self.largestGrid) trials; take fewer points, or search at random"
                )
            }
        }
        return all
    }

    /// Uniform over [0, 1).
    private func uniform(_ trial: Int, _ parameter: SearchParameter) -> Double {
        // FNV-1a: a parameter keeps its numbers when another one joins the config.
        let name = parameter.path.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        let words = generator.block(UInt64(trial), name)
        return Double((UInt64(words.x) << 32 | UInt64(words.y)) >> 11) * 0x1p-53
    }
}
