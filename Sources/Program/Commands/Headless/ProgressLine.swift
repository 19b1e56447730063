import Charts
import History
import Runs

/// The words of headless progress: one line of where the run stands, and one for each thing worth keeping.
package struct ProgressLine {
    /// What is known of the run before it begins.
    package let description: RunDescription
    private var status = RunStatus()
    /// What losses and accuracies are averaged over.
    private var history: RunHistory
    private var lastEpoch = -1
    /// Events that were told in another process.
    private var oldEvents: Int

    /// Progress from the beginning of a run, or from where it goes on.
    /// - Parameter oldEvents: what happened before; no line stays for it.
    package init(_ description: RunDescription, after oldEvents: Int = 0) {
        self.description = description
        self.oldEvents = oldEvents
        history = RunHistory(description: description)
    }

    /// What is about to run, on one line.
    package var introduction: String {
        let parameters = description.layers.reduce(0) { $0 + $1.parameterCount }
        let validation =
            description.task.hasValidation ? ", \(Figure.count(description.task.validationExamples)) held out" : ""
        return "\(description.name): \(Figure.count(description.task.trainingExamples)) examples\(validation), "
            + "\(Figure.count(parameters)) parameters, \(Figure.count(description.lengths.totalSteps)) steps of "
            + "\(description.lengths.batchSize) on \(description.origin.threads) threads, \(description.origin.blasKernel) kernels"
    }

    /// Takes changes in and gives the lines that stay: epochs, receipts, trouble.
    package mutating func take(_ changes: RunChanges) -> [String] {
        history.apply(changes)
        var lines: [String] = []
        let new = changes.events.dropFirst(oldEvents)
        oldEvents = max(0, oldEvents - changes.events.count)
        for event in new {
            if let line = self.line(for: event, in: changes) { lines.append(line) }
        }
        let finishedEpochs = history.description.lengths.epoch(of: changes.status.position.step)
        if !description.task.hasValidation, finishedEpochs > lastEpoch, finishedEpochs > 0 {
            lines.append(progress(changes.status))
        }
        lastEpoch = finishedEpochs
        status = changes.status
        return lines
    }

    /// Where the run stands, in fewer than 80 columns.
    package var current: String { String(progress(status).prefix(79)) }

    private func progress(_ status: RunStatus) -> String {
        let step = status.latestStep
        let averages = step.map { history.averages(at: $0.step) }
        var parts = [
            "epoch \(min(status.epoch + 1, history.description.lengths.epochs))/\(history.description.lengths.epochs)",
            "step \(Figure.count(status.position.step))/\(Figure.count(history.description.lengths.totalSteps))",
            "loss \(Figure.plain(averages?.loss ?? step?.loss))",
        ]
        if description.task.hasAccuracy { parts.append(Figure.share(averages?.accuracy ?? step?.accuracy)) }
        parts += ["rate \(Figure.plain(status.learningRate))", "\(Figure.speed(status.samplesPerSecond)) samples/s"]
        if let left = status.secondsLeft, !status.phase.isFinished { parts.append("\(Figure.duration(left)) left") }
        return parts.joined(separator: "  ")
    }

    private func line(for event: RunEvent, in changes: RunChanges) -> String? {
        let status = changes.status
        let step = "step \(Figure.count(event.position.step))"
        switch event.content {
        case .evaluation(let report):
            let accuracy = report.accuracy.map { "  " + Figure.share($0) } ?? ""
            let best = report.isBest ? "  best" : ""
            // Several short epochs may have ended since the last look.
            let before = changes.step(before: report.position) ?? status.latestStep
            let loss = history.averages(at: report.position.step - 1).loss ?? before?.loss
            return
                "epoch \(report.epoch + 1)/\(history.description.lengths.epochs)  \(step)  train \(Figure.plain(loss))"
                + "  validation \(Figure.plain(report.loss))\(accuracy)  rate \(Figure.plain(before?.learningRate))"
                + "  \(Figure.speed(status.samplesPerSecond)) samples/s\(timeLeft(status))\(best)"
        case .receipt(let receipt):
            var words = "\(step)  \(receipt.author.name): \(receipt.command.name)"
            if let restored = receipt.restored {
                words +=
                    receipt.rewound == nil
                    ? ", weights of step \(Figure.count(restored))" : " to step \(Figure.count(restored))"
            }
            switch receipt.outcome {
            case .accepted: return words + receipt.change
            case .refused(let reason): return words + " refused: \(reason)"
            }
        case .notFinite(let loss, let norm):
            return
                "\(step)  loss \(Figure.plain(loss)), gradient norm \(Figure.plain(norm)): not finite, the update was skipped"
        case .note(let author, let text): return "\(step)  \(author.name): \(text)"
        case .finding(let finding):
            if finding.state == .cleared { return "\(step)  \(finding.text)" }
            let since = finding.onset < finding.position.step ? ", since step \(Figure.count(finding.onset))" : ""
            return "\(step)  \(finding.isHeadline ? "▲ " : "")\(finding.kind.words): \(finding.text)\(since)"
        case .ended: return nil
        }
    }

    private func timeLeft(_ status: RunStatus) -> String {
        guard let left = status.secondsLeft, !status.phase.isFinished, left > 0 else { return "" }
        return "  \(Figure.duration(left)) left"
    }
}

extension RunChanges {
    /// The update before a position, if it is among these changes.
    fileprivate func step(before position: Position) -> StepReport? {
        let wanted = Position(branch: position.branch, step: position.step - 1)
        if let report = steps.tail.last(where: { $0.position == wanted }) { return report }
        let chunk = steps.sealed.last { chunk in
            chunk.bounds.map { $0.first <= wanted.step && wanted.step <= $0.last } ?? false
        }
        return chunk?.steps.last { $0.position == wanted }
    }
}
