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
