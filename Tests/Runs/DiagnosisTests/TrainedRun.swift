import Foundation
import Runs

import Diagnosis

/// A run told to an examiner number by number.
struct TrainedRun {
    var examiner: Examiner
    var findings: [Finding] = []
    private var step = 0

    /// Ten classes, 20 steps an epoch, three hidden layers.
    static func subject(
        loss: String = "crossEntropy", classes: Int? = 10, total: Int = 2000, stepsPerEpoch: Int = 20,
        schedule: Schedule? = nil, data: DataFacts? = nil, change: (inout RunSubject) -> Void = { _ in }
    ) -> RunSubject {
        let names = ["0", "2", "4", "6"]
        let description = RunDescription(
            name: "run", lengths: RunLengths(totalSteps: total, stepsPerEpoch: stepsPerEpoch, batchSize: 32),
            schedule: schedule ?? Schedule(base: 0.1, total: total),
            layers: names.map {
                LayerDescription(name: $0, kind: "linear", outputShape: [32], activation: "relu", parameterCount: 1000)
            },
            task: RunTask(
                loss: loss, hasAccuracy: classes != nil, hasValidation: true, classCount: classes, trainingExamples: 640,
                validationExamples: 400),
            origin: RunOrigin(host: "box", blasKernel: "Haswell", threads: 1, seed: 1, directory: nil))
        var subject = RunSubject(
            description: description, data: data,
            links: names.enumerated().map { index, name in
                LayerLink(
                    name: name, isNormalized: false, isHidden: index < 3, isRecurrent: false, canDie: index < 3,
                    outputCount: 32)
            })
        change(&subject)
        return subject
    }

    init(_ subject: RunSubject = subject()) { examiner = Examiner(subject) }

    /// One update, with healthy numbers where nothing else is said.
    mutating func train(
        loss: Double, accuracy: Double = 0.5, rate: Double = 0.1, gradient: Double = 1, ratio: Double = 1e-3,
        weightNorm: Double = 10, decay: Double = 0, penalty: Double = 0
    ) {
        let report = StepReport(
            step: step, epoch: step / 20, loss: loss, penalty: penalty, accuracy: accuracy, learningRate: rate,
            gradientNorm: gradient)
        examiner.take(
            report,
            UpdateReport(
                largestRatio: ratio, layer: 1, weightNorm: weightNorm, updateNorm: ratio * weightNorm, weightDecay: decay))
        step += 1
        take()
    }

    /// What the layers look like now.
    mutating func measure(
        _ stds: [Double] = [1, 1, 1, 1], saturated: [Double] = [.nan, .nan, .nan, .nan], signals: [Double] = [1, 1, 1, 1],
        ratios: [Double] = [1e-3, 1e-3, 1e-3, 1e-3], equal: Bool = false
    ) {
        examiner.takeLayers { index in
            var signs = LayerSigns(.empty, outputCount: 32)
            signs.preactivationStd = stds[index]
            signs.saturated = saturated[index]
            signs.signal = signals[index]
            signs.updateRatio = ratios[index]
            signs.hasEqualUnits = equal
            return signs
        }
        take()
    }

    mutating func probe(_ dead: [Double]) {
        examiner.takeProbe(256, units: [32, 32, 32, 10]) { dead[$0] }
        take()
    }

    mutating func evaluate(loss: Double, accuracy: Double? = nil) {
        examiner.take(
            EvaluationReport(position: Position(step: step), epoch: step / 20, loss: loss, accuracy: accuracy, isBest: false))
        take()
    }

    mutating func fail(_ words: String) {
        let report = StepReport(
            step: step, epoch: 0, loss: .nan, accuracy: .nan, learningRate: 0.1, gradientNorm: .nan)
        examiner.take(notFinite: report, words)
        step += 1
        take()
    }

    mutating func take() { findings += examiner.takeFindings() }

    /// What was raised, in order, each once.
    var raised: [FindingKind] {
        findings.filter { $0.state == .raised }.reduce(into: []) { if !$0.contains($1.kind) { $0.append($1.kind) } }
    }

    var headline: FindingKind? { examiner.standing.first?.kind }
}
