import Foundation
import Runs

/// A run that was never trained, for benchmarks of what shows it: a small convolution net whose loss falls under noise.
struct SampleReports {
    let totalSteps: Int
    let stepsPerEpoch = 250

    private static let kinds = ["conv2d", "conv2d", "conv2d", "conv2d", "conv2d", "conv2d", "linear", "linear"]

    var description: RunDescription {
        RunDescription(
            name: "sample", host: "here", totalSteps: totalSteps, stepsPerEpoch: stepsPerEpoch, batchSize: 64,
            schedule: Schedule(kind: Schedule.Cosine(to: 0), base: 0.05, warmup: 100, total: totalSteps),
            layers: Self.kinds.enumerated().map { index, kind in
                LayerDescription(
                    name: "\(2 * index)", kind: kind, outputShape: kind == "linear" ? [128] : [32, 14, 14],
                    activation: index + 1 < Self.kinds.count ? "relu" : nil, parameterCount: 9_248)
            }, loss: "crossEntropy", hasAccuracy: true, hasValidation: true, classCount: 10, trainingExamples: 16_000,
            validationExamples: 4_000, blasKernel: "none", threads: 2, seed: 1, runDirectory: nil)
    }

    /// What the trainer would report of these steps; with `layers` a measurement every tenth step, evaluations and now
    /// and then a changed rate too.
    func reports(_ steps: Range<Int>, withLayers: Bool = true) -> [Report] {
        var list: [Report] = []
        list.reserveCapacity(steps.count + 8)
        for step in steps {
            list.append(.step(report(of: step)))
            guard withLayers else { continue }
            if step % 10 == 0 { list.append(.layers(layers(at: step), logged: false)) }
            if step % stepsPerEpoch == stepsPerEpoch - 1 { list.append(.evaluation(evaluation(after: step))) }
            if step % 1_000 == 700 {
                list.append(
                    .receipt(
                        Receipt(
                            position: Position(step: step), author: .person, command: .scaleLearningRate(0.5),
                            outcome: .accepted(old: 0.04, new: 0.02))))
            }
        }
        guard let last = steps.last else { return [] }
        list.append(
            .progress(
                RunProgress(
                    position: Position(step: last + 1), epoch: last / stepsPerEpoch, control: .planned,
                    learningRate: 0.04, samplesPerSecond: 6_400 + noise(last, 9), statisticsShare: 0.013,
                    secondsLeft: 60)))
        return list
    }

    private func report(of step: Int) -> StepReport {
        let loss = 2.3 * exp(-Double(step) / 800) + 0.05 + 0.2 * abs(noise(step, 1))
        return StepReport(
            step: step, epoch: step / stepsPerEpoch, loss: loss, penalty: 0.01, accuracy: max(0, 1 - loss / 2.5),
            learningRate: 0.04, gradientNorm: 1 + noise(step, 2) / 2, samplesPerSecond: 6_400,
            trainingSeconds: Double(step) / 100)
    }

    private func evaluation(after step: Int) -> EvaluationReport {
        let loss = 2.3 * exp(-Double(step) / 800) + 0.1
        return EvaluationReport(
            position: Position(step: step + 1), epoch: step / stepsPerEpoch, loss: loss, accuracy: 1 - loss / 2.5,
            isBest: true)
    }

    private func layers(at step: Int) -> LayersReport {
        LayersReport(
            position: Position(step: step),
            layers: Self.kinds.indices.map { index in
                let center = 20 + 3 * noise(step, index)
                var counts = [UInt32](repeating: 0, count: Histogram.binCount)
                for bin in counts.indices { counts[bin] = UInt32(10_000 * exp(-pow((Double(bin) - center) / 9, 2))) }
                let histogram = Histogram(low: -2, high: 3, counts: counts)
                return LayerStatistics(
                    mean: 0.4, std: 0.5 + 0.1 * noise(step, index), minimum: -2, maximum: 3, zeros: 0.4, saturated: 0,
                    neverFired: 0.05, sampled: false, histogram: histogram, preactivation: histogram, signalNorm: 1e-3,
                    gradientNorm: 0.1 + 0.01 * noise(step, index), updateRatio: 1e-3)
            })
    }

    /// -1...1, the same for the same step and column.
    private func noise(_ step: Int, _ column: Int) -> Double {
        var bits = UInt64(truncatingIfNeeded: step &* 16 &+ column) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 31)) &* 0xBF58_476D_1CE4_E5B9
        return Double(bits >> 11) * 0x1p-52 - 1
    }
}
