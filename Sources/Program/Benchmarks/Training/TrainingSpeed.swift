import Commands
import Foundation
import Machine
import Plans
import Runs
import Tensors
import Training

/// Trains a plan through the whole of a run without a screen, and says how fast it was.
struct TrainingSpeed {
    let samplesPerSecond: Spread
    /// Share of the training time that measuring the layers took.
    let statisticsShare: Double
    /// Steps that were made, warm-up included.
    let steps: Int
    /// The most bytes that were resident so far.
    let peakMemory: Int?
    /// Floating-point operations of one example's training, convolutions counted as direct ones.
    let operationsPerSample: Double

    /// - Parameters:
    ///   - windows: how many stretches are measured.
    ///   - seconds: length of each, at least one step.
    init(
        _ material: RunMaterial, statistics: MeasuredStatistics, windows: Int = 5, seconds: Double = 1.5
    ) throws {
        let run = try LiveSession(
            material: material, script: [], log: nil, directory: nil, isWatched: statistics == .budget,
            measuresForNobody: statistics == .every)
        var last = try Self.wait(run, until: { $0.step >= 3 && $0.trainingSeconds >= seconds / 2 })
        var rates: [Double] = []
        for _ in 0..<windows {
            let first = last
            last = try Self.wait(
                run, until: { $0.step > first.step && $0.trainingSeconds - first.trainingSeconds >= seconds })
            let samples = Self.samples(material, before: last) - Self.samples(material, before: first)
            rates.append(Double(samples) / (last.trainingSeconds - first.trainingSeconds))
        }
        samplesPerSecond = Spread(rates)
        run.mailbox.send(.stop(keep: .last), from: .script)
        steps = run.finish().position.step
        statisticsShare = run.feed.status.statisticsShare
        peakMemory = ProcessFacts.memory.peak
        operationsPerSample = Self.operations(material)
    }

    /// Waits for a step that meets the condition; the times of steps are the trainer's own, so that waiting is not measured.
    private static func wait(_ run: LiveSession, until isMet: (StepReport) -> Bool) throws(UsageError) -> StepReport {
        while true {
            let status = run.feed.status
            if let step = status.latestStep, isMet(step) { return step }
            guard !status.phase.isPaused, run.end == nil else {
                throw UsageError(
                    "sitter bench: the loss or its gradient is no longer finite; this config cannot be measured")
            }
            Thread.sleep(forTimeInterval: 0.005)
        }
    }

    /// Examples that the steps before the one after `step` trained on.
    private static func samples(_ material: RunMaterial, before step: StepReport) -> Int {
        let place = material.epochs.place(of: step.step + 1)
        let perEpoch = material.epochs.stepsPerEpoch * material.plan.batchSize
        return place.epoch * min(perEpoch, material.training.count) + place.examples.lowerBound
    }

    /// Forward pass, gradient of the weights, gradient of the inputs: 2 operations for each multiply-add of each, but
    /// nobody needs the gradient of the first layer's inputs.
    private static func operations(_ material: RunMaterial) -> Double {
        let products = material.network.summary.map { Double($0.multiplyAdds) }
        return 6 * products.reduce(0, +) - 2 * (products.first { $0 > 0 } ?? 0)
    }
}
