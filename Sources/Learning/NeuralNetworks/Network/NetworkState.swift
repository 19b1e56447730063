import Tensors

/// What a network has learned and counted, PyTorch's `state_dict()`; copy it into a twin to go back later.
///
/// Sendable unchecked: one trainer owns it.
package final class NetworkState: @unchecked Sendable {
    /// Where each parameter lies; gradients and optimizer slots share it.
    package let layout: ParameterLayout
    /// All weights and biases, `layout.count` numbers.
    package let parameters: FloatBuffer
    /// What the normalization layers remember of the batches.
    package let statistics: RunningStatistics

    /// How the names of the best evaluation's tensors begin in a training state.
    package static let bestPrefix = "best."
    /// How the names of an optimizer's tensors begin in a training state.
    package static let optimizerPrefix = "optimizer."
    /// How the names of a sound snapshot's tensors begin in a training state.
    package static let snapshotPrefix = "snapshot."

    init(layout: ParameterLayout, statistics: RunningStatistics) {
        self.layout = layout
        self.statistics = statistics
        parameters = FloatBuffer(count: layout.count)
    }

    /// A twin with memory of its own and the same content.
    package init(twinOf other: NetworkState) {
        layout = other.layout
        parameters = FloatBuffer(count: layout.count)
        parameters.copy(from: other.parameters)
        statistics = RunningStatistics(twinOf: other.statistics)
    }

    /// Takes over everything from a state of the same network. Allocates nothing.
    package func copy(from other: NetworkState) {
        parameters.copy(from: other.parameters)
        statistics.copy(from: other.statistics)
    }

    /// Weights, biases, running statistics and counts of batches, layer by layer.
    ///
    /// - Parameter prefix: what comes before PyTorch's names.
    package func tensors(prefix: String = "") -> [SafetensorsTensor] {
        let all = SafetensorsTensor.segments(of: layout, in: parameters) + statistics.tensors
        // Layers in the order of the model; within one weight, bias, running statistics, count.
        var layers: [Substring: [SafetensorsTensor]] = [:]
        var order: [Substring] = []
        for tensor in all {
            let layer = tensor.name[..<(tensor.name.lastIndex(of: ".") ?? tensor.name.startIndex)]
            if layers[layer] == nil { order.append(layer) }
            layers[layer, default: []].append(tensor)
        }
        return order.flatMap { layers[$0] ?? [] }.map { $0.named(prefix + $0.name) }
    }

    /// Where the numbers of a file's tensors go.
    ///
    /// - Parameter prefix: what comes before PyTorch's names.
    package func places(prefix: String = "") -> [(layout: ParameterLayout, buffer: FloatBuffer)] {
        [(layout.named(prefix), parameters), (statistics.layout.named(prefix), statistics.buffers)]
    }
}
