import Charts
import Testing

@Suite("Ticks")
struct TicksTests {
    @Test(
        arguments: [
            (0.0, 1.0, 6, ["0", "0.2", "0.4", "0.6", "0.8", "1.0"]), (0, 1, 3, ["0", "0.5", "1.0"]),
            (0, 3750, 8, ["0", "500", "1,000", "1,500", "2,000", "2,500", "3,000", "3,500"]),
            (0, 3750, 4, ["0", "1,000", "2,000", "3,000"]), (-10, 10, 3, ["-10", "0", "10"]),
            (0, 0.08, 4, ["0", "0.04", "0.08"]), (40, 100, 4, ["40", "60", "80", "100"]),
            (0.98, 1, 3, ["0.98", "0.99", "1.00"]), (0, 0.0004, 3, ["0", "2e-4", "4e-4"]),
            (0, 2e-10, 5, ["0", "5e-11", "1e-10", "1.5e-10", "2e-10"]),
            (0, 1_000_000, 3, ["0", "500,000", "1,000,000"]), (0, 4e12, 3, ["0", "2e12", "4e12"]),
            (0.2, 0.3, 1, ["0.2"]),
        ])
    func `linear ticks step by 1, 2 or 5`(_ low: Double, _ high: Double, _ count: Int, _ expected: [String]) {
        let ticks = Ticks.values(scale: AxisScale(kind: .linear, low: low, high: high), maximumCount: count)
        #expect(ticks.map(\.label) == expected)
    }

    @Test(
        arguments: [
            (0.02, 7.0, 8, ["0.03", "0.1", "0.3", "1", "3"]), (0.02, 7, 4, ["0.1", "1"]),
            (0.1, 10, 3, ["0.1", "1", "10"]), (1e-4, 1e-2, 3, ["1e-4", "1e-3", "1e-2"]),
            (1e-4, 1e-2, 5, ["1e-4", "3e-4", "1e-3", "3e-3", "1e-2"]), (1, 2000, 4, ["1", "10", "100", "1,000"]),
            (1e-30, 1e30, 4, ["1e-20", "1e0", "1e20"]), (0.4, 0.9, 4, ["0.4", "0.6", "0.8"]),
            (1.5, 7, 4, ["2", "5"]),
        ])
    func `logarithmic ticks are 1 and 3 of each decade, or fewer`(
        _ low: Double, _ high: Double, _ count: Int, _ expected: [String]
    ) {
        let ticks = Ticks.values(scale: AxisScale(kind: .logarithmic, low: low, high: high), maximumCount: count)
        #expect(ticks.map(\.label) == expected)
    }

    @Test
    func `values are the decimal numbers of their labels`() {
        let ticks = Ticks.values(scale: AxisScale(kind: .linear, low: 0, high: 0.5), maximumCount: 6)
        #expect(ticks.map(\.value) == [0, 0.1, 0.2, 0.3, 0.4, 0.5])
    }

    @Test(arguments: 0...12)
    func `never more than asked for, always ascending and inside`(_ count: Int) {
        for (low, high) in [(0.0, 1.0), (0.003, 870), (1e-9, 1e9), (5, 5.5), (-3, 12), (99, 101)] {
            for kind in AxisScale.Kind.allForTests {
                let ticks = Ticks.values(scale: AxisScale(kind: kind, low: low, high: high), maximumCount: count)
                #expect(ticks.count <= count)
                #expect(zip(ticks, ticks.dropFirst()).allSatisfy { $0.value < $1.value })
                #expect(ticks.allSatisfy { $0.value >= low - 1e-9 && $0.value <= high * (1 + 1e-9) })
                #expect(Set(ticks.map(\.label)).count == ticks.count)
            }
        }
    }

    @Test
    func `a suffix follows every label and a width chooses the notation`() {
        let percent = Ticks.values(scale: AxisScale(kind: .linear, low: 0, high: 100), maximumCount: 3, suffix: " %")
        #expect(percent.map(\.label) == ["0 %", "50 %", "100 %"])
        let steps = AxisScale(kind: .linear, low: 0, high: 100_000)
        #expect(Ticks.values(scale: steps, maximumCount: 3, labelWidth: 5).map(\.label) == ["0", "5e4", "1e5"])
    }

    @Test
    func `a useless scale has no ticks`() {
        #expect(Ticks.values(scale: AxisScale(kind: .linear, low: 1, high: 1), maximumCount: 4).isEmpty)
        #expect(Ticks.values(scale: AxisScale(kind: .logarithmic, low: -1, high: 1), maximumCount: 4).isEmpty)
        #expect(Ticks.values(scale: AxisScale(kind: .linear, low: 0, high: 1), maximumCount: -3).isEmpty)
        #expect(Ticks.values(scale: AxisScale(kind: .linear, low: 1e30, high: 1e30 + 1e15), maximumCount: 4).isEmpty)
    }

    @Test
    func `one tick for every two rows`() {
        #expect([0, 1, 2, 7, 8, 17].map(Ticks.maximumCount(rows:)) == [0, 1, 1, 4, 4, 9])
    }
}
