import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite("Losses")
struct LossTests {
    private let pool = WorkerPool(threadCount: 1)

    private func outputs(_ batch: Int, _ count: Int) -> FloatBuffer {
        var stream = Philox(key: [2, 5]).stream(1)
        return FloatBuffer((0..<batch * count).map { _ in Float(2 * stream.normal()) })
    }

    /// The mean loss of rows in double precision, written from the definitions.
    private func expected(_ loss: Loss, _ rows: [[Double]], _ labels: [Int]) -> Double {
        var sum = 0.0
        for (row, label) in zip(rows, labels) {
            switch loss {
            case .crossEntropy: sum -= log(exp(row[label]) / row.reduce(0) { $0 + exp($1) })
            case .hinge:
                for index in row.indices where index != label { sum += max(0, row[index] - row[label] + 1) }
            case .meanSquaredError:
                for index in row.indices { sum += pow(row[index] - (index == label ? 1 : 0), 2) / Double(row.count) }
            }
        }
        return sum / Double(rows.count)
    }

    @Test(arguments: Loss.standards, [(1, 2), (7, 10), (130, 33)])
    func `values and gradients of class targets`(_ loss: Loss, _ size: (Int, Int)) {
        let (batch, count) = size
        let outputs = outputs(batch, count)
        let labels = ClassLabels((0..<batch).map { ($0 * 7) % count })
        let gradient = FloatBuffer(count: outputs.count)
        let value = loss.evaluate(
            outputs: outputs.pointer, targets: labels.targets, batch: batch, outputCount: count,
            gradient: gradient.pointer, pool: pool)
        var rows = (0..<batch).map { row in outputs.array[row * count..<(row + 1) * count].map(Double.init) }
        let integers = labels.indices
        #expect(abs(value.mean - expected(loss, rows, integers)) < 1e-9 * (1 + value.mean))
        #expect(value.correct == zip(rows, integers).count { $0.firstIndex(of: $0.max()!) == $1 })
        var differences: [Double] = []
        let indices = Array(stride(from: 0, to: outputs.count, by: max(1, outputs.count / 60)))
        for index in indices {
            let (row, column) = (index / count, index % count)
            let middle = rows[row][column]
            rows[row][column] = middle + 1e-6
            let above = expected(loss, rows, integers)
            rows[row][column] = middle - 1e-6
            differences.append((above - expected(loss, rows, integers)) / 2e-6)
            rows[row][column] = middle
        }
        #expect(relativeError(indices.map { gradient.pointer[$0] }, differences) < 1e-4)
    }

    /// The mean loss of rows for shares of the classes, from the definitions.
    private func expected(_ loss: Loss, _ rows: [[Double]], shares: [[Double]]) -> Double {
        var sum = 0.0
        for (row, share) in zip(rows, shares) {
            switch loss {
            case .crossEntropy(let smoothing):
                let partition = row.reduce(0) { $0 + exp($1) }
                for index in row.indices {
                    let target = (1 - smoothing) * share[index] + smoothing / Double(row.count)
                    sum -= target * log(exp(row[index]) / partition)
                }
            case .hinge, .meanSquaredError:
                if loss == .meanSquaredError {
                    for index in row.indices { sum += pow(row[index] - share[index], 2) / Double(row.count) }
                    continue
                }
                for label in row.indices { sum += share[label] * expected(loss, [row], [label]) }
            }
        }
        return sum / Double(rows.count)
    }

    @Test(
        arguments: Loss.standards + [.crossEntropy(labelSmoothing: 0.1)], [(1, 2), (7, 10), (40, 33)])
    func `values and gradients of mixed and of smoothed targets`(_ loss: Loss, _ size: (Int, Int)) {
        let (batch, count) = size
        let outputs = outputs(batch, count)
        var rows = (0..<batch).map { row in outputs.array[row * count..<(row + 1) * count].map(Double.init) }
        let targets = FloatBuffer(count: outputs.count)
        for row in 0..<batch {
            targets.pointer[row * count + row * 7 % count] += 0.75
            targets.pointer[row * count + row * 3 % count] += 0.25
        }
        let shares = (0..<batch).map { row in targets.array[row * count..<(row + 1) * count].map(Double.init) }
        let gradient = FloatBuffer(count: outputs.count)
        let value = withExtendedLifetime(targets) {
            loss.evaluate(
                outputs: outputs.pointer, targets: .probabilities(targets.pointer), batch: batch, outputCount: count,
                gradient: gradient.pointer, pool: pool)
        }
        #expect(abs(value.mean - expected(loss, rows, shares: shares)) < 1e-9 * (1 + value.mean))
        #expect(value.correct == (0..<batch).count { rows[$0].firstIndex(of: rows[$0].max()!) == $0 * 7 % count })
        var differences: [Double] = []
        let indices = Array(stride(from: 0, to: outputs.count, by: max(1, outputs.count / 60)))
        for index in indices {
            let (row, column) = (index / count, index % count)
            let middle = rows[row][column]
            rows[row][column] = middle + 1e-6
            let above = expected(loss, rows, shares: shares)
            rows[row][column] = middle - 1e-6
            differences.append((above - expected(loss, rows, shares: shares)) / 2e-6)
            rows[row][column] = middle
        }
        #expect(relativeError(indices.map { gradient.pointer[$0] }, differences) < 1e-4)
    }

