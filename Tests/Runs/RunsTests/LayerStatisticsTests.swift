import Runs
import Testing

@Suite struct LayerStatisticsTests {
    @Test
    func `statistics equal themselves although NaN does not`() {
        #expect(LayerStatistics.empty == .empty)
        var other = LayerStatistics.empty
        other.mean = 0
        #expect(other != .empty)
    }

    @Test
    func `a histogram knows its counts and their total`() {
        let counts = (0..<64).map { UInt32($0) }
        let histogram = Histogram(low: -1, high: 1, counts: counts)
        #expect(histogram.countList == counts)
        #expect(histogram.total == 2016)
    }
}
