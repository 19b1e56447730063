import Datasets
import NeuralNetworks
import Optimizers
import Tensors

extension KernelList {
    /// What a step does beside its layers.
    static let passes =
        [
            ("sgd, momentum", OptimizerSpecification.sgd(SGD(momentum: 0.9, weightDecay: 1e-4)), 5.0),
            ("adam", .adam(Adam()), 7), ("rmsprop", .rmsprop(RMSprop()), 5), ("adagrad", .adagrad(Adagrad()), 5),
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
                shape.rank == 1 ? .linear(Linear(units: shape[0])) : .conv2d(Conv2d(filters: shape[0], kernel: 1))
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
            let order = BatchOrder(seed: 1, count: dataset.count).permutation(epoch: 0)
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
