import NeuralNetworks
import Testing

@Suite struct RegressionReportTests {
    // scikit-learn's own examples of mean_squared_error, mean_absolute_error and r2_score.
    @Test func `one output has the figures of scikit-learn`() throws {
        let report = try #require(
            RegressionReport(MetricFixture.numbers([[2.5], [0], [2], [8]], [[3], [-0.5], [2], [7]])))
        #expect(abs(report.rootMeanSquaredError - 0.6123724356957945) < 1e-12)
        #expect(abs(report.meanAbsoluteError - 0.5) < 1e-12)
        #expect(abs(try #require(report.determination) - 0.9486081370449679) < 1e-12)
    }

    @Test func `of several outputs the mean counts`() throws {
        let report = try #require(
            RegressionReport(MetricFixture.numbers([[0, 2], [-1, 2], [8, -5]], [[0.5, 1], [-1, 1], [7, -6]])))
        #expect(abs(report.rootMeanSquaredError * report.rootMeanSquaredError - 0.7083333333333334) < 1e-12)
        #expect(abs(report.meanAbsoluteError - 0.75) < 1e-12)
        // 1 - 1.25 / 36.1667 and 1 - 3 / 32.6667
        #expect(abs(try #require(report.outputs[0].determination) - 0.9654377880184332) < 1e-12)
        #expect(abs(try #require(report.outputs[1].determination) - 0.9081632653061225) < 1e-12)
        #expect(abs(try #require(report.determination) - 0.9368005266622779) < 1e-12)
    }

    @Test func `targets that are all the same have no share to explain`() throws {
        let report = try #require(RegressionReport(MetricFixture.numbers([[1], [2]], [[3], [3]])))
        #expect(report.determination == nil)
        #expect(abs(report.meanAbsoluteError - 1.5) < 1e-12)
    }

    @Test func `classes have no such figures`() {
        #expect(RegressionReport(MetricFixture.classes([0], labels: [0], of: 2)) == nil)
    }
}
