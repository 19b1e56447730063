import NeuralNetworks
import Optimizers
import Runs
import Tensors

/// What is told about the layers of a measured step: their outputs, gradients and updates, now and then their weights.
struct LayerInstruments: ~Copyable {
    private let network: Network
    /// Whether weights and gradients are looked at, which only a screen shows.
    private let showsParameters: Bool
    private let measurements: UnsafeMutableBufferPointer<LayerMeasurement>
    /// When weights and gradients were looked at last, in training seconds.
    private var parametersMeasuredAt = -Double.infinity

    /// Seconds of training between two looks at weights and gradients: they change slowly, and nobody looks faster.
    private static let parametersInterval = 0.5

    init(_ network: Network, showsParameters: Bool) {
        self.network = network
        self.showsParameters = showsParameters
        measurements = .allocate(capacity: network.watched.count)
        measurements.initialize(repeating: LayerMeasurement())
    }

    deinit { measurements.deallocate() }

    /// Looks how the weights and gradients of the watched layers are spread, where that is due.
    ///
    /// - Parameters:
    ///   - seconds: of training so far.
    ///   - isForced: whether it is due in any case.
    mutating func measureParameters(into report: LayersReport, at seconds: Double, isForced: Bool) {
        guard showsParameters, isForced || seconds - parametersMeasuredAt >= Self.parametersInterval else { return }
        parametersMeasuredAt = seconds
        report.fillParameters { parameterStatistics(of: network.watched[$0].parameterSegments) }
    }

    /// Fills in what the last measured pass found, and the norms of the update after it; nil where none was made.
    func fill(_ report: LayersReport, _ position: Position, norms: UnsafeMutableBufferPointer<SegmentNorms>?) {
        if let first = measurements.baseAddress { network.measurements(into: first) }
        report.fill(position) { index in
            let measured = measurements[index]
            var sums = SegmentNorms()
            if let norms {
                for segment in network.watched[index].parameterSegments {
                    sums.weights += norms[segment].weights
                    sums.update += norms[segment].update
                    sums.gradient += norms[segment].gradient
                }
            }
            return LayerStatistics(
                mean: measured.mean, std: measured.std, minimum: measured.minimum, maximum: measured.maximum,
                zeros: measured.zeros, saturated: measured.saturated, neverFired: measured.neverFired,
                sampled: measured.sampled, histogram: Histogram(measured.histogram),
                preactivation: Histogram(measured.preactivation), signalNorm: measured.signalNorm,
                gradientNorm: norms == nil ? .nan : sums.gradientNorm,
                updateRatio: norms == nil ? .nan : sums.updateRatio, unitStd: measured.unitStd)
        }
    }

    private func parameterStatistics(of indices: [Int]) -> ParameterStatistics {
        var weights = SampledHistogram()
        var gradients = SampledHistogram()
        let segments = network.layout.segments
        let count = indices.reduce(0) { $0 + segments[$1].count }
        // Odd, so that it does not keep to the same columns of a matrix.
        let stride = count < 2 * SampledHistogram.sampleSize ? 1 : count / SampledHistogram.sampleSize | 1
        for index in indices {
            weights.look(at: network.parameters.pointer, segments[index].range, stride: stride)
            gradients.look(at: network.gradients.pointer, segments[index].range, stride: stride)
        }
        for index in indices {
            weights.count(network.parameters.pointer, segments[index].range, stride: stride)
            gradients.count(network.gradients.pointer, segments[index].range, stride: stride)
        }
        return ParameterStatistics(
            weights: weights.histogram, gradients: gradients.histogram, sampled: stride > 1)
    }
}

extension Histogram {
    /// A measured histogram in the language of runs.
    fileprivate init(_ measured: MeasuredHistogram) {
        self.init(low: measured.low, high: measured.high, counts: measured.counts)
    }
}
