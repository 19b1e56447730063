import Datasets
import NeuralNetworks
import Optimizers
import Plans
import Runs
import Tensors

extension Trainer {
    /// One update: batch, forward, loss, backward, check, update, report.
    func trainStep() {
        // Reports and commands between two steps are part of the training too.
        let began = clock.begin()
        if firstBegan.isNaN { firstBegan = began }
        let current = step
        let epoch = current / stepsPerEpoch
        let count = loadBatch(step: current, epoch: epoch)
        let isLogged = options.logsStatistics && plan.statistics.every.map { current % $0 == 0 } == true
        let context = StepContext(
            mode: .training, step: current, seed: plan.seed, measures: isLogged || budget.wantsMeasurement)
        buffersBeforeStep.copy(from: network.buffers)
        clock.endData()

        let outputs = network.forward(batch.inputs, batch: count, context: context)
        let value = plan.loss.evaluate(
            outputs: outputs, targets: batch.targets, batch: count, outputCount: network.outputShape.count,
            gradient: lossGradient.pointer, pool: material.pool)
        clock.endForward(measuring: context.measures ? network.measuringSeconds : 0)
        network.backward(outputGradient: lossGradient.pointer, batch: count, context: context)
        clock.endBackward(measuring: context.measures ? network.measuringSeconds : 0)
        // Before clipping: what is reported, and what an infinite gradient must not hide behind a bound from.
        let norm = GradientNorm.total(network.gradients, pieces: optimizer.pieces, pool: material.pool)
        let isCut =
            plan.gradientClipping?.clipValues(network.gradients, pieces: optimizer.pieces, pool: material.pool) ?? false

        let rate = nextRate
        var isFinite = value.mean.isFinite && norm.isFinite && network.buffers.isFinite
        if isFinite {
            isFinite = update(rate: rate, gradientNorm: norm.value, measures: context.measures)
        } else {
            penalty = optimizer.penalty(parameters: network.parameters, pool: material.pool)
        }
        if !isFinite {
            network.buffers.copy(from: buffersBeforeStep)
            network.batchesTracked = network.batchesTracked.mapValues { $0 - 1 }
        }
        state.position.step += 1
        let isScaled = (plan.gradientClipping?.scale(norm: norm.value) ?? 1) < 1
        clock.endUpdate(isClipped: isFinite && (isCut || isScaled))
        let layers = isFinite && context.measures ? reports.takeLayersReport(layerCount: network.watched.count) : nil
        if let layers { measureParameters(into: layers) }
        let ended = clock.endStatistics()
        let seconds = ended - began
        addTime(seconds: seconds, samples: count, measuring: context.measures ? clock.measuringSeconds : 0)
        reports.append(
            .step(
                StepReport(
                    step: current, branch: state.position.branch, epoch: epoch, loss: value.mean, penalty: penalty,
                    accuracy: value.accuracy ?? .nan, learningRate: rate, gradientNorm: norm.value,
                    samplesPerSecond: speedometer.samplesPerSecond, trainingSeconds: trainingSeconds,
                    elapsedSeconds: ended - firstBegan)))
        if let layers { report(layers, step: current, isLogged: isLogged) }
        if !isFinite { skipUpdate(step: current, loss: value.mean, gradientNorm: norm.value) }
        if began - lastProgressAt > 0.05 { reportProgress() }
    }

    /// Copies the examples of a step's batch into the batch buffer and says how many they are.
    private func loadBatch(step: Int, epoch: Int) -> Int {
        if orderedEpoch != epoch {
            order.fill(&epochOrder, epoch: epoch)
            orderedEpoch = epoch
        }
        let range = order.range(ofBatch: step % stepsPerEpoch)
        let failure = epochOrder.withUnsafeBufferPointer { examples in
            batch.load(
                trainingExamples, UnsafeBufferPointer(rebasing: examples[range]),
                .training(seed: plan.seed, epoch: epoch))
        }
        if let failure { tell(failure) }
        return range.count
    }

    /// Says once that examples cannot be read; their inputs are not numbers, so that no update is made of them.
    func tell(_ failure: DatasetError) {
        guard !hasToldReadingFailure else { return }
        hasToldReadingFailure = true
        reports.append(.note(.disk, "examples cannot be read: \(failure)", state.position))
    }

    private func addTime(seconds: Double, samples: Int, measuring: Double) {
        trainingSeconds += seconds
        speedometer.add(samples: samples, seconds: seconds)
        timeLeft.addStep(seconds: seconds)
        budget.addStep(seconds: seconds, measuring: measuring)
    }

    /// A loss or gradient that is not finite: the weights stayed as they were; stand still, or end where nobody can steer.
    private func skipUpdate(step: Int, loss: Double, gradientNorm: Double) {
        let position = Position(branch: state.position.branch, step: step)
        reports.append(.notFinite(position, loss: loss, gradientNorm: gradientNorm))
        if options.canSteer {
            pauseReason = .notFinite
            stepsAllowed = 0
        } else {
            endReason = .notFinite
        }
    }

    private func report(_ report: LayersReport, step: Int, isLogged: Bool) {
        if let first = measurements.baseAddress { network.measurements(into: first) }
        report.fill(Position(branch: state.position.branch, step: step)) { index in
            let measured = measurements[index]
            var sums = SegmentNorms()
            for segment in network.watched[index].parameterSegments {
                sums.weights += norms[segment].weights
                sums.update += norms[segment].update
                sums.gradient += norms[segment].gradient
            }
            return LayerStatistics(
                mean: measured.mean, std: measured.std, minimum: measured.minimum, maximum: measured.maximum,
                zeros: measured.zeros, saturated: measured.saturated, neverFired: measured.neverFired,
                sampled: measured.sampled, histogram: Histogram(measured.histogram),
                preactivation: Histogram(measured.preactivation), signalNorm: measured.signalNorm,
                gradientNorm: sums.gradientNorm, updateRatio: sums.updateRatio)
        }
        reports.append(.layers(report, logged: isLogged))
    }
}

extension Histogram {
    /// A measured histogram in the language of runs.
    fileprivate init(_ measured: MeasuredHistogram) {
        self.init(low: measured.low, high: measured.high, counts: measured.counts)
    }
}
