import Charts
import Runs

/// The words of headless progress: one line of where the run stands, and one for each thing worth keeping.
package struct ProgressLine {
    package let description: RunDescription
    private var status = RunStatus()
    private var lastEpoch = -1

    package init(_ description: RunDescription) { self.description = description }

    /// What is about to run, on one line.
    package var introduction: String {
        let parameters = description.layers.reduce(0) { $0 + $1.parameterCount }
        let validation = description.hasValidation ? ", \(grouped(description.validationExamples)) held out" : ""
        return "\(description.name): \(grouped(description.trainingExamples)) examples\(validation), "
            + "\(grouped(parameters)) parameters, \(grouped(description.totalSteps)) steps of "
            + "\(description.batchSize) on \(description.threads) threads, \(description.blasKernel) kernels"
    }

    /// Takes changes in and gives the lines that stay: epochs, receipts, trouble.
    package mutating func take(_ changes: RunChanges) -> [String] {
        var lines: [String] = []
        for event in changes.events {
            if let line = self.line(for: event, in: changes) { lines.append(line) }
        }
        let finishedEpochs = changes.status.position.step / max(1, description.stepsPerEpoch)
        if !description.hasValidation, finishedEpochs > lastEpoch, finishedEpochs > 0 {
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
        var parts = [
            "epoch \(min(status.epoch + 1, description.epochs))/\(description.epochs)",
            "step \(grouped(status.position.step))/\(grouped(description.totalSteps))",
            "loss \(figure(step?.loss))",
        ]
        if description.hasAccuracy { parts.append(percent(step?.accuracy)) }
        parts += ["rate \(figure(status.learningRate))", "\(trimmed(Figures.speed(status.samplesPerSecond))) samples/s"]
        if let left = status.secondsLeft, !status.phase.isFinished { parts.append("\(trimmed(Figures.duration(left))) left") }
        return parts.joined(separator: "  ")
    }

    private func line(for event: RunEvent, in changes: RunChanges) -> String? {
        let status = changes.status
        let step = "step \(grouped(event.position.step))"
        switch event.content {
        case .evaluation(let report):
            let accuracy = report.accuracy.map { "  " + percent($0) } ?? ""
            let best = report.isBest ? "  best" : ""
            // Several short epochs may have ended since the last look.
            let before = changes.step(before: report.position) ?? status.latestStep
            return "epoch \(report.epoch + 1)/\(description.epochs)  \(step)  train \(figure(before?.loss))"
                + "  validation \(figure(report.loss))\(accuracy)  rate \(figure(before?.learningRate))"
                + "  \(trimmed(Figures.speed(status.samplesPerSecond))) samples/s\(timeLeft(status))\(best)"
        case .receipt(let receipt):
            switch receipt.outcome {
            case .accepted(let old?, let new?):
                return "\(step)  \(receipt.author.name): \(receipt.command.name), rate \(figure(old)) → \(figure(new))"
            case .accepted: return "\(step)  \(receipt.author.name): \(receipt.command.name)"
            case .refused(let reason):
                return "\(step)  \(receipt.author.name): \(receipt.command.name) refused: \(reason)"
            }
        case .notFinite(let loss, let norm):
            return "\(step)  loss \(figure(loss)), gradient norm \(figure(norm)): not finite, the update was skipped"
        case .note(let author, let text): return "\(step)  \(author.name): \(text)"
        case .ended: return nil
        }
    }

    private func timeLeft(_ status: RunStatus) -> String {
        guard let left = status.secondsLeft, !status.phase.isFinished, left > 0 else { return "" }
        return "  \(trimmed(Figures.duration(left))) left"
    }

    private func figure(_ value: Double?) -> String { trimmed(Figures.figure(value)) }
    private func percent(_ share: Double?) -> String { trimmed(Figures.percent(share, decimals: true)) }
    private func grouped(_ count: Int) -> String { trimmed(Figures.steps(count, asWideAs: count)) }
    private func trimmed(_ text: String) -> String { text.trimmingPrefix { $0 == " " }.description }
}

extension RunChanges {
    /// The update before a position, if it is among these changes.
    fileprivate func step(before position: Position) -> StepReport? {
        let wanted = Position(branch: position.branch, step: position.step - 1)
        return tail.last { $0.position == wanted }
            ?? sealed.lazy.reversed().flatMap(\.steps).first { $0.position == wanted }
    }
}
