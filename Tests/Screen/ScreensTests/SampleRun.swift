import Dashboard
import Foundation
import History
import Runs
import Screens

/// A small convolutional network on handwritten digits, made up but like a real one: 57 % of 30 epochs done, the rate
/// halved by hand at step 1,180. The same numbers on every machine and every time.
struct SampleRun {
    static let totalSteps = 3_750
    static let stepsPerEpoch = 125
    static let changeStep = 1_180

    /// Updates finished.
    var step = 2_140
    var phase = RunPhase.training
    var secondsInPhase = 98.0
    var hasChange = true
    var notFiniteStep: Int?
    /// The norm above which gradients are scaled down.
    var clippedNorm: Double?
    /// A note that somebody wrote at step 1,480.
    var note: String?
    /// Whether the rest of the plan was replaced at step 1,800.
    var hasNewPlan = false

    static let layers: [LayerDescription] = [
        LayerDescription(
            name: "0", kind: "conv2d", outputShape: [16, 28, 28], activation: "relu", parameterCount: 160),
        LayerDescription(
            name: "2", kind: "conv2d", outputShape: [16, 28, 28], activation: "relu", parameterCount: 2_320),
        LayerDescription(
            name: "5", kind: "conv2d", outputShape: [32, 14, 14], activation: "relu", parameterCount: 4_640),
        LayerDescription(
            name: "7", kind: "conv2d", outputShape: [32, 14, 14], activation: "relu", parameterCount: 9_248),
        LayerDescription(
            name: "10", kind: "conv2d", outputShape: [64, 7, 7], activation: "relu", parameterCount: 18_496),
        LayerDescription(
            name: "12", kind: "conv2d", outputShape: [64, 7, 7], activation: "relu", parameterCount: 36_928),
        LayerDescription(
            name: "16", kind: "linear", outputShape: [128], activation: "relu", parameterCount: 73_856),
        LayerDescription(name: "19", kind: "linear", outputShape: [10], activation: nil, parameterCount: 1_290),
    ]

    static let schedule = Schedule(kind: Schedule.Cosine(to: 0), base: 0.08, warmup: 200, total: totalSteps)

    static let description = RunDescription(
        name: "mnist-cnn",
        lengths: RunLengths(totalSteps: totalSteps, stepsPerEpoch: stepsPerEpoch, batchSize: 64),
        schedule: schedule,
        layers: layers,
        task: RunTask(
            loss: "crossEntropy", hasAccuracy: true, hasValidation: true, classCount: 10, trainingExamples: 8_000,
            validationExamples: 2_000),
        origin: RunOrigin(host: "gpu-03", blasKernel: "SkylakeX", threads: 2, seed: 1, directory: "runs/mnist-cnn"))

    private static let validationLosses = [
        0.724, 0.523, 0.662, 0.551, 0.498, 0.421, 0.333, 0.291, 0.272, 0.180, 0.175, 0.158, 0.168, 0.154, 0.167,
        0.167, 0.182, 0.175, 0.171, 0.169, 0.166, 0.168, 0.167, 0.169, 0.170, 0.170, 0.171, 0.171, 0.171, 0.171,
    ]
    private static let validationAccuracies = [
        0.774, 0.862, 0.801, 0.885, 0.893, 0.911, 0.918, 0.925, 0.937, 0.950, 0.953, 0.960, 0.964, 0.955, 0.964,
        0.968, 0.963, 0.965, 0.966, 0.966, 0.967, 0.966, 0.967, 0.966, 0.966, 0.966, 0.966, 0.966, 0.966, 0.966,
    ]

    /// A run of these steps to compare with.
    static func reference(_ name: String, _ steps: [StepReport]) -> ReferenceRun {
        let run = LiveRun(description)
        run.record(steps.map { .step($0) }, at: 0)
        return ReferenceRun(name: name, feed: run)
    }

