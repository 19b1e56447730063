import NeuralNetworks
import Tensors
import Testing

@Suite struct CalibrationTests {
    /// Right with 0.95, wrong with 0.85, both of 0.65 and 0.62 right.
    private let predictions = MetricFixture.probabilities(
        [[0.95, 0.05], [0.85, 0.15], [0.35, 0.65], [0.62, 0.38]], labels: [0, 1, 1, 0])

    @Test func `the expected error weighs the bins by their examples`() throws {
        let calibration = try #require(Calibration(predictions, bins: 10))
        // (0.05 + 0.85 + 2 (1 - 0.635)) / 4
        #expect(abs(calibration.expectedError - 0.4075) < 1e-6)
        #expect(abs(calibration.maximumError - 0.85) < 1e-6)
    }

    @Test func `an example is in the bin of its probability`() throws {
        let calibration = try #require(Calibration(predictions, bins: 10))
        #expect(calibration.bins.map(\.count) == [0, 0, 0, 0, 0, 0, 2, 0, 1, 1])
        let bin = calibration.bins[6]
        #expect(abs(try #require(bin.confidence) - 0.635) < 1e-6)
        #expect(bin.accuracy == 1)
        #expect(calibration.bins[0].confidence == nil)
    }

    @Test func `in a single bin the error is the distance of accuracy and mean probability`() throws {
        let calibration = try #require(Calibration(predictions, bins: 1))
        #expect(abs(calibration.expectedError - abs(0.75 - (0.95 + 0.85 + 0.65 + 0.62) / 4)) < 1e-6)
    }

    @Test func `certainty is in the last bin`() throws {
        let certain = Predictions(
            outputs: FloatBuffer([200, 0]), truth: .classes([0]), width: 2, loss: .crossEntropy, batch: 1,
            pool: MetricFixture.pool)
        let calibration = try #require(Calibration(certain, bins: 15))
        #expect(calibration.bins.last?.count == 1)
        #expect(calibration.expectedError == 0)
    }

    @Test func `scores that are no probabilities have none`() {
        #expect(Calibration(MetricFixture.classes([0], labels: [0], of: 2)) == nil)
        #expect(Calibration(MetricFixture.numbers([[1]], [[2]])) == nil)
    }
}
