import Optimizers
import Tensors

/// A layout of odd sizes, with a tensor that does not decay and a frozen one.
func oddLayout(scale: Int = 1) -> ParameterLayout {
    var layout = ParameterLayout()
    layout.add(name: "0.weight", shape: [7 * scale, 13])
    layout.add(name: "0.bias", shape: [7 * scale], decays: false)
    layout.add(name: "1.weight", shape: [3, 5], isFrozen: true)
    layout.add(name: "2.weight", shape: [1])
    layout.add(name: "3.weight", shape: [33, 2 * scale + 1])
    return layout
}

/// Normal numbers in the segments, zeros in the gaps.
func normals(_ layout: ParameterLayout, stream: UInt64, scale: Double = 1) -> FloatBuffer {
    let buffer = FloatBuffer(count: layout.count)
    var random = Philox(seed: 42, purpose: .initialization).stream(stream)
    for segment in layout.segments {
        for position in segment.range { buffer.pointer[position] = Float(scale * random.normal()) }
    }
    return buffer
}

/// Whether each place of the flat buffer belongs to a segment for which the property holds.
func flags(_ layout: ParameterLayout, _ property: (ParameterLayout.Segment) -> Bool) -> [Bool] {
    var flags = [Bool](repeating: false, count: layout.count)
    for segment in layout.segments where property(segment) {
        for position in segment.range { flags[position] = true }
    }
    return flags
}

let everyRule: [OptimizerSpecification] = [
    .sgd(SGD()),
    .sgd(SGD(weightDecay: 0.1)),
    .sgd(SGD(momentum: 0.9, weightDecay: 0.01)),
    .sgd(SGD(momentum: 0.9, dampening: 0.3)),
    .sgd(SGD(momentum: 0.8, nesterov: true, weightDecay: 0.01)),
    .adam(Adam()),
    .adam(Adam(beta1: 0.8, beta2: 0.99, epsilon: 1e-3, weightDecay: 0.1)),
    .adamW(AdamW()),
    .adamW(AdamW(beta1: 0.7, beta2: 0.95, epsilon: 1e-6, weightDecay: 0.2)),
    .rmsprop(RMSprop()),
    .rmsprop(RMSprop(alpha: 0.9, epsilon: 1e-4, momentum: 0.9, weightDecay: 0.01)),
    .rmsprop(RMSprop(alpha: 0.9, epsilon: 1e-2, centered: true)),
    .rmsprop(RMSprop(alpha: 0.9, epsilon: 1e-2, momentum: 0.5, centered: true, weightDecay: 0.01)),
    .adagrad(Adagrad()),
    .adagrad(Adagrad(learningRateDecay: 0.1, epsilon: 1e-6, weightDecay: 0.05)),
]
