import CursesTerminal
import Testing

/// What the estimate of a line's speed makes of sequences of (event, moment), with values worked out by hand.
@Suite struct LineSpeedTests {
    private typealias Event = LineSpeed.Event

    /// The estimate after all events.
    private func speed(_ events: [(Event, Double)], told: Double? = nil) -> LineSpeed {
        var speed = LineSpeed(told: told)
        for (event, moment) in events { speed.handle(event, at: moment) }
        return speed
    }

    /// A line that is full at 0 s and 1 s, which says nothing yet, and took 960 bytes a second up to 3 s.
    private let slow: [(Event, Double)] = [
        (.offered, 0), (.took(4_000), 0), (.full, 0), (.took(500), 1), (.full, 1), (.took(960), 2), (.full, 2),
        (.took(960), 3), (.full, 3),
    ]

    @Test
    func `a line that was never full is fast`() {
        let line = speed([(.added(5_000), 0), (.offered, 0), (.took(5_000), 0), (.settled, 0)])
        #expect(line.bytesPerSecond == nil && line.budget == nil && line.hasArrived(at: 0))
    }

    @Test
    func `a line that tells its speed is believed from the start`() {
        let line = speed([], told: 960)
        #expect(line.bytesPerSecond == 960)
        #expect(line.budget == 240, "a quarter of a second")
    }

    @Test
    func `what arrives between two moments of a full line is its speed`() {
        // 960 bytes are too few to say; 1,920 in the two seconds since it was steady are not.
        #expect(speed(Array(slow.dropLast(2))).bytesPerSecond == nil)
        #expect(speed(slow).bytesPerSecond == 960)
        #expect(speed(slow).budget == 240)
    }

    @Test
    func `a line that tells its speed is never taken for a faster one`() {
        #expect(speed(slow, told: 480).bytesPerSecond == 480)
    }

    @Test(arguments: [(0.2, 5_000), (2.0, 1_000)])
    func `less than 0.3 s, or less than 1,024 bytes, says nothing`(seconds: Double, bytes: Int) {
        let line = speed([
            (.took(4_000), 0), (.full, 0), (.took(10), 1), (.full, 1), (.took(bytes), 1 + seconds),
            (.full, 1 + seconds),
        ])
        #expect(line.bytesPerSecond == nil)
    }

    @Test
    func `a line that made room for more than 8 kB at once was empty meanwhile`() {
        let line = speed([
            (.took(4_000), 0), (.full, 0), (.took(500), 1), (.full, 1), (.took(9_000), 3), (.full, 3),
        ])
        #expect(line.bytesPerSecond == nil)
    }

    @Test
    func `after more than a second of rest the moments before say nothing`() {
        let before: [(Event, Double)] = [(.took(4_000), 0), (.full, 0), (.took(500), 1), (.full, 1), (.settled, 1)]
        let busy = speed(before + [(.offered, 2), (.took(2_000), 2), (.full, 2)])
        #expect(busy.bytesPerSecond == 2_000)
        let rested = speed(before + [(.offered, 2.1), (.took(2_200), 2.1), (.full, 2.1)])
        #expect(rested.bytesPerSecond == nil)
    }

    @Test
    func `what a full line holds is under way until its speed has carried it`() {
        // It took 4,000 bytes before it was full: 4,000 / 960 s after everything was taken.
        let line = speed(slow + [(.settled, 4)])
        #expect(!line.hasArrived(at: 4 + 4_000 / 960 - 0.001))
        #expect(line.hasArrived(at: 4 + 4_000 / 960 + 0.001))
    }

    @Test
    func `a frame is under way as long as the line's speed needs for it, and at most 20 s`() {
        let line = speed([(.added(480), 10), (.added(480), 10)], told: 960)
        #expect(!line.hasArrived(at: 10.999) && line.hasArrived(at: 11))
        let heap = speed([(.added(1_000_000), 10)], told: 960)
        #expect(!heap.hasArrived(at: 29.999) && heap.hasArrived(at: 30))
    }

    @Test
    func `with each frame the estimate grows by 3 %, until the line counts as fast`() throws {
        var line = speed(slow)
        line.handle(.added(10), at: 5)
        #expect(try #require(line.bytesPerSecond).isClose(to: 960 * 1.03))
        // 960 x 1.03^n passes 200,000 at n = 181.
        for _ in 2...180 { line.handle(.added(10), at: 5) }
        #expect(line.bytesPerSecond != nil)
        line.handle(.added(10), at: 5)
        #expect(line.bytesPerSecond == nil && line.budget == nil)
    }

    @Test
    func `a line of medium speed gets whole frames`() {
        let line = speed([
            (.took(4_000), 0), (.full, 0), (.took(500), 1), (.full, 1), (.took(4_000), 2), (.full, 2),
        ])
        #expect(line.bytesPerSecond == 4_000 && line.budget == nil)
    }

    @Test
    func `what was dropped is not waited for, and what the line told before is kept`() {
        let line = speed(slow + [(.settled, 4), (.dropped, 4)])
        #expect(line.hasArrived(at: 4) && line.bytesPerSecond == 960)
    }
}

extension Double {
    fileprivate func isClose(to other: Double) -> Bool { abs(self - other) <= 1e-12 * abs(other) }
}
