import Machine
import Testing

@Suite struct ClockTests {
    @Test
    func `neither clock goes back`() {
        var (last, lastOfThread) = (MonotonicClock.seconds, ProcessorClock.secondsOfThread)
        for _ in 0..<1_000 {
            let (now, ofThread) = (MonotonicClock.seconds, ProcessorClock.secondsOfThread)
            #expect(now >= last && ofThread >= lastOfThread)
            (last, lastOfThread) = (now, ofThread)
        }
    }
}