    /// What a feed would hand out at the beginning: everything so far.
    var changes: RunChanges {
        var description = Self.description
        description.gradientBounds.norm = clippedNorm
        if hasNewPlan { description.schedule = newPlan }
        let steps = (0..<step).map(report(of:))
        let chunks = steps.count / StepChunk.capacity
        var cursor = RunCursor()
        cursor.chunks = chunks
        cursor.stamp = 1
        let sealed = (0..<chunks).map {
            StepChunk(steps: Array(steps[$0 * StepChunk.capacity..<($0 + 1) * StepChunk.capacity]))
        }
        return RunChanges(
            cursor: cursor, description: description, status: status(latest: steps.last),
            steps: StepChanges(sealed: sealed, tail: Array(steps[(chunks * StepChunk.capacity)...])),
            layers: layerReports, events: events,
            samples: samples)
    }

    /// A warm restart at step 1,800.
    private var newPlan: Schedule {
        Self.schedule.replacingRest(
            from: 1_800, by: ScheduleChange(kind: Schedule.Linear(to: 1e-3), rate: 0.05),
            control: .following(multiplier: 0.5), stepsPerEpoch: Self.stepsPerEpoch)
    }

    /// What the run took of its machine, every 20 steps.
    private var samples: [SystemSample] {
        stride(from: 20, through: step, by: 20).map { at in
            var times = StepTimes()
            times.steps = 20
            times.clippedSteps = clippedNorm == nil ? 0 : max(0, min(20, 12 - at / 200 + Int(noise(at, 7) * 3)))
            let scale = (1 + 0.06 * noise(at, 8)) * 20e-3
            times.data = 0.8 * scale
            times.forward = 8.9 * scale
            times.backward = 17.6 * scale
            times.update = 0.52 * scale
            times.statistics = 0.41 * scale
            times.waiting = 0.019 * scale
            return SystemSample(
                seconds: Double(at) * 0.03, position: Position(step: at),
                samplesPerSecond: 2_180 * (1 + 0.04 * noise(at, 9)), times: times,
                memory: ProcessMemory(resident: 181_000_000 + at * 9_000, peak: 214_000_000))
        }
    }

    private func status(latest: StepReport?) -> RunStatus {
        let control = LearningRateControl.following(multiplier: isChanged && !hasNewPlan ? 0.5 : 1)
        let schedule = hasNewPlan ? newPlan : Self.schedule
        var status = RunStatus(
            phase: phase,
            progress: RunProgress(
                position: Position(step: step), epoch: step / Self.stepsPerEpoch, control: control,
                learningRate: control.rate(at: step, schedule: schedule), samplesPerSecond: 2_180,
                statisticsShare: 0.014, secondsLeft: phase.isFinished ? nil : 51))
        status.secondsElapsed = 98
        status.secondsInPhase = secondsInPhase
        status.best = evaluations.last(where: \.isBest)
        status.latestStep = latest
        status.latestEvaluation = evaluations.last
        if phase == .paused(.validationNotFinite) { status.latestEvaluation?.loss = .nan }
        status.end = end
        return status
    }

    private var isChanged: Bool { hasChange && step > Self.changeStep }

    private var end: EndSummary? {
        guard case .finished(let reason) = phase else { return nil }
        return EndSummary(
            position: Position(step: step), reason: reason, kept: .best, best: evaluations.last(where: \.isBest))
    }

    // MARK: Steps

    private func report(of step: Int) -> StepReport {
        let t = Double(step)
        // The way down in log10: a fall, a slope, and a steeper one after the rate was halved.
        var level = 0.72 * exp(-t / 28) - 0.12 - 0.33 * min(t, 1_180) / 1_180
        if step > Self.changeStep { level -= 0.9 * (t - 1_180) / 960 }
        let spread = 0.12 + 0.22 * min(1, t / 1_600)
        let loss = pow(10, max(level, -1.42) + spread * noise(step, 1))
        let wrong = min(0.9, 0.30 * pow(loss, 0.75))
        let correct = (64 * (1 - wrong)).rounded() / 64
        let control = LearningRateControl.following(
            multiplier: hasChange && step >= Self.changeStep && !(hasNewPlan && step >= 1_800) ? 0.5 : 1)
        let schedule = hasNewPlan ? newPlan : Self.schedule
        return StepReport(
            step: step, epoch: step / Self.stepsPerEpoch, loss: step == notFiniteStep ? .nan : loss,
            accuracy: correct, learningRate: control.rate(at: step, schedule: schedule),
            gradientNorm: 0.9 * pow(loss, 0.4), samplesPerSecond: 2_180, trainingSeconds: t * 0.0293)
    }

