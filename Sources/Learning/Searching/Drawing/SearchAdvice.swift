import Foundation
import Plans
import Settings

/// What is said of a best trial that lies on the edge of a range: the best of all may lie beyond it.
package struct SearchAdvice: Hashable, Sendable {
    /// The key of the range.
    package let name: String
    /// The best trial's value in words.
    package let value: String
    /// Whether it is the upper edge.
    package let isUpper: Bool
    /// A range to try in its place, as a config has it.
    package let range: String

    /// How near an end the best lies, in shares of the range, to be called on the edge.
    package static let edge = 0.1

    /// One line.
    package var text: String {
        "\(name): the best, \(value), lies on the \(isUpper ? "upper" : "lower") edge of its range: try \(range)"
    }

    /// The advice on each range on whose edge a trial lies, as far as the config takes values beyond it.
    package static func all(for best: TrialValues, in space: SearchSpace) -> [SearchAdvice] {
        space.active(in: best).compactMap { parameter in
            switch (parameter.range, best[parameter.path]) {
            case (.choice(let options), .option(let option)?): ofChoice(parameter, options, option, space)
            case (_, .number(let number)?): ofRange(parameter, number, space)
            default: nil
            }
        }
    }

    private static func ofRange(_ parameter: SearchParameter, _ number: Double, _ space: SearchSpace) -> SearchAdvice? {
        guard let (low, high) = parameter.bounds, high > low else { return nil }
        // By the ends themselves: a whole number's room begins at the low end.
        let isLog = parameter.isLogarithmic
        let share = isLog ? log(number / low) / log(high / low) : (number - low) / (high - low)
        guard share <= edge || share >= 1 - edge else { return nil }
        let isUpper = share > 0.5
        // A range as wide as it is, around its edge; half of that, and so on, where the config does not take so much.
        for part in [0.5, 0.25, 0.125, 0.0625] {
            func moved(_ end: Double, by shares: Double) -> Double {
                let value = isLog ? end * pow(high / low, shares) : end + shares * (high - low)
                let short = SearchParameter.short(value, digits: 2)
                return parameter.isWhole ? short.rounded() : short
            }
            let ends =
                isUpper ? (moved(high, by: -0.5), moved(high, by: part)) : (moved(low, by: -part), moved(low, by: 0.5))
            let beyond = isUpper ? ends.1 : ends.0
            guard isUpper ? beyond > high : beyond < low, ends.0 < ends.1, !isLog || ends.0 > 0,
                space.takes(beyond, for: parameter)
            else { continue }
            let words = [ends.0, ends.1].map(SearchParameter.words).joined(separator: ", ")
            return SearchAdvice(
                name: parameter.name, value: parameter.text(.number(number)), isUpper: isUpper,
                range: "{ \(isLog ? "logUniform" : "uniform"): [\(words)] }")
        }
        return nil
    }

    /// Of a choice of rising or falling numbers, the last step is gone on with.
    private static func ofChoice(
        _ parameter: SearchParameter, _ options: [Setting], _ option: Int, _ space: SearchSpace
    ) -> SearchAdvice? {
        let numbers = options.compactMap { try? $0.double() }.sorted()
        guard numbers.count == options.count, Set(numbers).count == numbers.count, numbers.count > 2,
            options.indices.contains(option), let chosen = try? options[option].double(),
            chosen == numbers.first || chosen == numbers.last
        else { return nil }
        let isUpper = chosen == numbers.last
        let towards = isUpper ? numbers : numbers.reversed()
        let (last, before) = (towards[towards.count - 1], towards[towards.count - 2])
        let isGeometric = numbers[0] > 0
        var next = isGeometric ? last * (last / before) : 2 * last - before
        if numbers.allSatisfy({ $0 == $0.rounded() }) { next = next.rounded() }
        guard next != last, !isGeometric || next > 0, space.takes(next, for: parameter) else { return nil }
        let words = [before, last, next].sorted().map(SearchParameter.words).joined(separator: ", ")
        return SearchAdvice(
            name: parameter.name, value: SearchParameter.words(chosen), isUpper: isUpper,
            range: "{ choice: [\(words)] }")
    }
}
