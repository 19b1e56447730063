import Datasets
import Foundation
import Tensors
import Testing

@Suite struct PreprocessingTests {
    /// Two examples of two channels with two numbers each; the last feature is constant.
    private func examples() -> Dataset {
        Dataset(
            name: "two", inputs: FloatBuffer([1, 2, 10, 5, 3, 6, 30, 5]), inputShape: [2, 2],
            targets: .classes([0, 1], classCount: 2))
    }

    private func applied(_ steps: Preprocessing...) throws -> [Float] {
        let dataset = examples()
        return try dataset.preparing(by: FittedPreprocessing.fit(steps, on: dataset)).preparedAlone.inputs.array
    }

    @Test func `zero mean subtracts the mean image`() throws {
        #expect(try applied(.zeroMean()) == [-1, -2, -10, 0, 1, 2, 10, 0])
    }

    @Test func `zero mean of all`() throws {
        // 62 / 8 = 7.75
        #expect(try applied(.zeroMean(.all)) == [-6.75, -5.75, 2.25, -2.75, -4.75, -1.75, 22.25, -2.75])
    }

    @Test func `zero mean of channels`() throws {
        // 12 / 4 and 50 / 4
        #expect(try applied(.zeroMean(.channels)) == [-2, -1, -2.5, -7.5, 0, 3, 17.5, -7.5])
    }

    @Test func `standardize per feature counts a deviation of zero as one`() throws {
        #expect(try applied(.standardize()) == [-1, -1, -1, 0, 1, 1, 1, 0])
    }

    @Test func `standardize of channels`() throws {
        // Population variances: (4 + 1 + 0 + 9) / 4 = 3.5 and (6.25 + 56.25 + 306.25 + 56.25) / 4 = 106.25.
        let first = [-2.0, -1, 0, 3].map { $0 / 3.5.squareRoot() }
        let second = [-2.5, -7.5, 17.5, -7.5].map { $0 / 106.25.squareRoot() }
        let expected = first + second
        let values = try applied(.standardize(.channels))
        let channelByChannel = [0, 1, 4, 5, 2, 3, 6, 7].map { Double(values[$0]) }
        #expect(zip(channelByChannel, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func `standardize of all has mean zero and deviation one`() throws {
        let values = try applied(.standardize(.all)).map(Double.init)
        #expect(abs(values.reduce(0, +)) < 1e-6)
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 8 - 1) < 1e-6)
    }

    /// Sums in single precision would lose everything here.
    @Test func `sums are double`() throws {
        let count = 1 << 20
        let inputs = FloatBuffer((0..<count).map { 1000 + Float($0 % 2) })
        let dataset = Dataset(
            name: "many", inputs: inputs, inputShape: [1],
            targets: .classes([Int32](repeating: 0, count: count), classCount: 1))
        let fitted = try FittedPreprocessing(.standardize(), fittedOn: dataset)
        #expect(fitted.means == [1000.5])
        #expect(fitted.standardDeviations == [0.5])
    }

    @Test func `constant whose mean is rounded stays constant`() throws {
        let inputs = FloatBuffer([Float](repeating: 0.1, count: 3000))
        let dataset = Dataset(
            name: "flat", inputs: inputs, inputShape: [1],
            targets: .classes([Int32](repeating: 0, count: 3000), classCount: 1))
        #expect(try FittedPreprocessing(.standardize(), fittedOn: dataset).standardDeviations == [1])
    }

    @Test func `validation is shifted by the training sets numbers`() throws {
        let (training, validation) = (examples(), examples())
        validation.inputs.fill(5)
        let fitted = try FittedPreprocessing.fit([.zeroMean()], on: training)
        let prepared = validation.preparing(by: fitted).preparedAlone
        #expect(prepared.inputs.array == [3, 1, -15, 0, 3, 1, -15, 0])
    }

    @Test func `later steps are fitted on what earlier ones left`() throws {
        let fitted = try FittedPreprocessing.fit([.zeroMean(), .standardize()], on: examples())
        #expect(fitted[1].means == [0, 0, 0, 0])
    }

    @Test func `numbers survive the run directory`() throws {
        let fitted = try FittedPreprocessing(.standardize(.channels), fittedOn: examples())
        let copy = try JSONDecoder().decode(FittedPreprocessing.self, from: JSONEncoder().encode(fitted))
        #expect(copy == fitted)
    }
}

extension Dataset {
    /// Prepared on one thread.
    var preparedAlone: Dataset {
        let pool = WorkerPool(threadCount: 1)
        defer { pool.close() }
        return prepared(pool: pool)
    }
}