    @Test
    func `smoothed classes are smoothed one-hot rows`() {
        let outputs = outputs(9, 5)
        let labels = ClassLabels((0..<9).map { $0 % 5 })
        let rows = FloatBuffer((0..<45).map { $0 % 5 == $0 / 5 % 5 ? 1 : 0 })
        let (first, second) = (FloatBuffer(count: 45), FloatBuffer(count: 45))
        func evaluate(_ targets: Targets, _ gradient: FloatBuffer) -> LossValue {
            Loss.crossEntropy(labelSmoothing: 0.2).evaluate(
                outputs: outputs.pointer, targets: targets, batch: 9, outputCount: 5, gradient: gradient.pointer,
                pool: pool)
        }
        let values = withExtendedLifetime((labels, rows)) {
            (evaluate(labels.targets, first), evaluate(.probabilities(rows.pointer), second))
        }
        #expect(values.0 == values.1 && first.array == second.array)
    }

    @Test
    func `mean squared error of values`() {
        let gradient = FloatBuffer(count: 4)
        let outputs = FloatBuffer([1, 2, 3, 4])
        let targets = FloatBuffer([1, 1, 5, 4])
        let value = withExtendedLifetime((outputs, targets)) {
            Loss.meanSquaredError.evaluate(
                outputs: outputs.pointer, targets: .values(targets.pointer), batch: 2, outputCount: 2,
                gradient: gradient.pointer, pool: pool)
        }
        #expect(value.mean == 1.25)
        #expect(value.correct == nil && value.accuracy == nil)
        #expect(gradient.array == [0, 0.5, -1, 0])
    }

    @Test(
        arguments: [2, 10, 1_000])
    func `without knowledge cross-entropy is ln C and hinge C - 1, with zero weights exactly`(_ classes: Int) throws {
        let fixture = try NetworkFixture(
            [.linear(Linear(units: classes))], [20], batch: 64, initializer: .zero, biasValue: nil)
        fixture.network.parameters.fill(0)
        let outputs = fixture.forward()
        let labels = ClassLabels((0..<64).map { $0 % classes })
        func mean(_ loss: Loss) -> Double {
            loss.evaluate(
                outputs: outputs, targets: labels.targets, batch: 64, outputCount: classes, gradient: nil, pool: pool
            ).mean
        }
        #expect(abs(mean(.crossEntropy) - log(Double(classes))) < 1e-14)
        #expect(mean(.hinge) == Double(classes - 1))
    }

    @Test(arguments: Loss.standards)
    func `batches of different sizes add up to the exact mean over the set`(_ loss: Loss) {
        let outputs = outputs(100, 10)
        let labels = ClassLabels((0..<100).map { $0 % 10 })
        func evaluate(_ range: Range<Int>) -> LossValue {
            loss.evaluate(
                outputs: outputs.pointer + range.lowerBound * 10, targets: labels.targets(from: range.lowerBound),
                batch: range.count, outputCount: 10, gradient: nil, pool: pool)
        }
        var total = LossValue.none
        for range in [0..<40, 40..<80, 80..<99, 99..<100] { total += evaluate(range) }
        let whole = evaluate(0..<100)
        #expect(abs(total.mean - whole.mean) < 1e-12)
        #expect(total.examples == 100 && total.correct == whole.correct && total.accuracy == whole.accuracy)
        #expect(LossValue.none.mean.isNaN && LossValue.none.accuracy == nil)
    }

    @Test(arguments: Loss.standards)
    func `huge logits stay finite, NaN comes through`(_ loss: Loss) {
        let gradient = FloatBuffer(count: 3)
        let labels = ClassLabels([1])
        func evaluate(_ row: [Float]) -> LossValue {
            loss.evaluate(
                outputs: row, targets: labels.targets, batch: 1, outputCount: 3, gradient: gradient.pointer, pool: pool)
        }
        #expect(evaluate([1e30, -1e30, 0]).mean.isFinite)
        #expect(gradient.array.allSatisfy { $0.isFinite })
        let poisoned = evaluate([.nan, .nan, .nan])
        #expect(poisoned.mean.isNaN && poisoned.correct == 0)
    }
}
