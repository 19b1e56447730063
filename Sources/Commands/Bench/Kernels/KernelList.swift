import Datasets
import NeuralNetworks
import Optimizers
import Tensors

/// A kernel that can be measured against the machine's limits; a layer gives two results, forward and backward.
struct MeasurableKernel: Sendable {
    let measure: @Sendable (MachineLimits) throws -> [KernelResult]
}

/// What `sitter bench kernels` measures, at the shapes of the nets of `sitter bench train`.
enum KernelList {
    static let all = products + layers + functions + others

    /// Matrix products of one thread each: rows x inner x columns.
    private static let products: [MeasurableKernel] = [
        (128, 784, 512), (128, 512, 256), (128, 256, 256), (64, 576, 1024), (128, 1152, 256), (256, 2304, 64),
        (16, 144, 1024), (32, 288, 256), (64, 576, 64),
    ].map { (rows: Int, inner: Int, columns: Int) in
        MeasurableKernel { limits in
            let threads = limits.pool.threadCount
            let sizes = [rows * inner, inner * columns, rows * columns]
            let matrices = (0..<threads).map { _ in sizes.map { FloatBuffer(count: $0) } }
            for three in matrices { for matrix in three { matrix.fill(0.5) } }
            // Many a run, since handing work to the threads is no part of a product.
            let times = max(1, 20_000_000 / (rows * inner * columns))
            let seconds = limits.clock.time {
                limits.pool.run(pieces: threads) { piece in
                    for _ in 0..<times {
                        MatrixProduct.multiply(
                            rows: rows, columns: columns, inner: inner, matrices[piece][0].pointer, leadingA: inner,
                            matrices[piece][1].pointer, leadingB: columns, into: matrices[piece][2].pointer,
                            leadingC: columns)
                    }
                }
            }
            let work = 2 * Double(rows * inner * columns * times * threads)
            return [
                KernelResult(
                    name: "sgemm", shape: "\(rows)x\(inner)x\(columns)", seconds: seconds / Double(times * threads),
                    work: work / Double(times * threads), unit: .operations, limit: limits.productRate / Double(threads))
            ]
        }
    }

    // MARK: Layers

    private static let layers =
        [
            layer("linear", .linear(units: 512), [784], batch: 128),
            layer("linear", .linear(units: 256), [256], batch: 128),
            convolution(64, 3, from: [3, 32, 32], batch: 64), convolution(64, 3, from: [64, 32, 32], batch: 64),
            convolution(128, 3, from: [128, 16, 16], batch: 64), convolution(256, 3, from: [256, 8, 8], batch: 64),
            convolution(16, 3, from: [16, 32, 32], batch: 128), convolution(32, 3, from: [32, 16, 16], batch: 128),
            convolution(64, 3, from: [64, 8, 8], batch: 128),
            convolution(32, 1, stride: 2, from: [16, 32, 32], batch: 128),
            convolution(32, 5, padding: 2, from: [32, 14, 14], batch: 64),
        ] + [
            ("batchNorm", .batchNorm(), 2, 3), ("relu", .activation(.relu), 2, 3), ("tanh", .activation(.tanh), 2, 3),
            ("softmax", .activation(.softmax), 2, 3), ("maxPool2d", .maxPool2d(size: 2), 1.25, 1.25),
            ("dropout", .dropout(p: 0.5), 2, 2),
        ].flatMap { (name: String, layer: LayerSpecification, forward: Double, backward: Double) in
            [Shape([16, 32, 32]), Shape([64, 32, 32])].map { shape in
                self.layer(name, layer, shape, batch: 64, traffic: (forward, backward))
            }
        }

    private static func convolution(
        _ filters: Int, _ kernel: Int, stride: Int = 1, padding: Int? = nil, from shape: Shape, batch: Int
    ) -> MeasurableKernel {
        let layer = LayerSpecification.conv2d(
            filters: filters, kernel: Extent2(kernel), stride: Extent2(stride),
            padding: Extent2(padding ?? kernel / 2), bias: false)
        let words = stride == 1 ? "" : " / \(stride)"
        return self.layer("conv \(kernel)x\(kernel)\(words) \(filters)", layer, shape, batch: batch)
    }

