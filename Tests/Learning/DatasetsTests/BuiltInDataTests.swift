import Datasets
import Foundation
import Tensors
import Testing

@Suite struct BuiltInDataTests {
    private func labels(_ dataset: Dataset) -> [Int32] {
        guard case .classes(let labels, _) = dataset.targets else { return [] }
        return labels
    }

    @Test func `digits depend on seed and place alone`() {
        let few = BuiltInData.digits(count: 20, seed: 5)
        let many = BuiltInData.digits(count: 60, seed: 5)
        #expect(many.inputs.array.prefix(20 * 784) == few.inputs.array[...])
        #expect(labels(many).prefix(20) == labels(few)[...])
        #expect(BuiltInData.digits(count: 20, seed: 6).inputs.array != few.inputs.array)
    }

    @Test(arguments: [2, 3])
    func `digits are the same on any number of threads`(threads: Int) {
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        let alone = BuiltInData.digits(count: 500, seed: 1)
        let together = BuiltInData.digits(count: 500, seed: 1, pool: pool)
        #expect(alone.inputs.array == together.inputs.array)
        #expect(labels(alone) == labels(together))
    }

    @Test func `digits are grey pictures of all classes`() {
        let digits = BuiltInData.digits(count: 500, seed: 1)
        #expect(digits.inputShape == [1, 28, 28])
        #expect(digits.classCount == 10)
        #expect(Set(labels(digits)) == Set(0..<10))
        #expect(digits.inputs.array.allSatisfy { $0 >= 0 && $0 <= 1 })
    }

    @Test func `no digits are no pictures`() {
        #expect(BuiltInData.digits(count: 0, seed: 1).count == 0)
    }

    /// The demo should reward a network: softmax regression on as many pictures stays below 90 %.
    @Test func `linear model stays below ninety percent on digits`() {
        var model = SoftmaxRegression(features: 784, classes: 10)
        let pool = WorkerPool(threadCount: 2)
        defer { pool.close() }
        let training = BuiltInData.digits(seed: 1, pool: pool)
        let held = BuiltInData.digits(count: 2000, seed: 2, pool: pool)
        for epoch in 0..<8 {
            model.train(training.inputs, labels(training), rate: 0.02 / Float(1 + epoch))
        }
        let accuracy = model.accuracy(held.inputs, labels(held))
        #expect(accuracy > 0.7)
        #expect(accuracy < 0.9)
    }

    @Test func `spirals wind around the origin`() {
        let spirals = BuiltInData.spirals(count: 900, classes: 3, noise: 0, turns: 0.5, seed: 3)
        let inputs = spirals.inputs.values
        for example in 0..<900 {
            let (x, y) = (Double(inputs[2 * example]), Double(inputs[2 * example + 1]))
            let radius = (x * x + y * y).squareRoot()
            let angle = 2 * Double.pi * (radius * 0.5 + Double(example % 3) / 3)
            #expect(abs(x - radius * cos(angle)) < 1e-5 && abs(y - radius * sin(angle)) < 1e-5 && radius <= 1)
        }
        #expect(labels(spirals).prefix(4) == [0, 1, 2, 0])
    }

    @Test func `random numbers are normal and labels are drawn`() {
        let random = BuiltInData.random(count: 2000, shape: [2, 3, 4], classes: 5, seed: 3)
        #expect(random.inputShape == [2, 3, 4] && random.classCount == 5)
        let values = random.inputs.array.map(Double.init)
        let mean = values.reduce(0, +) / 48_000
        let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 48_000
        // Five standard errors.
        #expect(abs(mean) < 5 / 48_000.0.squareRoot())
        #expect(abs(variance - 1) < 5 * (2 / 48_000.0).squareRoot())
        for label in 0..<5 {
            let count = Double(labels(random).count { $0 == label })
            #expect(abs(count - 400) < 5 * 320.0.squareRoot())
        }
    }

    @Test(arguments: [2, 3])
    func `random numbers depend on seed and place alone`(threads: Int) {
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        let alone = BuiltInData.random(count: 300, shape: [7], seed: 1)
        let together = BuiltInData.random(count: 500, shape: [7], seed: 1, pool: pool)
        #expect(together.inputs.array.prefix(300 * 7) == alone.inputs.array[...])
        #expect(labels(together).prefix(300) == labels(alone)[...])
        #expect(BuiltInData.random(count: 300, shape: [7], seed: 2).inputs.array != alone.inputs.array)
    }

    @Test func `blobs spread around their centers`() {
        let blobs = BuiltInData.blobs(count: 8000, classes: 2, features: 3, spread: 0.5, seed: 3)
        for label in 0..<2 {
            for feature in 0..<3 {
                let values = stride(from: label, to: 8000, by: 2).map { Double(blobs.inputs.pointer[$0 * 3 + feature]) }
                let mean = values.reduce(0, +) / 4000
                let deviation = (values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 4000).squareRoot()
                #expect(abs(mean) <= 10.1)
                // Five standard errors of a deviation from 4,000 examples.
                #expect(abs(deviation - 0.5) < 5 * 0.5 / 8000.0.squareRoot())
            }
        }
    }

    @Test func `points depend on seed and place alone`() {
        let (few, many) = (BuiltInData.spirals(count: 10, seed: 1), BuiltInData.spirals(count: 30, seed: 1))
        #expect(many.inputs.array.prefix(20) == few.inputs.array[...])
        let (small, large) = (BuiltInData.blobs(count: 10, seed: 1), BuiltInData.blobs(count: 30, seed: 1))
        #expect(large.inputs.array.prefix(20) == small.inputs.array[...])
    }
}
