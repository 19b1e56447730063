import Foundation
import NeuralNetworks
import Tensors

/// The same mathematics in double precision and plain loops, one example after the other.
struct ReferenceNetwork {
    let layers: [LayerSpecification]
    let inputShape: [Int]
    /// By PyTorch's names.
    var parameters: [String: [Double]]
    /// Running statistics, for evaluation.
    var buffers: [String: [Double]] = [:]
    var mode = StepContext.Mode.training
    /// Numbers that random layers got in place of their own, by the layers' names.
    var supplied: [String: [Double]] = [:]

    /// A batch of examples that all have `shape`.
    struct Batch {
        var shape: [Int]
        var examples: [[Double]]
    }

    func outputs(_ examples: [[Double]]) -> Batch {
        let batch = Batch(shape: inputShape, examples: examples)
        return apply(layers, "", batch)
    }

    private func apply(_ layers: [LayerSpecification], _ prefix: String, _ batch: Batch) -> Batch {
        var batch = batch
        for (index, layer) in layers.enumerated() { batch = apply(layer, "\(prefix)\(index)", batch) }
        return batch
    }

    private func apply(_ layer: LayerSpecification, _ name: String, _ batch: Batch) -> Batch {
        switch layer {
        case .linear(let layer):
            let (units, dropConnect) = (layer.units, layer.dropConnect)
            var (weight, bias) = (parameters["\(name).weight"]!, parameters["\(name).bias"])
            if let kept = supplied[name], mode == .training {
                for index in weight.indices { weight[index] *= kept[index] / (1 - dropConnect) }
            }
            return batch.mapped([units]) { (x: [Double]) -> [Double] in
                var result: [Double] = []
                for unit in 0..<units {
                    var sum = bias?[unit] ?? 0
                    for index in x.indices { sum += weight[unit * x.count + index] * x[index] }
                    result.append(sum)
                }
                return result
            }
        case .conv2d(let layer):
            return convolve(name, batch, layer.filters, layer.kernel, layer.stride, layer.padding)
        case .conv1d(let layer):
            var pictures = batch
            pictures.shape = [batch.shape[0], 1, batch.shape[1]]
            var result = convolve(
                name, pictures, layer.filters, Extent2(height: 1, width: layer.kernel),
                Extent2(height: 1, width: layer.stride), Extent2(height: 0, width: layer.padding))
            result.shape = [layer.filters, result.shape[2]]
            return result
        case .maxPool2d(let layer):
            return pool(batch, layer.size, layer.stride, layer.padding) { values, _ in values.max()! }
        case .avgPool2d(let layer):
            return pool(batch, layer.size, layer.stride, layer.padding) { $0.reduce(0, +) / Double($1) }
        case .maxPool1d(let layer):
            return poolSequences(batch, layer.size, layer.stride, layer.padding) { values, _ in values.max()! }
        case .avgPool1d(let layer):
            return poolSequences(batch, layer.size, layer.stride, layer.padding) { $0.reduce(0, +) / Double($1) }
        case .fractionalMaxPool2d(let layer):
            return poolFractionally(name, batch, layer.size, layer.heightRatio, layer.widthRatio)
        case .globalAvgPool:
            let places = batch.shape.dropFirst().reduce(1, *)
            return batch.mapped([batch.shape[0]]) { x in
                (0..<batch.shape[0]).map { map in
                    x[map * places..<(map + 1) * places].reduce(0, +) / Double(places)
                }
            }
        case .batchNorm(let layer): return normalize(name, batch, layer.eps)
        case .layerNorm(let layer): return normalizeExamples(name, batch, layer.eps, groups: 1)
        case .instanceNorm(let layer): return normalizeExamples(name, batch, layer.eps, groups: batch.shape[0])
        case .flatten: return batch.mapped([batch.shape.reduce(1, *)]) { $0 }
        case .dropout(let layer): return scaled(batch, by: supplied[name], 1 / (1 - layer.p))
        case .gaussianNoise(let layer):
            guard mode == .training, let noise = supplied[name] else { return batch }
            var result = batch
            let width = batch.shape.reduce(1, *)
            for example in result.examples.indices {
                for index in 0..<width { result.examples[example][index] += layer.std * noise[example * width + index] }
            }
            return result
        case .rnn(let layer):
            return recur(name, batch, layer.units, layer.returnSequences, layer.nonlinearity)
        case .lstm(let layer): return recur(name, batch, layer.units, layer.returnSequences, nil)
        case .residual(let layer):
            var sum = apply(layer.body, "\(name).body.", batch)
            if let kept = supplied[name] {
                let width = sum.shape.reduce(1, *)
                let all = kept.flatMap { Array(repeating: $0, count: width) }
                sum = scaled(sum, by: all, 1 / (1 - layer.stochasticDepth))
            }
            let other = apply(layer.shortcut, "\(name).shortcut.", batch)
            for example in sum.examples.indices {
                for index in sum.examples[example].indices {
                    sum.examples[example][index] += other.examples[example][index]
                }
            }
            return sum
        case .concat(let layer):
            let parts = layer.branches.enumerated().map { apply($1, "\(name).branches.\($0).", batch) }
            var joined = parts[0]
            for part in parts.dropFirst() {
                joined.shape[0] += part.shape[0]
                for example in joined.examples.indices { joined.examples[example] += part.examples[example] }
            }
            return joined
        case .activation(let activation): return activate(name, batch, activation)
        }
    }

