import NeuralNetworks
import Tensors
import Testing

@Suite struct ClassReportTests {
    // scikit-learn 1.5 gives these for the same labels: confusion_matrix, precision_score and others with average="macro".
    @Test func `confusions are counted by label, then by prediction`() throws {
        let report = try #require(
            ClassReport(MetricFixture.classes([0, 0, 2, 2, 0, 2], labels: [2, 0, 2, 2, 0, 1], of: 3)))
        #expect(report.confusion == [[2, 0, 0], [0, 0, 1], [1, 0, 2]])
        #expect(report.accuracy == 4.0 / 6)
    }

    @Test func `precision, recall and F1 are those of scikit-learn`() throws {
        let report = try #require(
            ClassReport(MetricFixture.classes([0, 2, 1, 0, 0, 1], labels: [0, 1, 2, 0, 1, 2], of: 3)))
        #expect(report.classes.map(\.precision) == [2.0 / 3, 0, 0])
        #expect(report.classes.map(\.recall) == [1, 0, 0])
        #expect(report.classes.map(\.f1) == [0.8, 0, 0])
        #expect(abs(try #require(report.macro(\.precision)) - 0.2222222222222222) < 1e-15)
        #expect(abs(try #require(report.macro(\.recall)) - 0.3333333333333333) < 1e-15)
        #expect(abs(try #require(report.macro(\.f1)) - 0.26666666666666666) < 1e-15)
    }

    @Test func `what is not defined is nil, and classes that never occur are in no mean`() throws {
        let report = try #require(ClassReport(MetricFixture.classes([0, 0], labels: [0, 1], of: 4)))
        #expect(report.classes.map(\.precision) == [0.5, nil, nil, nil])
        #expect(report.classes.map(\.recall) == [1, 0, nil, nil])
        #expect(report.classes.map(\.f1) == [2.0 / 3, 0, nil, nil])
        #expect(report.macro(\.recall) == 0.5)
    }

    @Test func `top-k is that of scikit-learn`() throws {
        let predictions = Predictions(
            outputs: FloatBuffer([0.5, 0.2, 0.2, 0.3, 0.4, 0.2, 0.2, 0.4, 0.3, 0.7, 0.2, 0.1]),
            truth: .classes([0, 1, 2, 2]), width: 3, loss: .hinge, batch: 4, pool: MetricFixture.pool)
        let report = try #require(ClassReport(predictions))
        #expect(report.topK(1) == 0.5)
        #expect(report.topK(2) == 0.75)
        #expect(report.topK(3) == 1)
    }

    @Test(arguments: 1...6 as ClosedRange<UInt64>)
    func `all figures are those of counting one class after the other`(seed: UInt64) throws {
        let (count, width) = (80, 5)
        let drawn = MetricFixture.drawn(count: count, classes: width, seed: seed)
        let report = try #require(
            ClassReport(
                Predictions(
                    outputs: FloatBuffer(drawn.outputs), truth: .classes(drawn.labels), width: width,
                    loss: .crossEntropy,
                    batch: 16, pool: MetricFixture.pool)))
        // Classes by falling output, of equals the first.
        let orders = (0..<count).map { example in
            (0..<width).sorted { first, second in
                let (a, b) = (drawn.outputs[example * width + first], drawn.outputs[example * width + second])
                return a == b ? first < second : a > b
            }
        }
        for k in 1...width {
            let hits = (0..<count).count { orders[$0].prefix(k).contains(Int(drawn.labels[$0])) }
            #expect(report.topK(k) == Double(hits) / Double(count))
        }
        for label in 0..<width {
            let of = Set((0..<count).filter { drawn.labels[$0] == label })
            let taken = Set((0..<count).filter { orders[$0][0] == label })
            let both = Double(of.intersection(taken).count)
            #expect(report.classes[label].precision == (taken.isEmpty ? nil : both / Double(taken.count)))
            #expect(report.classes[label].recall == (of.isEmpty ? nil : both / Double(of.count)))
            #expect(report.classes[label].count == of.count)
        }
        #expect(report.confusion.flatMap { $0 }.reduce(0, +) == count)
    }

    @Test func `the most frequent confusions come first`() throws {
        let report = try #require(
            ClassReport(MetricFixture.classes([1, 1, 0, 2, 2, 2, 1], labels: [0, 0, 1, 1, 1, 1, 1], of: 3)))
        let pairs = report.confusions(2)
        #expect(pairs.map(\.label) == [1, 0])
        #expect(pairs.map(\.predicted) == [2, 1])
        #expect(pairs.map(\.count) == [3, 2])
    }
}