    private var evaluations: [EvaluationReport] {
        var best = 0.0
        return (0..<step / Self.stepsPerEpoch).map { index in
            let accuracy = Self.validationAccuracies[index]
            let isBest = accuracy > best
            if isBest { best = accuracy }
            return EvaluationReport(
                position: Position(step: (index + 1) * Self.stepsPerEpoch), epoch: index,
                loss: Self.validationLosses[index], accuracy: accuracy, isBest: isBest)
        }
    }

    private var events: [RunEvent] {
        var list = evaluations.map {
            RunEvent(
                position: $0.position, content: .evaluation($0),
                // The pause lasted 21 seconds.
                seconds: Double($0.position.step) * 0.03 + (isChanged && $0.position.step > Self.changeStep ? 21 : 0))
        }
        if isChanged {
            let position = Position(step: Self.changeStep)
            let old = Self.schedule.rate(at: Self.changeStep)
            func receipt(_ command: RunCommand, old: Double? = nil, new: Double? = nil, at seconds: Double) -> RunEvent
            {
                RunEvent(
                    position: position,
                    content: .receipt(
                        Receipt(
                            position: position, author: .person, command: command,
                            outcome: .accepted(old: old, new: new))), seconds: seconds)
            }
            let place = list.firstIndex { $0.position > position } ?? list.endIndex
            list.insert(
                contentsOf: [
                    receipt(.pause, at: 35), receipt(.scaleLearningRate(0.5), old: old, new: old / 2, at: 50),
                    receipt(.resume, at: 56),
                ], at: place)
        }
        if let note {
            let position = Position(step: 1_480)
            let place = list.firstIndex { $0.position > position } ?? list.endIndex
            list.insert(RunEvent(position: position, content: .note(.person, note), seconds: 66), at: place)
        }
        if hasNewPlan {
            let change = ScheduleChange(kind: Schedule.Linear(to: 1e-3), rate: 0.05)
            let old = Self.schedule.rate(at: 1_800) / 2
            let receipt = Receipt(
                position: Position(step: 1_800), author: .person, command: .setSchedule(change),
                outcome: .accepted(old: old, new: 0.05))
            let place = list.firstIndex { $0.position.step > 1_800 } ?? list.endIndex
            list.insert(RunEvent(position: Position(step: 1_800), content: .receipt(receipt), seconds: 80), at: place)
        }
        if let notFiniteStep {
            list.append(
                RunEvent(
                    position: Position(step: notFiniteStep), content: .notFinite(loss: .nan, gradientNorm: .nan),
                    seconds: 97))
        }
        if let end { list.append(RunEvent(position: end.position, content: .ended(end), seconds: 98)) }
        return list
    }

    // MARK: Layers

    private var layerReports: [LayersReport] {
        guard step > 0 else { return [] }
        return stride(from: 0, to: step, by: 20).map { at in
            LayersReport(
                position: Position(step: at), layers: Self.layers.indices.map { statistics(of: $0, at: at) },
                parameters: at % 100 == 0 ? Self.layers.indices.map { parameters(of: $0) } : [])
        }
    }

    private static let stds = [1.54, 0.285, 0.203, 0.292, 0.510, 0.431, 2.22, 15.6]
    private static let neverFired = [0.25, 0.38, 0.31, 0.03, 0, 0, 0.16, 0]
    private static let signals = [4.2e-4, 1.7e-4, 2.4e-4, 1.0e-4, 2.0e-4, 7.7e-5, 4.9e-4, 5.8e-4]
    private static let gradients = [0.0862, 0.106, 0.149, 0.207, 0.268, 0.302, 0.257, 0.176]
    private static let ratios = [7.4e-4, 4.8e-4, 4.7e-4, 6.5e-4, 6.4e-4, 6.4e-4, 4.9e-4, 1.3e-3]

