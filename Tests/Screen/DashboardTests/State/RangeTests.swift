import Dashboard
import History
import Runs
import Testing

@Suite("The x range")
struct RangeTests {
    @Test(
        arguments: [
            (0, 3750, 250.0), (1, 3750, 250), (250, 3750, 250), (251, 3750, 500), (500, 3750, 500), (501, 3750, 1000),
            (1000, 3750, 1000), (1001, 3750, 2000), (2001, 3750, 3750), (3750, 3750, 3750), (0, 100, 100),
            (100, 100, 100),
            (260, 300, 300), (900, 0, 1000), (5000, 0, 8000), (320, 300, 320),
        ])
    func `doubles and ends at the plan's end`(reached: Int, planned: Int, end: Double) {
        #expect(RunHistory.rangeEnd(reached: reached, planned: planned) == end)
    }

    @Test
    func `never shrinks and changes only by doubling on the way`() {
        let ends = (0...100_000).map { RunHistory.rangeEnd(reached: $0, planned: 100_000) }
        #expect(zip(ends, ends.dropFirst()).allSatisfy { $0 <= $1 })
        #expect(Set(ends).count == 10)
        #expect(ends.enumerated().allSatisfy { Double($0.offset) <= $0.element })
    }

    @Test
    func `a zoom overrides it`() {
        var state = Desk(step: 500).state
        #expect(state.xRange == 0...500)
        state.view.charts.zoom = 10...20
        #expect(state.xRange == 10...20)
        #expect(state.fittingRange == 0...500)
    }
}
