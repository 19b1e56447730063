import NeuralNetworks
import Tensors

extension KernelList {
    /// Layers as the nets have them.
    static let layers =
        [
            timed("linear", .linear(Linear(units: 512)), [784], batch: 128),
            timed("linear", .linear(Linear(units: 256)), [256], batch: 128),
            convolution(64, 3, from: [3, 32, 32], batch: 64), convolution(64, 3, from: [64, 32, 32], batch: 64),
            convolution(128, 3, from: [128, 16, 16], batch: 64), convolution(256, 3, from: [256, 8, 8], batch: 64),
            convolution(16, 3, from: [16, 32, 32], batch: 128), convolution(32, 3, from: [32, 16, 16], batch: 128),
            convolution(64, 3, from: [64, 8, 8], batch: 128),
            convolution(32, 1, stride: 2, from: [16, 32, 32], batch: 128),
            convolution(32, 5, padding: 2, from: [32, 14, 14], batch: 64),
        ]
        + [
            ("batchNorm", .batchNorm(BatchNorm()), 2, 3), ("relu", .activation(.relu), 2, 3),
            ("tanh", .activation(.tanh), 2, 3),
            ("softmax", .activation(.softmax), 2, 3), ("maxPool2d", .maxPool2d(MaxPool2d(size: 2)), 1.25, 1.25),
            ("dropout", .dropout(Dropout(p: 0.5)), 2, 2),
        ].flatMap { (name: String, layer: LayerSpecification, forward: Double, backward: Double) in
            [Shape([16, 32, 32]), Shape([64, 32, 32])].map { shape in
                timed(name, layer, shape, batch: 64, traffic: (forward, backward))
            }
        }

    private static func convolution(
        _ filters: Int, _ kernel: Int, stride: Int = 1, padding: Int? = nil, from shape: Shape, batch: Int
    ) -> MeasurableKernel {
        let layer = LayerSpecification.conv2d(
            Conv2d(
                filters: filters, kernel: Extent2(kernel), stride: Extent2(stride),
                padding: Extent2(padding ?? kernel / 2), bias: false))
        let words = stride == 1 ? "" : " / \(stride)"
        return timed("conv \(kernel)x\(kernel)\(words) \(filters)", layer, shape, batch: batch)
    }

    /// A layer behind one whose weights need its inputs' gradient; what that one takes alone is taken off.
    ///
    /// - Parameter traffic: arrays of the inputs' size that are read and written at least, forward and backward; nil
    ///   counts operations.
    private static func timed(
        _ name: String, _ layer: LayerSpecification, _ shape: Shape, batch: Int, traffic: (Double, Double)? = nil
    ) -> MeasurableKernel {
        MeasurableKernel { limits in
            func timing(_ layers: [LayerSpecification]) throws -> LayerTiming {
                try LayerTiming(layers, shape: shape, batch: batch, pool: limits.pool, clock: limits.clock)
            }
            let (alone, both) = (try timing([.activation(.prelu)]), try timing([.activation(.prelu), layer]))
            let bytes = 4 * Double(batch * shape.count)
            return [
                (" forward", both.forward - alone.forward, traffic?.0, 1.0),
                (" backward", both.backward - alone.backward, traffic?.1, 2.0),
            ].map { pass, seconds, arrays, products in
                let work = arrays.map { $0 * bytes } ?? 2 * products * Double(both.multiplyAdds * batch)
                return KernelResult(
                    name: name + pass, shape: "\(batch) x \(shape)", seconds: max(seconds, 1e-9), work: work,
                    unit: arrays == nil ? .operations : .bytes,
                    limit: arrays == nil ? limits.productRate : limits.copyRate(bytes: Int(work)))
            }
        }
    }
}