    /// A layer behind one whose weights need its inputs' gradient; what that one takes alone is taken off.
    ///
    /// - Parameter traffic: arrays of the inputs' size that are read and written at least, forward and backward; nil
    ///   counts operations.
    private static func layer(
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

    // MARK: Functions

    private static let functions = [
        function("exp") { VectorMath.exp($0) }, function("tanh") { VectorMath.tanh($0) },
        function("sigmoid") { VectorMath.sigmoid($0) }, function("erf") { VectorMath.erf($0) },
    ]

    /// A function of sixteen numbers on one thread, over 16,384 numbers that stay in the cache.
    private static func function(
        _ name: String, _ transform: @escaping @Sendable (FloatVector) -> FloatVector
    ) -> MeasurableKernel {
        MeasurableKernel { limits in
            let count = 16_384
            let (source, target) = (FloatBuffer(count: count), FloatBuffer(count: count))
            for place in 0..<count { source.pointer[place] = Float(place % 160) / 20 - 4 }
            let (times, bytes) = (16, 8 * count)
            let seconds = limits.clock.time {
                for _ in 0..<times { VectorLoop.map(source.pointer, into: target.pointer, 0..<count, transform) }
            }
            let copying = limits.clock.time {
                for _ in 0..<times { target.pointer.update(from: source.pointer, count: count) }
            }
            return [
                KernelResult(
                    name: name, shape: "\(count), one thread", seconds: seconds / Double(times), work: Double(bytes),
                    unit: .bytes, limit: Double(bytes * times) / copying)
            ]
        }
    }

    // MARK: Others

    private static let others =
        [
            ("sgd, momentum", OptimizerSpecification.sgd(momentum: 0.9, weightDecay: 1e-4), 5.0),
            ("adam", .adam(), 7), ("rmsprop", .rmsprop(), 5), ("adagrad", .adagrad(), 5),
        ].map { (name: String, specification: OptimizerSpecification, arrays: Double) in
            optimizer(name, specification, arrays: arrays)
        } + [
            statistics([64, 32, 32], batch: 64), statistics([16, 32, 32], batch: 128), statistics([256], batch: 128),
            gather([1, 28, 28], batch: 128), gather([3, 32, 32], batch: 128),
        ]

    private static func optimizer(
        _ name: String, _ specification: OptimizerSpecification, arrays: Double
    ) -> MeasurableKernel {
        MeasurableKernel { limits in
            let count = 1 << 20
            var layout = ParameterLayout()
            layout.add(name: "0.weight", shape: [1_024, 1_024])
            let optimizer = Optimizer(specification, layout: layout)
            let (weights, gradients) = (FloatBuffer(count: count), FloatBuffer(count: count))
            weights.fill(0.1)
            gradients.fill(0.01)
            let seconds = limits.clock.time {
                optimizer.step(
                    parameters: weights, gradients: gradients, learningRate: 1e-6, pool: limits.pool)
            }
            let work = arrays * Double(4 * count)
            return [
                KernelResult(
                    name: name, shape: "\(count)", seconds: seconds, work: work, unit: .bytes,
                    limit: limits.copyRate(bytes: Int(work)))
            ]
        }
    }

    /// Moments, extremes, zeros, units that never fired and the histogram of one layer's outputs.
    private static func statistics(_ shape: Shape, batch: Int) -> MeasurableKernel {
        MeasurableKernel { limits in
            let layer: LayerSpecification =
                shape.rank == 1 ? .linear(units: shape[0]) : .conv2d(filters: shape[0], kernel: 1)
            let timing = try LayerTiming([layer], shape: shape, batch: batch, pool: limits.pool, clock: limits.clock)
            let work = 4 * Double(batch * shape.count)
            return [
                KernelResult(
                    name: "statistics", shape: "\(batch) x \(shape)", seconds: max(timing.measuring, 1e-9), work: work,
                    unit: .bytes, limit: limits.copyRate(bytes: Int(work)))
            ]
        }
    }

    /// The examples of a batch in random order, side by side.
    private static func gather(_ shape: Shape, batch: Int) -> MeasurableKernel {
        MeasurableKernel { limits in
            let dataset = BuiltInData.random(count: 8 * batch, shape: shape, seed: 1, pool: limits.pool)
            let examples = InputPipeline(dataset, capacity: batch, pool: limits.pool)
            let target = FloatBuffer(count: batch * shape.count)
            let order = BatchOrder(seed: 1, count: dataset.count, batchSize: batch).permutation(epoch: 0)
            let seconds = limits.clock.time {
                order.withUnsafeBufferPointer { order in
                    _ = examples.load(UnsafeBufferPointer(rebasing: order[..<batch]), .plain, into: target.pointer)
                }
            }
            let work = 8 * Double(batch * shape.count)
            return [
                KernelResult(
                    name: "batch gather", shape: "\(batch) x \(shape)", seconds: seconds, work: work, unit: .bytes,
                    limit: limits.copyRate(bytes: Int(work)))
            ]
        }
    }
}
