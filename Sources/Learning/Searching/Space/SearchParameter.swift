import Foundation
import Plans
import Settings

/// One range of a config, as a thing with a name whose values are drawn.
package struct SearchParameter: Sendable {
    /// Where it stands in the config, which tells it from all others: `optimizer.choice[0].sgd.learningRate`.
    package let path: String
    /// The key whose value it is: `optimizer.sgd.learningRate`.
    package let name: String
    /// Its name as short as it differs from the others': `learningRate`.
    package internal(set) var shortName: String
    /// What its values are drawn from.
    package let range: ValueRange
    /// Whether only whole numbers can stand there.
    package internal(set) var isWhole = false
    /// By the paths of the choices around it, the options in which it stands.
    package let conditions: [String: Int]
    /// The range in the config.
    let setting: Setting

    init(_ setting: Setting, _ range: ValueRange, conditions: [String: Int]) {
        path = setting.path
        name = path.replacing(/\.choice\[\d+\]/, with: "")
        shortName = name
        (self.range, self.conditions, self.setting) = (range, conditions, setting)
    }

    /// How many options there are to choose from; nil of numbers.
    package var optionCount: Int? { if case .choice(let options) = range { options.count } else { nil } }

    /// Whether it stands in the config that these values make.
    package func isActive(in values: TrialValues) -> Bool {
        conditions.allSatisfy { values[$0.key] == .option($0.value) }
    }

    /// Whether equal ratios are equally likely.
    package var isLogarithmic: Bool { if case .logUniform = range { true } else { false } }

    /// The smallest and the largest value that may be drawn; nil of a choice.
    package var bounds: (low: Double, high: Double)? {
        switch range {
        case .choice: nil
        case .uniform(let low, let high), .logUniform(let low, let high):
            isWhole ? (low.rounded(.up), high.rounded(.down)) : (low, high)
        }
    }

    /// The value at a share 0...1 of the range, in the range's own scale; whole numbers have equal shares of a uniform range.
    ///
    /// Numbers have 4 digits, so that a config with them can be read. 0 of a choice.
    package func value(at share: Double) -> Double {
        guard let (low, high) = bounds else { return 0 }
        let value = scale.value(at: share)
        return isWhole ? min(high, max(low, value.rounded(.down))) : min(high, max(low, Self.short(value)))
    }

    /// The share of the range at which a value lies: the inverse of `value(at:)` but for rounding. 0 of a choice.
    package func share(of value: Double) -> Double {
        guard bounds != nil else { return 0 }
        return min(1, max(0, scale.share(of: isWhole ? value + 0.5 : value)))
    }

    /// The values of a grid over a part of the range, both ends among them, each once.
    package func gridValues(_ count: Int, within part: ClosedRange<Double>) -> [Double] {
        guard let (low, high) = bounds else { return [] }
        var values: [Double] = []
        let ends = Scale(low: low, high: high, isLogarithmic: isLogarithmic)
        for point in 0..<count {
            let share =
                part.lowerBound + (part.upperBound - part.lowerBound) * Double(point) / Double(max(1, count - 1))
            let exact = ends.value(at: share)
            let value = min(high, max(low, isWhole ? exact.rounded() : Self.short(exact)))
            if values.last != value { values.append(value) }
        }
        return values
    }

    /// A value in a few words; options of a choice as the config has them.
    package func text(_ value: TrialValue) -> String {
        switch value {
        case .number(let number): return Self.words(number)
        case .option(let index):
            guard case .choice(let options) = range, options.indices.contains(index) else { return "?" }
            return Self.words(options[index])
        }
    }

    /// A number as a config would have it: `1.2e-6`, not `1.2e-06`.
    static func words(_ number: Double) -> String {
        JSON.number(number).compact.replacing(/e([-+]?)0+(?=\d)/) { "e\($0.1)" }
    }

    private static func words(_ option: Setting) -> String {
        switch option.value {
        case .string(let text): text
        // A case with options is known by its name.
        case .object(let members) where members.count == 1 && !ValueRange.words.contains(members[0].name):
            if case .object = members[0].setting.value {
                members[0].name
            } else {
                "\(members[0].name) \(JSON(members[0].setting).compact)"
            }
        default: JSON(option).compact
        }
    }

    /// Whole numbers have the room up to the next one.
    private var scale: Scale {
        let (low, high) = bounds ?? (0, 1)
        return Scale(low: low, high: isWhole ? high + 1 : high, isLogarithmic: isLogarithmic)
    }

    private struct Scale {
        let low: Double
        let high: Double
        let isLogarithmic: Bool

        func value(at share: Double) -> Double {
            isLogarithmic ? exp(log(low) + share * (log(high) - log(low))) : low + share * (high - low)
        }

        func share(of value: Double) -> Double {
            guard high > low else { return 0.5 }
            return isLogarithmic
                ? (log(max(value, .leastNormalMagnitude)) - log(low)) / (log(high) - log(low))
                : (value - low) / (high - low)
        }
    }

    /// The number with so many digits.
    static func short(_ value: Double, digits: Int = 4) -> Double {
        guard value != 0, value.isFinite else { return value }
        return Double(String(format: "%.\(digits - 1)e", value)) ?? value
    }
}
