import NeuralNetworks
import Runs
import Tensors

extension Trainer {
    /// Seconds of training between two looks at weights and gradients: they change slowly, and nobody looks faster.
    private static let parametersInterval = 0.5

    /// Looks how the weights and gradients of the watched layers are spread, now and then and only for a screen.
    func measureParameters(into report: LayersReport) {
        guard options.isWatched, plan.statistics.budget > 0,
            trainingSeconds - parametersMeasuredAt >= Self.parametersInterval
        else { return }
        parametersMeasuredAt = trainingSeconds
        report.fillParameters { parameterStatistics(of: network.watched[$0].parameterSegments) }
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

/// A histogram over the range of every so many numbers, in two passes.
struct SampledHistogram {
    /// About as many numbers are looked at, whatever a layer's size.
    static let sampleSize = 8_192

    private(set) var histogram = Histogram(low: .infinity, high: -.infinity)

    /// Widens the range; what is not finite is left out.
    mutating func look(at numbers: UnsafePointer<Float>, _ range: Range<Int>, stride: Int) {
        var (low, high) = (histogram.low, histogram.high)
        for index in Swift.stride(from: range.lowerBound, to: range.upperBound, by: stride) {
            let number = numbers[index]
            guard number.isFinite else { continue }
            low = min(low, number)
            high = max(high, number)
        }
        (histogram.low, histogram.high) = (low, high)
    }

    /// Counts the same numbers over the range found.
    mutating func count(_ numbers: UnsafePointer<Float>, _ range: Range<Int>, stride: Int) {
        if histogram.low > histogram.high { (histogram.low, histogram.high) = (0, 0) }
        let (low, width) = (histogram.low, histogram.high - histogram.low)
        let scale = width > 0 && width.isFinite ? Float(Histogram.binCount) / width : 0
        for index in Swift.stride(from: range.lowerBound, to: range.upperBound, by: stride) {
            let number = numbers[index]
            guard number.isFinite else { continue }
            let bin = min(Histogram.binCount - 1, Int((number - low) * scale))
            histogram.counts[bin] += 1
        }
    }
}
