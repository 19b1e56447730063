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

    private func applied(_ preprocessing: Preprocessing) -> [Float] {
        let dataset = examples()
        FittedPreprocessing(preprocessing, fittedOn: dataset).apply(to: dataset)
        return dataset.inputs.array
    }

    @Test func zeroMeanSubtractsTheMeanImage() {
        #expect(applied(.zeroMean()) == [-1, -2, -10, 0, 1, 2, 10, 0])
    }

    @Test func zeroMeanOfAll() {
        // 62 / 8 = 7.75
        #expect(applied(.zeroMean(.all)) == [-6.75, -5.75, 2.25, -2.75, -4.75, -1.75, 22.25, -2.75])
    }

    @Test func zeroMeanOfChannels() {
        // 12 / 4 and 50 / 4
        #expect(applied(.zeroMean(.channels)) == [-2, -1, -2.5, -7.5, 0, 3, 17.5, -7.5])
    }

    @Test func standardizePerFeatureCountsADeviationOfZeroAsOne() {
        #expect(applied(.standardize()) == [-1, -1, -1, 0, 1, 1, 1, 0])
    }

    @Test func standardizeOfChannels() {
        // Population variances: (4 + 1 + 0 + 9) / 4 = 3.5 and (6.25 + 56.25 + 306.25 + 56.25) / 4 = 106.25.
        let first = [-2.0, -1, 0, 3].map { $0 / 3.5.squareRoot() }
        let second = [-2.5, -7.5, 17.5, -7.5].map { $0 / 106.25.squareRoot() }
        let expected = first + second
        let values = applied(.standardize(.channels))
        let channelByChannel = [0, 1, 4, 5, 2, 3, 6, 7].map { Double(values[$0]) }
        #expect(zip(channelByChannel, expected).allSatisfy { abs($0 - $1) < 1e-6 })
    }

    @Test func standardizeOfAllHasMeanZeroAndDeviationOne() {
        let values = applied(.standardize(.all)).map(Double.init)
        #expect(abs(values.reduce(0, +)) < 1e-6)
        #expect(abs(values.reduce(0) { $0 + $1 * $1 } / 8 - 1) < 1e-6)
    }

    /// Sums in single precision would lose everything here.
    @Test func sumsAreDouble() {
        let count = 1 << 20
        let inputs = FloatBuffer((0..<count).map { 1000 + Float($0 % 2) })
        let dataset = Dataset(
            name: "many", inputs: inputs, inputShape: [1],
            targets: .classes([Int32](repeating: 0, count: count), classCount: 1))
        let fitted = FittedPreprocessing(.standardize(), fittedOn: dataset)
        #expect(fitted.means == [1000.5])
        #expect(fitted.standardDeviations == [0.5])
    }

    @Test func constantWhoseMeanIsRoundedStaysConstant() {
        let inputs = FloatBuffer([Float](repeating: 0.1, count: 3000))
        let dataset = Dataset(
            name: "flat", inputs: inputs, inputShape: [1],
            targets: .classes([Int32](repeating: 0, count: 3000), classCount: 1))
        #expect(FittedPreprocessing(.standardize(), fittedOn: dataset).standardDeviations == [1])
    }

    @Test func validationIsShiftedByTheTrainingSetsNumbers() {
        let (training, validation) = (examples(), examples())
        validation.inputs.fill(5)
        _ = FittedPreprocessing.fitAndApply([.zeroMean()], training: training, others: [validation])
        #expect(validation.inputs.array == [3, 1, -15, 0, 3, 1, -15, 0])
    }

    @Test func laterStepsAreFittedOnWhatEarlierOnesLeft() {
        let fitted = FittedPreprocessing.fitAndApply([.zeroMean(), .standardize()], training: examples())
        #expect(fitted[1].means == [0, 0, 0, 0])
    }

    @Test func numbersSurviveTheRunDirectory() throws {
        let fitted = FittedPreprocessing(.standardize(.channels), fittedOn: examples())
        let copy = try JSONDecoder().decode(FittedPreprocessing.self, from: JSONEncoder().encode(fitted))
        #expect(copy == fitted)
    }
}
