import Foundation

extension Schedule {
    /// A rate below this share of the highest moves no weight that anybody could see.
    private static let nothing = 1e-6

    /// What may not be meant with a plan: rates that are never reached, stairs that never come, a rate that is gone long before the
    /// end. A line each, without a full stop.
    ///
    /// - Parameter stepsPerEpoch: for lengths in words of epochs.
    package func concerns(stepsPerEpoch: Int) -> [StartWarning] {
        guard total > 0 else { return [] }
        let last = rate(at: total - 1)
        if warmup > total {
            return [
                Self.warning(
                    "warmup",
                    "the warm-up takes \(warmup.grouped) steps and the run has \(total.grouped): the rate ends at "
                        + "\(last.inWords(digits: 3)) and never reaches \(base.inWords(digits: 3)); shorten the warm-up"
                )
            ]
        }
        return (kind.concern(of: self, stepsPerEpoch: stepsPerEpoch) ?? vanishing(last)).map {
            [Self.warning(type(of: kind).word, $0)]
        } ?? []
    }

    /// The words for a rate that is as good as 0 for a while before the end, unless somebody asked for just that.
    private func vanishing(_ last: Double) -> String? {
        let highest = peak
        guard kind.goal == nil, highest > 0, last < Self.nothing * highest else { return nil }
        // Rates of such shapes only fall from their peak on: the first step that is as good as nothing.
        var (low, high) = (0, total - 1)
        while low < high {
            let middle = (low + high) / 2
            if rate(at: middle) < Self.nothing * highest { high = middle } else { low = middle + 1 }
        }
        return
            "the rate falls from \(highest.inWords(digits: 3)) to \(last.inWords(digits: 3)), below a millionth from step "
            + "\(low.grouped) of \(total.grouped) on, where nothing is learned any more"
    }

    private static func warning(_ id: String, _ sentence: String) -> StartWarning {
        StartWarning("schedule.\(id)", .doubt, "schedule: \(sentence)")
    }
}

extension Int {
    /// With commas: `1,980`.
    var grouped: String {
        var digits = String(magnitude)
        var parts: [String] = []
        while digits.count > 3 {
            parts.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (self < 0 ? "-" : "") + ([digits] + parts).joined(separator: ",")
    }
}

extension Double {
    /// With so many significant digits at most: `0.0101`, `2.71e-09`.
    func inWords(digits: Int) -> String { String(format: "%.\(digits)g", self) }
}