    /// Weights about normal, gradients narrower and with heavier ends.
    private func parameters(of layer: Int) -> ParameterStatistics {
        func bell(_ width: Double, _ tail: Double, _ reach: Float, _ stream: UInt64) -> Histogram {
            let counts = (0..<Histogram.binCount).map { bin -> UInt32 in
                let x = (Double(bin) + 0.5) / 32 - 1
                let height = exp(-pow(x / width, 2) / 2) + tail * exp(-abs(x) * 3)
                return UInt32(max(0, 900 * height * (1 + 0.08 * noise(bin, stream + UInt64(layer)))))
            }
            return Histogram(low: -reach, high: reach, counts: counts)
        }
        return ParameterStatistics(
            weights: bell(0.33, 0.01, 0.4, 300), gradients: bell(0.1, 0.05, 0.03, 400), sampled: layer > 3)
    }

    /// Layers start alike and part in the first few hundred steps.
    private func statistics(of layer: Int, at step: Int) -> LayerStatistics {
        let way = 1 - exp(-Double(step) / 800)
        let wobble = 1 + 0.08 * noise(step, 40 + UInt64(layer))
        let std = exp(log(0.9) * (1 - way) + log(Self.stds[layer]) * way) * wobble
        let isLast = layer == Self.layers.count - 1
        let dead = isLast || step < 300 ? (isLast ? Double.nan : 0) : Self.neverFired[layer] * min(1, way * 1.2)
        let before = mixture(layer: layer, way: way, isLast: isLast)
        let after = isLast ? before : rectified(before)
        let zeros = isLast ? Double.nan : before.shares(beyond: 0...Double(before.high)).below
        let back = exp(log(2e-3 * (1 + Double(layer) / 3)) * (1 - way) + log(Self.signals[layer]) * way) * wobble
        return LayerStatistics(
            mean: std * 0.14, std: std, minimum: after.low, maximum: after.high, zeros: zeros, saturated: .nan,
            neverFired: dead, sampled: layer < 4, histogram: after, preactivation: before, signalNorm: back,
            gradientNorm: Self.gradients[layer] * wobble, updateRatio: Self.ratios[layer] * (4 - 3 * way) * wobble)
    }

    /// Two hills: a broad one that moves below 0 while training goes on, and a flat one above it.
    private func mixture(layer: Int, way: Double, isLast: Bool) -> Histogram {
        let low = -11.0
        let high = 11.0 + (isLast ? 8 : 0)
        let centre = isLast ? -5.5 * way : -0.4 - 3.4 * way - 0.3 * Double(layer % 3)
        let second = isLast ? 9.0 : 3 + 0.8 * Double(layer % 4)
        let width = (1.0 + 0.35 * Double((layer * 3) % 5)) * (0.7 + 0.3 * way)
        let height = 0.08 + 0.05 * Double((layer * 5) % 4)
        let counts = (0..<Histogram.binCount).map { bin -> UInt32 in
            let x = low + (high - low) * (Double(bin) + 0.5) / Double(Histogram.binCount)
            let first = exp(-pow((x - centre) / width, 2) / 2)
            let other = (0.03 + height * way) * exp(-pow((x - second) / 2.2, 2) / 2)
            return UInt32(4_000 * (first + other) * (1 + 0.06 * noise(bin, 90 + UInt64(layer))))
        }
        return Histogram(low: Float(low), high: Float(high), counts: counts)
    }

    /// The same values after relu: everything up to 0 in the first bin.
    private func rectified(_ before: Histogram) -> Histogram {
        let bins = before.rebinned(low: 0, high: Double(before.high), bins: Histogram.binCount)
        var counts = bins.map { UInt32($0.rounded()) }
        counts[0] += UInt32((before.shares(beyond: 0...Double(before.high)).below * Double(before.total)).rounded())
        return Histogram(low: 0, high: before.high, counts: counts)
    }

    /// About normal, mean 0 and standard deviation 1, from a counter.
    private func noise(_ counter: Int, _ stream: UInt64) -> Double {
        var sum = -6.0
        for part in 0..<12 {
            var z = UInt64(counter * 12 + part) &+ stream &* 0x9E37_79B9_7F4A_7C15
            z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
            z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
            sum += Double((z ^ (z >> 31)) >> 11) * 0x1p-53
        }
        return sum
    }
}
