import Charts
import Runs

/// A line of the log in words: step, who, what. Nouns of PyTorch, lower case, old → new.
package struct EventWords: Hashable, Sendable {
    /// The updates finished before the event.
    package var step: Int
    /// `you`, `plan`, `rule`, `eval`, `run`, `disk`, `script`.
    package var who: String
    /// What happened: `rate 0.0659 → 0.0329`, `loss 0.322   94.2 %`.
    package var text: String
    /// The same for a narrow log: `0.0659 → 0.0329`, `0.322  94.2 %`.
    package var short: String
    /// A whole sentence for a wide log.
    package var long: String
    /// What stands beside the words in the log.
    package var mark: Mark
    /// Something was refused or went wrong.
    package var isTrouble: Bool

    /// What stands beside the line.
    package enum Mark: Hashable, Sendable {
        case none
        /// The best evaluation so far: `◆ best`.
        case best
        /// Something not to be missed: `▲`.
        case trouble

        /// The words of the mark, empty for none.
        package var text: String {
            switch self {
            case .none: ""
            case .best: "◆ best"
            case .trouble: "▲"
            }
        }
    }

    /// - Parameters:
    ///   - pausedFor: for a resume, how many seconds the run had stood still.
    ///   - best: the best evaluation so far; only this one is marked.
    package init(_ event: RunEvent, pausedFor: Double? = nil, best: EvaluationReport? = nil) {
        step = event.position.step
        mark = .none
        isTrouble = false
        switch event.content {
        case .receipt(let receipt):
            who = Self.who(receipt.author)
            let words = Self.words(of: receipt, pausedFor: pausedFor)
            (text, short, long) = (words.text, words.short, words.long)
            isTrouble = !receipt.isAccepted
        case .evaluation(let report):
            who = "eval"
            let loss = Figure.plain(report.loss.recorded).rightAligned(in: 5)
            // Figures have 6 columns at most; the shares below each other line up.
            let field = loss.leftAligned(in: 6)
            let share = report.accuracy.map { Figure.share($0).rightAligned(in: 7) }
            text = share.map { "loss \(field) \($0)" } ?? "loss \(loss)"
            short = loss + (share.map { " " + $0 } ?? "")
            long = share.map { "validation loss \(field)  accuracy \($0)" } ?? "validation loss \(loss)"
            if let best, best.position == report.position { mark = .best }
        case .notFinite(let loss, let gradientNorm):
            who = "run"
            let what = loss.isFinite ? "gradient \(Figure.plain(gradientNorm))" : "loss \(Figure.plain(loss))"
            text = "\(what), update skipped"
            short = "\(what), skipped"
            long = "\(what) is not a finite number, the update was skipped"
            mark = .trouble
            isTrouble = true
        case .note(let author, let words):
            who = Self.who(author)
            (text, short, long) = (words, words, words)
        case .finding(let finding):
            who = "check"
            text = finding.state == .raised ? "\(finding.kind.words): \(finding.text)" : finding.text
            short = finding.kind.words + (finding.state == .cleared ? ": no longer" : "")
            long = text
            mark = finding.state == .raised ? .trouble : .none
            isTrouble = finding.state == .raised
        case .ended(let summary):
            who = "run"
            text = "\(Self.words(of: summary.reason)), kept \(summary.kept.rawValue)"
            short = Self.words(of: summary.reason)
            long = "\(text) weights"
            isTrouble = summary.reason == .notFinite
            if isTrouble { mark = .trouble }
        }
    }

    /// The word for an author in logs and labels.
    package static func who(_ author: Author) -> String {
        switch author {
        case .person: "you"
        case .script: "script"
        case .policy: "rule"
        case .run: "run"
        case .disk: "disk"
        }
    }

    /// A reason to end in words.
    package static func words(of reason: EndReason) -> String {
        switch reason {
        case .completed: "finished"
        case .stopped: "stopped"
        case .earlyStopping: "stopped early"
        case .notFinite: "ended: loss not finite"
        case .interrupted: "interrupted"
        }
    }
}
