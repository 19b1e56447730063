import Charts
import History
import Runs

/// What is said on the normal screen once a run is over: how it ended, best and last, what was changed by hand, where the weights are.
package struct RunSummary {
    private let description: RunDescription
    private let changes: RunChanges?
    private let end: EndSummary
    private let checkpointFailure: String?
    private let outputFailures: [String]
    private let files: (best: String, last: String)?
    /// Loss and accuracy of the last steps as their curves have them.
    private let averages: (loss: Double?, accuracy: Double?)?

    /// - Parameters:
    ///   - changes: everything that happened in the run, as a reader who begins at its start gets it.
    ///   - checkpointFailure: why the weights are not on the disk, if they should be and are not.
    ///   - outputFailures: which other files are not whole, and why.
    ///   - averages: loss and accuracy of the last steps; where nobody knows them, those of the last batch are told.
    ///   - files: where the best and the last weights are, nil where they were not to be kept.
    package init(
        description: RunDescription, changes: RunChanges?, end: EndSummary, checkpointFailure: String? = nil,
        outputFailures: [String] = [], averages: (loss: Double?, accuracy: Double?)? = nil,
        files: (best: String, last: String)? = nil
    ) {
        self.description = changes?.description ?? description
        self.changes = changes
        self.end = end
        self.checkpointFailure = checkpointFailure
        self.outputFailures = outputFailures
        self.files = files
        self.averages = averages
    }

    init(run: LiveSession, end: EndSummary, weights: WeightsFile) {
        self.init(
            description: run.description, changes: run.feed.changes(since: RunCursor()), end: end,
            checkpointFailure: run.failure(of: end.kept) ?? weights.failure,
            outputFailures: run.keepingFailures(beside: end.kept) + run.outputFailures,
            averages: Self.averages(of: run),
            files: run.directory.map { ($0.best, $0.last) } ?? weights.path.map { ($0, $0) })
    }

    private static func averages(of run: LiveSession) -> (loss: Double?, accuracy: Double?)? {
        let history = RunHistory(of: run.feed)
        return history.series.stepRange.map { history.averages(at: $0.upperBound) }
    }

    /// Several lines, without a line end after the last.
    package var text: String {
        let (steps, total) = (Figure.count(end.position.step), Figure.count(description.lengths.totalSteps))
        var lines = ["\(description.name): \(ending) at step \(steps) of \(total)\(time)"]
        if let best = end.best { lines.append("  best   \(words(best)), at step \(Figure.count(best.position.step))") }
        if let last = lastLine { lines.append("  last   \(last)") }
        lines += byHand
        lines.append("  kept   \(kept)")
        lines += outputFailures.map { "  lost   \($0)" }
        return lines.joined(separator: "\n")
    }

    private var ending: String {
        switch end.reason {
        case .completed: "done"
        case .stopped: "stopped"
        case .earlyStopping: "stopped early, validation no longer improved,"
        case .notFinite:
            hasBadValidation
                ? "ended, the validation loss is not finite,"
                : hasRunAway ? "ended, the loss has run away," : "ended, the loss or its gradient is not finite,"
        case .interrupted: "interrupted"
        }
    }

    /// Whether it was an evaluation that ended the run.
    private var hasBadValidation: Bool {
        changes?.status.latestEvaluation.map { $0.position == end.position && !$0.loss.isFinite } ?? false
    }

    /// Whether the numbers were finite to the end, but so bad that the run went back from them with no step left.
    private var hasRunAway: Bool {
        guard let changes, let step = changes.status.latestStep, step.loss.isFinite, step.gradientNorm.isFinite else {
            return false
        }
        return changes.events.contains { event in
            guard case .receipt(let receipt) = event.content, case .restore = receipt.command else { return false }
            return receipt.author == .run && receipt.position.step == end.position.step
        }
    }

    private var time: String {
        guard let seconds = changes?.status.secondsElapsed, seconds > 0 else { return "" }
        return " after \(Figure.duration(seconds))"
    }

    private var lastLine: String? {
        guard let step = changes?.status.latestStep else { return nil }
        var words = "loss \(Figure.plain(averages?.loss ?? step.loss))"
        if description.task.hasAccuracy {
            words += ", accuracy \(Figure.share(averages?.accuracy ?? step.accuracy))"
        }
        if let evaluation = changes?.status.latestEvaluation {
            words += "; \(self.words(evaluation)), at step \(Figure.count(evaluation.position.step))"
        }
        return words
    }

    /// Accepted changes that came from outside the run.
    private var byHand: [String] {
        let receipts = (changes?.events ?? []).compactMap { event in
            if case .receipt(let receipt) = event.content, receipt.isAccepted, receipt.author == .person {
                receipt
            } else {
                nil
            }
        }
        return receipts.enumerated().map { index, receipt in
            var words = receipt.command.name
            if let step = receipt.restored {
                words +=
                    receipt.rewound == nil
                    ? ", weights of step \(Figure.count(step))" : " to step \(Figure.count(step))"
            }
            words += receipt.change
            return "  \(index == 0 ? "by hand" : "       ")  step \(Figure.count(receipt.position.step)): \(words)"
        }
    }

    private var kept: String {
        if let failure = checkpointFailure { return "weights could not be saved: \(failure)" }
        guard let files else { return "\(end.kept.rawValue) weights, in memory only; --run DIR would have saved them" }
        return "\(end.kept.rawValue) weights: \(end.kept == .best ? files.best : files.last)"
    }

    private func words(_ report: EvaluationReport) -> String {
        let accuracy = report.accuracy.map { "accuracy \(Figure.share($0)), " } ?? ""
        return "validation \(accuracy)loss \(Figure.plain(report.loss))"
    }
}
