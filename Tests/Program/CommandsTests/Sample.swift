import Foundation
import Runs
import TestSupport

/// A small run's description and changes, with numbers that are easy to recognise in a line.
enum Sample {
    static func description(hasValidation: Bool = true, hasAccuracy: Bool = true) -> RunDescription {
        RunDescription(
            name: "demo", host: "here", totalSteps: 3_750, stepsPerEpoch: 250, batchSize: 64,
            schedule: Schedule(base: 0.05, total: 3_750),
            layers: [
                LayerDescription(
                    name: "0", kind: "linear", outputShape: [10], activation: nil, parameterCount: 206_922)
            ], loss: "crossEntropy", hasAccuracy: hasAccuracy, hasValidation: hasValidation,
            classCount: hasAccuracy ? 10 : nil, trainingExamples: 16_000, validationExamples: hasValidation ? 4_000 : 0,
            blasKernel: "SkylakeX", threads: 2, seed: 1, runDirectory: nil)
    }

    static func status(step: Int) -> RunStatus {
        var status = RunStatus(
            phase: .training,
            progress: RunProgress(
                position: Position(step: step), epoch: step / 250, control: .planned, learningRate: 0.0475,
                samplesPerSecond: 4_210, secondsLeft: 75))
        status.secondsElapsed = 65
        status.latestStep = report(step: step - 1)
        return status
    }

    static func report(step: Int) -> StepReport {
        StepReport(
            step: step, epoch: step / 250, loss: 0.4321, accuracy: 0.875, learningRate: 0.0475, gradientNorm: 1.5)
    }

    static func evaluation(step: Int, isBest: Bool = true) -> EvaluationReport {
        EvaluationReport(
            position: Position(step: step), epoch: (step - 1) / 250, loss: 0.2109, accuracy: 0.9412, isBest: isBest)
    }

    static func changes(
        _ description: RunDescription, _ status: RunStatus, events: [RunEvent.Content] = []
    ) -> RunChanges {
        RunChanges(
            cursor: RunCursor(), description: description, status: status, steps: StepChanges(),
            events: events.map { RunEvent(position: status.position, content: $0, seconds: 0) })
    }

    static func receipt(
        _ command: RunCommand, step: Int, from author: Author = .person, _ outcome: Receipt.Outcome
    ) -> RunEvent.Content {
        .receipt(Receipt(position: Position(step: step), author: author, command: command, outcome: outcome))
    }
}

/// The root of the source tree, for the files that lie there.
let sourceTree = SourceTree.root.path
