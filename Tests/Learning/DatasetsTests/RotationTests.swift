import Datasets
import Tensors
import Testing

@Suite struct RotationTests {
    /// Examples of eight features that hang together, with variances from about 100 down to 0.01.
    private func examples(count: Int = 700, seed: UInt64 = 1) -> Dataset {
        var random = Philox(seed: seed, purpose: .generatedData).stream(0)
        let inputs = FloatBuffer(count: count * 8)
        for example in 0..<count {
            let hidden = (0..<8).map { random.normal() * [10, 5, 2, 1, 0.5, 0.3, 0.2, 0.1][$0] }
            for feature in 0..<8 {
                var sum = Double(feature)
                for axis in 0..<8 { sum += hidden[axis] * Double((feature * 5 + axis * 3) % 7 - 3) / 4 }
                inputs.pointer[example * 8 + feature] = Float(sum + 0.1 * random.normal())
            }
        }
        return Dataset(
            name: "cloud", inputs: inputs, inputShape: [2, 2, 2],
            targets: .classes([Int32](repeating: 0, count: count), classCount: 1))
    }

    /// Mean and covariance in double precision, by the book.
    private func moments(_ dataset: Dataset) -> (mean: [Double], covariance: [[Double]]) {
        let length = dataset.inputShape.count
        let rows = (0..<dataset.count).map { row in
            (0..<length).map { Double(dataset.inputs.pointer[row * length + $0]) }
        }
        let count = Double(rows.count)
        let mean = (0..<length).map { feature in rows.reduce(0) { $0 + $1[feature] } / count }
        let covariance = (0..<length).map { one in
            (0..<length).map { other in
                rows.reduce(0) { $0 + ($1[one] - mean[one]) * ($1[other] - mean[other]) } / count
            }
        }
        return (mean, covariance)
    }

    private func prepared(_ steps: [Preprocessing], _ dataset: Dataset) throws -> Dataset {
        try dataset.preparing(by: FittedPreprocessing.fit(steps, on: dataset)).preparedAlone
    }

    @Test func `pca makes the covariance diagonal`() throws {
        let dataset = examples()
        let trace = moments(dataset).covariance.indices.reduce(0) { $0 + moments(dataset).covariance[$1][$1] }
        let (mean, covariance) = moments(try prepared([.pca()], dataset))
        for one in 0..<8 {
            #expect(abs(mean[one]) < 1e-5)
            for other in 0..<8 where other != one { #expect(abs(covariance[one][other]) < 1e-3) }
            if one > 0 { #expect(covariance[one][one] <= covariance[one - 1][one - 1]) }
        }
        // Rotations keep lengths.
        #expect(abs(covariance.indices.reduce(0) { $0 + covariance[$1][$1] } - trace) < 1e-4 * trace)
    }

    @Test func `whitening makes the covariance the identity`() throws {
        let (_, covariance) = moments(try prepared([.whiten()], examples()))
        for one in 0..<8 {
            for other in 0..<8 { #expect(abs(covariance[one][other] - (one == other ? 1 : 0)) < 1e-3) }
        }
    }

    @Test func `an axis below the floor stays small`() throws {
        let inputs = FloatBuffer((0..<200).flatMap { [Float($0 % 2), 5, Float($0 % 2)] })
        let dataset = Dataset(
            name: "flat", inputs: inputs, inputShape: [3],
            targets: .classes([Int32](repeating: 0, count: 200), classCount: 1))
        let whitened = try prepared([.whiten()], dataset)
        #expect(whitened.inputs.array.allSatisfy { $0.isFinite })
        let (_, covariance) = moments(whitened)
        #expect(abs(covariance[0][0] - 1) < 1e-3 && covariance[1][1] < 1e-3 && covariance[2][2] < 1e-3)
    }

    /// Two features, x2 = 2 x1: the axes are (1, 2) and (2, -1) over the root of 5.
    @Test func `the axes of a line are known`() throws {
        let dataset = Dataset(
            name: "line", inputs: FloatBuffer([-1, -2, 0, 0, 1, 2]), inputShape: [2],
            targets: .classes([0, 0, 0], classCount: 1))
        let fitted = try FittedPreprocessing(.pca(), fittedOn: dataset)
        let expected = [1, 2, 2, -1].map { Float($0 / 5.0.squareRoot()) }
        #expect(zip(fitted.matrix, expected).allSatisfy { abs($0 - $1) < 1e-6 })
        let turned = try prepared([.pca(components: 1)], dataset).inputs.array
        let root = Float(5.0.squareRoot())
        #expect(zip(turned, [-root, 0, root]).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `some components are the first of all`() throws {
        let dataset = examples()
        let all = try prepared([.pca()], dataset)
        let some = try prepared([.pca(components: 3)], dataset)
        #expect(all.inputShape == [2, 2, 2] && some.inputShape == [3])
        for row in 0..<dataset.count {
            for axis in 0..<3 {
                let (one, other) = (some.inputs.pointer[row * 3 + axis], all.inputs.pointer[row * 8 + axis])
                #expect(abs(one - other) <= 1e-4 * (1 + abs(other)))
            }
        }
    }

    @Test func `steps after a rotation see its shape`() throws {
        let dataset = try prepared([.standardize(), .pca(components: 4), .standardize()], examples())
        let (mean, covariance) = moments(dataset)
        for axis in 0..<4 { #expect(abs(mean[axis]) < 1e-5 && abs(covariance[axis][axis] - 1) < 1e-4) }
    }

    @Test func `more components than features are refused`() {
        #expect(throws: DatasetError("preprocessing", "9 components of 8 features; 1...8 are due")) {
            try FittedPreprocessing(.pca(components: 9), fittedOn: examples(count: 20))
        }
    }
}
