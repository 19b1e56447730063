import Datasets
import Tensors
import Testing

/// Ten examples of two features: example i is (i, -i), its class i % 3.
func tenExamples() -> Dataset {
    Dataset(
        name: "ten", inputs: FloatBuffer((0..<10).flatMap { [Float($0), -Float($0)] }), inputShape: [2],
        targets: .classes((0..<10).map { Int32($0 % 3) }, classCount: 3))
}

@Suite struct BatchOrderTests {
    private let order = BatchOrder(seed: 1, count: 100)

    @Test func `each epoch holds each example once`() {
        #expect(order.permutation(epoch: 3).sorted() == (0..<100).map(Int32.init))
    }

    @Test func `epochs differ`() {
        #expect(order.permutation(epoch: 0) != order.permutation(epoch: 1))
    }

    @Test func `seeds differ`() {
        let other = BatchOrder(seed: 2, count: 100)
        #expect(order.permutation(epoch: 0) != other.permutation(epoch: 0))
    }

    @Test func `order is a function of seed and epoch`() {
        var memory: [Int32] = [9, 9, 9]
        order.fill(&memory, epoch: 5)
        #expect(memory == BatchOrder(seed: 1, count: 100).permutation(epoch: 5))
    }

    @Test func `without shuffling the files order stays`() {
        let plain = BatchOrder(seed: 1, count: 5, shuffle: false)
        #expect(plain.permutation(epoch: 4) == [0, 1, 2, 3, 4])
    }

    /// Each of the 24 orders of four examples should come up about equally often: chi squared, 23 degrees of freedom.
    @Test func `orders are equally likely`() {
        let order = BatchOrder(seed: 11, count: 4)
        var counts: [[Int32]: Double] = [:]
        for epoch in 0..<4800 { counts[order.permutation(epoch: epoch), default: 0] += 1 }
        let chiSquared = counts.values.reduce(0) { $0 + ($1 - 200) * ($1 - 200) / 200 }
        #expect(counts.count == 24)
        // The upper 0.1 % point.
        #expect(chiSquared < 49.7)
    }
}

@Suite struct TargetCopyTests {
    private let indices: [Int32] = [7, 0, 7]

    @Test func `copies classes`() {
        var classes: [Int32] = [9, 9, 9]
        indices.withUnsafeBufferPointer { tenExamples().copyClasses(of: $0, to: &classes) }
        #expect(classes == [1, 0, 1])
    }

    @Test func `copies numbers to predict`() {
        let values = FloatBuffer((0..<30).map(Float.init))
        let dataset = Dataset(
            name: "values", inputs: FloatBuffer(count: 10), inputShape: [1], targets: .values(values, [3]))
        let target = FloatBuffer(count: 9)
        indices.withUnsafeBufferPointer { dataset.copyValues(of: $0, to: target.pointer) }
        #expect(target.array == [21, 22, 23, 0, 1, 2, 21, 22, 23])
    }
}

@Suite struct ValidationSplitTests {
    @Test func `parts cover everything once`() throws {
        let parts = try ValidationSplit(fraction: 0.2, seed: 1).indices(count: 101)
        #expect((parts.training + parts.validation).sorted() == Array(0..<101))
        #expect(parts.validation.count == 20)
    }

    @Test func `seed decides`() throws {
        let one = try ValidationSplit(fraction: 0.2, seed: 1).indices(count: 100)
        let again = try ValidationSplit(fraction: 0.2, seed: 1).indices(count: 100)
        let two = try ValidationSplit(fraction: 0.2, seed: 2).indices(count: 100)
        #expect(one.validation == again.validation)
        #expect(one.validation != two.validation)
    }

    @Test func `without shuffling the tail is held out`() throws {
        let parts = try ValidationSplit(fraction: 0.3, seed: 1, shuffle: false).split(tenExamples())
        #expect(parts.training.inputs.array.prefix(3) == [0, 0, 1])
        #expect(parts.validation.inputs.array == [7, -7, 8, -8, 9, -9])
        guard case .classes(let classes, let count) = parts.validation.targets else { return }
        #expect(classes == [1, 2, 0])
        #expect(count == 3)
    }

    @Test(arguments: [(0.01, 2), (0.99, 2), (0.5, 3)])
    func `neither part is empty`(fraction: Double, count: Int) throws {
        let parts = try ValidationSplit(fraction: fraction, seed: 1).indices(count: count)
        #expect(!parts.training.isEmpty && !parts.validation.isEmpty)
    }

    @Test(arguments: [0, 1, -0.1, 1.5, Double.nan])
    func `fraction lies between zero and one`(fraction: Double) {
        #expect(throws: DatasetError("validation", "a fraction lies between 0 and 1, not \(fraction)")) {
            try ValidationSplit(fraction: fraction, seed: 1).indices(count: 10)
        }
    }

    @Test func `one example cannot be split`() {
        #expect(throws: DatasetError.self) { try ValidationSplit(fraction: 0.5, seed: 1).indices(count: 1) }
    }
}
