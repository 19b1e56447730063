import Foundation
import NeuralNetworks

extension ReferenceNetwork {
    /// In training, each number times its factor.
    func scaled(_ batch: Batch, by factors: [Double]?, _ scale: Double) -> Batch {
        guard mode == .training, let factors else { return batch }
        var result = batch
        let width = batch.shape.reduce(1, *)
        for example in result.examples.indices {
            for index in 0..<width { result.examples[example][index] *= scale * factors[example * width + index] }
        }
        return result
    }

    func poolSequences(
        _ batch: Batch, _ size: Int, _ stride: Int, _ padding: Int, _ merge: ([Double], Int) -> Double
    ) -> Batch {
        let (channels, length) = (batch.shape[0], batch.shape[1])
        let outputs = (length + 2 * padding - size) / stride + 1
        return batch.mapped([channels, outputs]) { x in
            (0..<channels * outputs).map { index in
                let start = index % outputs * stride - padding
                let inside = max(0, start)..<min(length, start + size)
                return merge(inside.map { x[index / outputs * length + $0] }, size)
            }
        }
    }

    /// PyTorch's fractional pooling with the samples supplied, or 1/2.
    func poolFractionally(
        _ name: String, _ batch: Batch, _ size: Extent2, _ heightRatio: Double, _ widthRatio: Double
    ) -> Batch {
        let (channels, height, width) = (batch.shape[0], batch.shape[1], batch.shape[2])
        let (rows, columns) = (Int(Double(height) * heightRatio), Int(Double(width) * widthRatio))
        func starts(_ sample: Double, _ extent: Int, _ outputs: Int, _ window: Int) -> [Int] {
            var starts: [Int] = []
            for index in 0..<outputs - 1 {
                let alpha = Double(extent - window) / Double(outputs - 1)
                starts.append(Int((Double(index) + sample) * alpha) - Int(sample * alpha))
            }
            return starts + [extent - window]
        }
        var result = Batch(shape: [channels, rows, columns], examples: [])
        for (example, x) in batch.examples.enumerated() {
            var pooled: [Double] = []
            for channel in 0..<channels {
                let map = 2 * (example * channels + channel)
                let samples = supplied[name].map { ($0[map], $0[map + 1]) } ?? (0.5, 0.5)
                for top in starts(samples.1, height, rows, size.height) {
                    for left in starts(samples.0, width, columns, size.width) {
                        var largest = -Double.infinity
                        for y in top..<top + size.height {
                            for z in left..<left + size.width {
                                largest = max(largest, x[(channel * height + y) * width + z])
                            }
                        }
                        pooled.append(largest)
                    }
                }
            }
            result.examples.append(pooled)
        }
        return result
    }

    /// Layer norm with one group of numbers, instance norm with one a map.
    func normalizeExamples(_ name: String, _ batch: Batch, _ eps: Double, groups: Int) -> Batch {
        let (scale, shift) = (parameters["\(name).weight"]!, parameters["\(name).bias"]!)
        return batch.mapped(batch.shape) { x in
            var result = x
            let size = x.count / groups
            for group in 0..<groups {
                let range = group * size..<(group + 1) * size
                let mean = x[range].reduce(0, +) / Double(size)
                let variance = x[range].reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(size)
                for index in range {
                    let parameter = scale.count == x.count ? index : group
                    result[index] =
                        scale[parameter] * (x[index] - mean) / (variance + eps).squareRoot() + shift[parameter]
                }
            }
            return result
        }
    }

    /// A plain recurrent layer, or an LSTM without a nonlinearity.
    func recur(
        _ name: String, _ batch: Batch, _ units: Int, _ returnSequences: Bool,
        _ nonlinearity: RNN.Nonlinearity?
    ) -> Batch {
        let (length, features) = (batch.shape[0], batch.shape[1])
        let tensors = ["weight_ih_l0", "weight_hh_l0", "bias_ih_l0", "bias_hh_l0"].map { parameters["\(name).\($0)"]! }
        func sum(_ row: Int, _ x: [Double], _ h: [Double]) -> Double {
            var sum = tensors[2][row] + tensors[3][row]
            for index in 0..<features { sum += tensors[0][row * features + index] * x[index] }
            for index in 0..<units { sum += tensors[1][row * units + index] * h[index] }
            return sum
        }
        func sigmoid(_ x: Double) -> Double { 1 / (1 + exp(-x)) }
        return batch.mapped(returnSequences ? [length, units] : [units]) { sequence in
            var state = Array(repeating: 0.0, count: units)
            var memory = state
            var states: [Double] = []
            for time in 0..<length {
                let x = Array(sequence[time * features..<(time + 1) * features])
                let before = state
                for unit in 0..<units {
                    switch nonlinearity {
                    case .tanh: state[unit] = tanh(sum(unit, x, before))
                    case .relu: state[unit] = max(0, sum(unit, x, before))
                    case nil:
                        let input = sigmoid(sum(unit, x, before))
                        let forget = sigmoid(sum(units + unit, x, before))
                        let candidate = tanh(sum(2 * units + unit, x, before))
                        let output = sigmoid(sum(3 * units + unit, x, before))
                        memory[unit] = forget * memory[unit] + input * candidate
                        state[unit] = output * tanh(memory[unit])
                    }
                }
                states += state
            }
            return returnSequences ? states : state
        }
    }
}
