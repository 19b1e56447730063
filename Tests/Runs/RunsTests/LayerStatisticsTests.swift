import Runs
import Testing

@Suite struct LayerStatisticsTests {
    @Test("Statistics equal themselves although NaN does not")
    func equality() {
        #expect(LayerStatistics.empty == .empty)
        var other = LayerStatistics.empty
        other.mean = 0
        #expect(other != .empty)
    }

    @Test("A histogram knows its counts and their total")
    func histogram() {
        let counts = (0..<64).map { UInt32($0) }
        let histogram = Histogram(low: -1, high: 1, counts: counts)
        #expect(histogram.countList == counts)
        #expect(histogram.total == 2016)
    }
}
