import Testing
import Training

/// Throughput over about the last second.
@Suite struct SpeedometerTests {
    @Test func `nothing yet is zero`() {
        #expect(Speedometer().samplesPerSecond == 0)
    }

    @Test func `even steps give their speed`() {
        var meter = Speedometer()
        for _ in 0..<100 { meter.add(samples: 32, seconds: 0.01) }
        #expect(abs(meter.samplesPerSecond - 3200) < 1e-6)
    }

    @Test func `a step that took no time is no division by zero`() {
        var meter = Speedometer()
        meter.add(samples: 32, seconds: 0)
        #expect(meter.samplesPerSecond == 0)
    }

    /// Which of these steps count as held up.
    private func heldUp(_ seconds: [Double]) -> [Int] {
        var steps = UsualStep()
        return seconds.indices.filter { !steps.take(seconds: seconds[$0]) }
    }

    @Test func `a step that was held up is told from a slow one`() {
        let even = [Double](repeating: 0.01, count: 20)
        #expect(heldUp(even + [60] + even) == [20], "the process was stopped")
        #expect(heldUp(even + [2, 2, 2]) == [20], "two in a row are slow steps")
        #expect(heldUp([1, 1.2, 3, 8, 0.5, 9]) == [], "steps of seconds are that uneven")
        #expect(heldUp([30, 0.01, 0.01]) == [], "nobody knows at first what is usual")
    }

    @Test func `a new speed shows within seconds`() {
        var meter = Speedometer()
        for _ in 0..<100 { meter.add(samples: 10, seconds: 0.1) }
        for _ in 0..<50 { meter.add(samples: 20, seconds: 0.1) }
        // Five time constants later less than 1 % of the old speed is left.
        #expect(abs(meter.samplesPerSecond - 200) < 1)
    }
}