    private func convolve(
        _ name: String, _ batch: Batch, _ filters: Int, _ kernel: Extent2, _ stride: Extent2, _ padding: Extent2
    ) -> Batch {
        let (weight, bias) = (parameters["\(name).weight"]!, parameters["\(name).bias"])
        let (channels, height, width) = (batch.shape[0], batch.shape[1], batch.shape[2])
        let outHeight = (height + 2 * padding.height - kernel.height) / stride.height + 1
        let outWidth = (width + 2 * padding.width - kernel.width) / stride.width + 1
        return batch.mapped([filters, outHeight, outWidth]) { x in
            var result: [Double] = []
            for filter in 0..<filters {
                for row in 0..<outHeight {
                    for column in 0..<outWidth {
                        var sum = bias?[filter] ?? 0
                        for channel in 0..<channels {
                            for kernelRow in 0..<kernel.height {
                                for kernelColumn in 0..<kernel.width {
                                    let y = row * stride.height + kernelRow - padding.height
                                    let z = column * stride.width + kernelColumn - padding.width
                                    guard (0..<height).contains(y), (0..<width).contains(z) else { continue }
                                    let tap =
                                        ((filter * channels + channel) * kernel.height + kernelRow) * kernel.width
                                        + kernelColumn
                                    sum += weight[tap] * x[(channel * height + y) * width + z]
                                }
                            }
                        }
                        result.append(sum)
                    }
                }
            }
            return result
        }
    }

    private func pool(
        _ batch: Batch, _ size: Extent2, _ stride: Extent2, _ padding: Extent2, _ merge: ([Double], Int) -> Double
    ) -> Batch {
        let (channels, height, width) = (batch.shape[0], batch.shape[1], batch.shape[2])
        let outHeight = (height + 2 * padding.height - size.height) / stride.height + 1
        let outWidth = (width + 2 * padding.width - size.width) / stride.width + 1
        return batch.mapped([channels, outHeight, outWidth]) { x in
            var result: [Double] = []
            for channel in 0..<channels {
                for row in 0..<outHeight {
                    for column in 0..<outWidth {
                        var window: [Double] = []
                        let (top, left) = (row * stride.height - padding.height, column * stride.width - padding.width)
                        for y in top..<top + size.height {
                            for z in left..<left + size.width
                            where (0..<height).contains(y) && (0..<width).contains(z) {
                                window.append(x[(channel * height + y) * width + z])
                            }
                        }
                        result.append(merge(window, size.height * size.width))
                    }
                }
            }
            return result
        }
    }

    private func normalize(_ name: String, _ batch: Batch, _ eps: Double) -> Batch {
        let (scale, shift) = (parameters["\(name).weight"]!, parameters["\(name).bias"]!)
        let features = batch.shape[0]
        let places = batch.shape.dropFirst().reduce(1, *)
        var result = batch
        for feature in 0..<features {
            let range = feature * places..<(feature + 1) * places
            let values = batch.examples.flatMap { $0[range] }
            var mean = values.reduce(0, +) / Double(values.count)
            var variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(values.count)
            if mode == .evaluation {
                mean = buffers["\(name).running_mean"]![feature]
                variance = buffers["\(name).running_var"]![feature]
            }
            for example in batch.examples.indices {
                for index in range {
                    let distance = batch.examples[example][index] - mean
                    result.examples[example][index] =
                        scale[feature] * distance / (variance + eps).squareRoot() + shift[feature]
                }
            }
        }
        return result
    }

    private func activate(_ name: String, _ batch: Batch, _ activation: Activation) -> Batch {
        if activation == .softmax {
            let places = batch.shape.dropFirst().reduce(1, *)
            return batch.mapped(batch.shape) { x in
                x.indices.map { index in
                    let sum = stride(from: index % places, to: x.count, by: places).reduce(0) { $0 + exp(x[$1]) }
                    return exp(x[index]) / sum
                }
            }
        }
        if case .maxout(let pieces) = activation {
            let places = batch.shape.dropFirst().reduce(1, *)
            let shape = [batch.shape[0] / pieces] + batch.shape.dropFirst()
            return batch.mapped(shape) { x in
                (0..<shape.reduce(1, *)).map { index in
                    let first = index / places * pieces * places + index % places
                    return (0..<pieces).map { x[first + $0 * places] }.max()!
                }
            }
        }
        let slope = parameters["\(name).weight"]?[0] ?? 0
        return batch.mapped(batch.shape) { $0.map { Self.value(activation, $0, slope) } }
    }

    private static func value(_ activation: Activation, _ x: Double, _ slope: Double) -> Double {
        switch activation {
        case .relu: max(x, 0)
        case .leakyRelu(let slope): x > 0 ? x : slope * x
        case .prelu: x > 0 ? x : slope * x
        case .elu(let alpha): x > 0 ? x : alpha * expm1(x)
        case .selu: 1.0507009873554805 * (x > 0 ? x : 1.6732632423543772 * expm1(x))
        case .gelu: x * 0.5 * erfc(-x / 2.0.squareRoot())
        case .sigmoid: 1 / (1 + exp(-x))
        case .tanh: tanh(x)
        case .softmax, .maxout: preconditionFailure("it is no function of one number")
        }
    }
}

extension ReferenceNetwork.Batch {
    func mapped(_ shape: [Int], _ transform: ([Double]) -> [Double]) -> Self {
        .init(shape: shape, examples: examples.map(transform))
    }
}
