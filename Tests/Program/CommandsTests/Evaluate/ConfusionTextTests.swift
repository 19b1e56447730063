import Commands
import NeuralNetworks
import Tensors
import Testing

@Suite struct ConfusionTextTests {
    private func report(_ predicted: [Int], _ labels: [Int32], classes: Int) throws -> ClassReport {
        let rows = predicted.flatMap { predicted in (0..<classes).map { $0 == predicted ? Float(1) : 0 } }
        return try #require(
            ClassReport(
                Predictions(
                    outputs: FloatBuffer(rows), truth: .classes(labels), width: classes, loss: .hinge, batch: 64,
                    pool: WorkerPool(threadCount: 1))))
    }

    @Test func `in ASCII a sign beside each count says its share`() throws {
        let report = try report([0, 0, 0, 1, 1, 0], [0, 0, 0, 0, 1, 1], classes: 2)
        let text = ConfusionText(report, name: { ["cat", "dog"][$0] }, Brush(colors: nil, isASCII: true))
        #expect(
            text.lines == [
                "confusions: a row for each label, a column for each prediction",
                "    cat dog", "cat   3#  1:", "dog   1+  1+",
            ])
    }

    @Test func `what does not fit is left to a list`() throws {
        let report = try report([0], [0], classes: 60)
        #expect(ConfusionText(report, name: { "\($0)" }, Brush(colors: nil, isASCII: true, width: 80)).lines == nil)
    }
}
