import Datasets
import NeuralNetworks

extension StepEngine {
    /// The first thing that is not finite, on the way of an update that was not made: inputs, weights, a layer's output, a gradient.
    func firstNotFinite(_ batch: Batch, count: Int, step: Int, seed: UInt64) -> String {
        let width = network.inputShape.count
        for row in 0..<count {
            if let place = (0..<width).first(where: { !batch.inputs[row * width + $0].isFinite }) {
                return
                    "number \(place) of an example is \(batch.inputs[row * width + place]): the inputs are not finite"
            }
        }
        if let name = firstNotFinite(network.parameters.pointer) { return "weights of \(name) are not finite" }
        // With gradients as the update left them; the look below overwrites what passes leave.
        let gradient = firstNotFinite(network.gradients.pointer)
        let context = StepContext(mode: .evaluation, step: step, seed: seed, measures: true)
        let outputs = network.forward(batch.inputs, batch: count, context: context)
        var measured = Array(repeating: LayerMeasurement(), count: network.watched.count)
        measured.withUnsafeMutableBufferPointer { if let base = $0.baseAddress { network.measurements(into: base) } }
        if let layer = measured.firstIndex(where: { !$0.mean.isFinite || !$0.std.isFinite }) {
            return "the output of \(network.watched[layer].name) (\(network.watched[layer].kind)) is not finite"
        }
        let total = count * network.outputShape.count
        if (0..<total).contains(where: { !outputs[$0].isFinite }) { return "the outputs are not finite" }
        if let gradient { return "the gradient of \(gradient) is not finite" }
        return "the loss is not finite"
    }

    private func firstNotFinite(_ numbers: UnsafePointer<Float>) -> String? {
        network.layout.segments.first { segment in segment.range.contains { !numbers[$0].isFinite } }?.name
    }
}
