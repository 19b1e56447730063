import Foundation
import NeuralNetworks
import Tensors
import Testing

@Suite struct PredictionsTests {
    @Test func `the probabilities are the softmax of the outputs`() {
        let predictions = MetricFixture.probabilities([[0.2, 0.3, 0.5], [0.1, 0.6, 0.3]], labels: [2, 0])
        for (score, due) in zip(predictions.scores, [0.2, 0.3, 0.5, 0.1, 0.6, 0.3]) {
            #expect(abs(Double(score) - due) < 1e-6)
        }
        #expect(predictions.predicted(0) == 2)
        #expect(predictions.predicted(1) == 1)
    }

    @Test func `the loss of an example is what the definition says`() {
        let predictions = MetricFixture.probabilities([[0.2, 0.3, 0.5], [0.1, 0.6, 0.3]], labels: [2, 0])
        #expect(abs(predictions.losses[0] + log(0.5)) < 1e-6)
        #expect(abs(predictions.losses[1] + log(0.1)) < 1e-6)
    }

    @Test(arguments: Loss.standards, [1, 7, 256])
    func `the loss of all is the mean of their losses`(_ loss: Loss, batch: Int) {
        let drawn = MetricFixture.drawn(count: 100, classes: 6, seed: 4)
        let predictions = Predictions(
            outputs: FloatBuffer(drawn.outputs), truth: .classes(drawn.labels), width: 6, loss: loss, batch: batch,
            pool: MetricFixture.pool)
        let mean = predictions.losses.reduce(0, +) / 100
        #expect(abs(predictions.loss.mean - mean) < 1e-9 * (1 + mean))
    }

    @Test func `the bits do not depend on the number of threads`() {
        let drawn = MetricFixture.drawn(count: 3_000, classes: 12, seed: 9)
        let all = [1, 2, 5].map { threads in
            Predictions(
                outputs: FloatBuffer(drawn.outputs), truth: .classes(drawn.labels), width: 12, loss: .crossEntropy,
                batch: 700, pool: WorkerPool(threadCount: threads))
        }
        for other in all.dropFirst() {
            #expect(other.loss.sum.bitPattern == all[0].loss.sum.bitPattern)
            #expect(other.losses.map(\.bitPattern) == all[0].losses.map(\.bitPattern))
            #expect(other.scores.map(\.bitPattern) == all[0].scores.map(\.bitPattern))
        }
    }

    @Test func `the worst cost most, and of equals the first comes first`() {
        let predictions = MetricFixture.probabilities(
            [[0.9, 0.1], [0.2, 0.8], [0.5, 0.5], [0.2, 0.8], [0.4, 0.6]], labels: [0, 0, 0, 0, 0])
        #expect(predictions.worst(3) == [1, 3, 4])
        #expect(predictions.worst(100) == [1, 3, 4, 2, 0])
        #expect(predictions.worst(0).isEmpty)
    }

    @Test func `outputs that are no numbers predict nothing and are worst of all`() {
        let predictions = Predictions(
            outputs: FloatBuffer([5, 0, .nan, 1, 0, 3]), truth: .classes([0, 1, 0]), width: 2, loss: .crossEntropy,
            batch: 8, pool: MetricFixture.pool)
        #expect(predictions.predicted(1) == nil)
        #expect(predictions.worst(1) == [1])
        #expect(predictions.notFinite == 1)
        #expect(ClassReport(predictions)?.count == 3)
        #expect(ClassReport(predictions)?.confusion == [[1, 1], [0, 0]])
        #expect(ClassReport(predictions).map { $0.accuracy } == 1.0 / 3)
    }
}
