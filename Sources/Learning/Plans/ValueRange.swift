import Foundation
import Settings

/// What stands in place of a value of a config that is searched for: `{ logUniform: [1e-4, 1] }`.
package enum ValueRange: Sendable {
    /// Every number from low to high is as likely as any other.
    case uniform(low: Double, high: Double)
    /// Every ratio is as likely as any other: as many values from 0.001 to 0.01 as from 0.01 to 0.1.
    case logUniform(low: Double, high: Double)
    /// One of these, each as likely as any other; they may hold ranges themselves.
    case choice([Setting])

    /// The keys that make an object a range.
    package static let words = ["logUniform", "uniform", "choice"]

    /// The range that stands in a place of a config; nil where something else does.
    /// - Throws: where one is begun that cannot be: ends that are none, low not below high, the logarithm of 0, no choice.
    package init?(_ setting: Setting) throws(SettingsError) {
        guard case .object(let members) = setting.value,
            let member = members.first(where: { Self.words.contains($0.name) })
        else { return nil }
        guard members.count == 1 else {
            let other = members.first { $0.name != member.name }
            throw (other?.setting ?? setting).error(
                "a range stands alone; leave \(other?.name ?? "the other key") or \(member.name) out")
        }
        guard member.name != "choice" else {
            let options = try member.setting.array()
            guard !options.isEmpty else {
                throw member.setting.error("a choice of nothing; list the values, as in { choice: [32, 64] }")
            }
            self = .choice(options)
            return
        }
        let (low, high) = try Self.ends(member.setting, of: member.name)
        guard member.name == "uniform" || low > 0 else {
            throw member.setting.error(
                "there is no logarithm of \(JSON.number(low).compact); a low end above 0 is due, or uniform")
        }
        self = member.name == "uniform" ? .uniform(low: low, high: high) : .logUniform(low: low, high: high)
    }

    private static func ends(_ setting: Setting, of word: String) throws(SettingsError) -> (Double, Double) {
        let example = "{ \(word): [\(word == "uniform" ? "0, 0.9" : "1e-4, 1")] }"
        guard case .array(let ends) = setting.value, ends.count == 2 else {
            throw setting.error("both ends of a range are due, as in \(example)")
        }
        let (low, high) = (try ends[0].double(), try ends[1].double())
        guard low < high else {
            throw setting.error(
                "the low end \(JSON.number(low).compact) is not below the high end \(JSON.number(high).compact)")
        }
        guard (high - low).isFinite else { throw setting.error("the ends lie too far from each other") }
        return (low, high)
    }
}

extension Setting {
    /// The first range in the text, those within another left out; nil where there is none.
    package var firstRange: Setting? {
        get throws(SettingsError) {
            if try ValueRange(self) != nil { return self }
            switch value {
            case .null, .bool, .number, .string: return nil
            case .array(let elements):
                for element in elements { if let found = try element.firstRange { return found } }
            case .object(let members):
                for member in members { if let found = try member.setting.firstRange { return found } }
            }
            return nil
        }
    }
}
