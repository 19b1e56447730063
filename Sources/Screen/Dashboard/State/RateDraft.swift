import Charts
import Runs

/// What the text of the rate sheet would do, computed before anything is sent.
package struct RateDraft: Hashable, Sendable {
    /// The rate of the next update now.
    package let old: Double
    /// And with the change; nil while the text says nothing that can be done.
    package private(set) var new: Double?
    /// What Enter sends.
    package private(set) var command: RunCommand?
    /// What it will do: `rate 0.0342 → 0.0171, plan × 0.5 from here on`; empty while there is nothing to say.
    package private(set) var description = ""
    /// What is wrong with the text and what would be right; nil where nothing is, or the field is empty.
    package private(set) var error: String?

    /// - Parameters:
    ///   - text: a number, `*0.5` (also `x` and `×`) or `/3` (also `÷`).
    ///   - holds: hold the value instead of rescaling the plan.
    ///   - old: the rate of the next update.
    ///   - control: what decides the rate now.
    package init(text: String, holds: Bool, old: Double, control: LearningRateControl) {
        self.old = old
        var digits = text.filter { !$0.isWhitespace }
        guard !digits.isEmpty else { return }
        let operation = "*x×/÷".contains(digits.first ?? " ") ? digits.removeFirst() : nil
        if let problem = Self.problem(with: digits, operation: operation) {
            error = problem
            return
        }
        let number = Double(digits) ?? .nan
        let factor: Double? =
            switch operation {
            case nil: nil
            case "/", "÷": 1 / number
            default: number
            }
        let target = factor.map { old * $0 } ?? number
        guard target.isFinite, target > 0, factor.map({ $0.isFinite && $0 > 0 }) ?? true else {
            error =
                old > 0 || factor == nil
                ? "the rate would be \(Figure.plain(target)): it must be above 0"
                : "the rate is 0 here: type a number and hold it (tab)"
            return
        }
        if holds {
            finish(target, .setLearningRate(target), "held until p")
        } else if let scale = factor ?? (old > 0 ? target / old : nil), scale.isFinite, scale > 0 {
            finish(target, .scaleLearningRate(scale), Self.words(scaling: control, by: scale))
        } else {
            error = "the rate is 0 here: hold the number instead (tab)"
        }
    }

    /// The draft of the sheet that is open.
    package init(_ sheet: Overlay.RateSheet, status: RunStatus) {
        self.init(text: sheet.field.text, holds: sheet.holds, old: status.learningRate, control: status.control)
    }

    private mutating func finish(_ rate: Double, _ command: RunCommand, _ words: String) {
        new = rate
        self.command = command
        description = "rate \(Figure.plain(old)) → \(Figure.plain(rate)), \(words)"
    }

    private static func words(scaling control: LearningRateControl, by factor: Double) -> String {
        switch control.scaled(by: factor) {
        case .following(let multiplier): "plan \(Figure.factor(multiplier)) from here on"
        case .held: "still held"
        }
    }

    private static func problem(with digits: String, operation: Character?) -> String? {
        let example = operation.map { "\($0)0.5" } ?? "0.01, *0.5 or /3"
        if digits.contains(",") { return "write the point as in 0.01, not a comma" }
        guard !digits.isEmpty, digits.allSatisfy({ "0123456789.eE+-".contains($0) }), let number = Double(digits) else {
            return "not a number: type \(example)"
        }
        if !number.isFinite { return "the number is too large" }
        if number <= 0 { return operation == nil ? "the rate must be above 0" : "the factor must be above 0" }
        return nil
    }
}
