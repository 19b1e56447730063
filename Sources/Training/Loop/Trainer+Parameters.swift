import NeuralNetworks
import Runs
import Tensors

extension Trainer {
    /// Seconds of training between two looks at weights and gradients: they change slowly, and nobody looks faster.
    private static let parametersInterval = 0.5

    /// How the weights and gradients of the watched layers are spread, now and then and only for a screen; else empty.
    func measuredParameters() -> [ParameterStatistics] {
        guard options.isWatched, plan.statistics.budget > 0,
            trainingSeconds - parametersMeasuredAt >= Self.parametersInterval
        else { return [] }
        parametersMeasuredAt = trainingSeconds
        return network.watched.map { layer in
            var weights = SampledHistogram()
            var gradients = SampledHistogram()
            let ranges = layer.parameterSegments.map { network.layout.segments[$0].range }
            let count = ranges.reduce(0) { $0 + $1.count }
            // Odd, so that it does not keep to the same columns of a matrix.
            let stride = count < 2 * SampledHistogram.sampleSize ? 1 : count / SampledHistogram.sampleSize | 1
            for range in ranges {
                weights.look(at: network.parameters.pointer, range, stride: stride)
                gradients.look(at: network.gradients.pointer, range, stride: stride)
            }
            for range in ranges {
                weights.count(network.parameters.pointer, range, stride: stride)
                gradients.count(network.gradients.pointer, range, stride: stride)
            }
            return ParameterStatistics(
                weights: weights.histogram, gradients: gradients.histogram, sampled: stride > 1)
        }
    }
}
