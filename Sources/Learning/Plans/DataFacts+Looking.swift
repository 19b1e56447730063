import Datasets
import Diagnosis
import Runs
import Tensors

extension DataFacts {
    /// Numbers of examples that are read to look at them.
    private static let most = 4 << 20
    private static let (probes, references) = (256, 1792)

    /// Looks at some of the examples as the net sees them, without augmentation: the first of an order that the seed decides.
    ///
    /// What cannot be read says nothing. Cost: at most 2,048 examples of 4 million numbers together, and one product of them.
    static func of(_ data: LoadedData, seed: UInt64, pool: WorkerPool) -> DataFacts {
        var facts = DataFacts()
        let (training, width) = (data.training, data.training.inputShape.count)
        facts.takeTargets(training, data.validation)
        let count = min(training.count, probes + references, max(2, most / max(1, width)))
        guard count >= 2, training.count > 0 else { return facts }
        // Spread over the set, so that sorted classes all occur.
        let order = BatchOrder(seed: seed, count: training.count).permutation(epoch: 0).prefix(count)
        let inputs = FloatBuffer(count: count * width)
        let pipeline = InputPipeline(training, capacity: count, pool: pool)
        let failure = Array(order).withUnsafeBufferPointer { pipeline.load($0, .plain, into: inputs.pointer) }
        guard failure == nil else { return facts }
        facts.takeInputs(inputs, count: count, width: width)
        facts.takeNeighbours(inputs, count: count, width: width, training, Array(order))
        return facts
    }

    private mutating func takeTargets(_ training: Dataset, _ validation: Dataset?) {
        majority = training.majority
        validationMajority = validation?.majority
        guard case .values(let values, let shape) = training.targets, values.count > 0 else { return }
        var variance = 0.0
        var meanSquare = 0.0
        let rows = values.count / max(1, shape.count)
        for target in 0..<shape.count {
            var (sum, square) = (0.0, 0.0)
            for row in 0..<rows {
                let value = Double(values.pointer[row * shape.count + target])
                sum += value
                square += value * value
            }
            let mean = sum / Double(rows)
            variance += max(0, square / Double(rows) - mean * mean)
            meanSquare += square / Double(rows)
        }
        targetVariance = variance / Double(max(1, shape.count))
        targetMeanSquare = meanSquare / Double(max(1, shape.count))
    }

    private mutating func takeInputs(_ inputs: FloatBuffer, count: Int, width: Int) {
        var (square, nonzero) = (0.0, 0)
        var stds: [(std: Double, index: Int)] = []
        for feature in 0..<width {
            var (sum, squares) = (0.0, 0.0)
            for row in 0..<count {
                let value = Double(inputs.pointer[row * width + feature])
                if value != 0 { nonzero += 1 }
                sum += value
                squares += value * value
            }
            square += squares
            let mean = sum / Double(count)
            let variance = max(0, squares / Double(count) - mean * mean)
            if variance > 1e-12 { stds.append((variance.squareRoot(), feature)) }
        }
        inputScale = nonzero > 0 ? (square / Double(nonzero)).squareRoot() : 0
        guard let widest = stds.max(by: { $0.std < $1.std }), stds.count > 1 else { return }
        let median = stds.map(\.std).sorted()[(stds.count - 1) / 2]
        widestFeature = (widest.std / max(median, 1e-30), widest.index)
    }

    /// Asks the five nearest of other examples about some.
    private mutating func takeNeighbours(
        _ inputs: FloatBuffer, count: Int, width: Int, _ training: Dataset, _ order: [Int32]
    ) {
        let asked = min(Self.probes, count / 4)
        let known = count - asked
        guard asked >= 20, known >= 5 else { return }
        let standardized = Self.standardized(inputs, count: count, width: width)
        let products = FloatBuffer(count: asked * known)
        MatrixProduct.multiply(
            rows: asked, columns: known, inner: width, MatrixFactor(standardized.pointer, leading: width),
            MatrixFactor(standardized.pointer + asked * width, leading: width, isTransposed: true),
            into: MatrixResult(products.pointer, leading: known))
        let squares = (0..<known).map { row -> Float in
            let start = standardized.pointer + (asked + row) * width
            return (0..<width).reduce(0) { $0 + start[$1] * start[$1] }
        }
        func nearest(_ probe: Int) -> [Int] {
            // The probe's own square is the same for all.
            var best: [(distance: Float, row: Int)] = []
            for row in 0..<known {
                let distance = squares[row] - 2 * products.pointer[probe * known + row]
                guard best.count < 5 || distance < best[4].distance else { continue }
                let place = best.firstIndex { distance < $0.distance } ?? best.count
                best.insert((distance, row), at: place)
                if best.count > 5 { best.removeLast() }
            }
            return best.map { Int(order[asked + $0.row]) }
        }
        switch training.targets {
        case .classes(let classes, let classCount):
            var right = 0
            for probe in 0..<asked {
                var votes = [Int](repeating: 0, count: classCount)
                for neighbour in nearest(probe) { votes[Int(classes[neighbour])] += 1 }
                let most = votes.max() ?? 0
                if votes.firstIndex(of: most) == Int(classes[Int(order[probe])]) { right += 1 }
            }
            neighbours = Double(right) / Double(asked)
        case .values(let values, let shape):
            var error = 0.0
            for probe in 0..<asked {
                let near = nearest(probe)
                for target in 0..<shape.count {
                    let mean = near.reduce(0.0) { $0 + Double(values.pointer[$1 * shape.count + target]) } / Double(near.count)
                    let difference = mean - Double(values.pointer[Int(order[probe]) * shape.count + target])
                    error += difference * difference
                }
            }
            neighbours = error / Double(asked * shape.count) / max(targetVariance ?? 1, 1e-30)
        }
    }

    /// Each feature over its standard deviation, so that no unit of measure decides who is near.
    private static func standardized(_ inputs: FloatBuffer, count: Int, width: Int) -> FloatBuffer {
        let result = FloatBuffer(count: count * width)
        for feature in 0..<width {
            var (sum, squares) = (0.0, 0.0)
            for row in 0..<count {
                let value = Double(inputs.pointer[row * width + feature])
                sum += value
                squares += value * value
            }
            let mean = sum / Double(count)
            let std = max(0, squares / Double(count) - mean * mean).squareRoot()
            for row in 0..<count {
                let value = Double(inputs.pointer[row * width + feature]) - mean
                result.pointer[row * width + feature] = Float(std > 1e-9 ? value / std : 0)
            }
        }
        return result
    }
}

extension Dataset {
    /// Share of the commonest class; nil without classes.
    fileprivate var majority: Double? {
        guard case .classes(let classes, let count) = targets, !classes.isEmpty else { return nil }
        var counts = [Int](repeating: 0, count: count)
        for label in classes { counts[Int(label)] += 1 }
        return Double(counts.max() ?? 0) / Double(classes.count)
    }
}
