import Dashboard
import Testing

@Suite("The input guard")
struct InputGuardTests {
    @Test(arguments: [(0.4, true), (0.401, false)])
    func `the fourth key within 400 ms is a burst, within 401 ms it is not`(last: Double, isBurst: Bool) {
        var guardState = InputGuard()
        for (key, time) in zip("abc", [0, 0.1, 0.2]) {
            #expect(guardState.take(key, now: time) == .fine)
        }
        #expect(guardState.take("d", now: last) == (isBurst ? .burst : .fine))
    }

    @Test
    func `after a burst every key is typing until 400 ms without one`() {
        var guardState = InputGuard()
        for key in "abcd" { _ = guardState.take(key, now: 0) }
        #expect(guardState.take("e", now: 0.39) == .typing)
        #expect(!guardState.allowsSteering(at: 0.78))
        #expect(guardState.allowsSteering(at: 0.8))
        #expect(guardState.take("f", now: 0.8) == .fine)
    }

    @Test
    func `one key repeated is no burst, held before another one neither, two in turn are`() {
        var guardState = InputGuard()
        for step in 0..<30 { #expect(guardState.take("j", now: Double(step) * 0.03) == .fine) }
        #expect(guardState.take("k", now: 30 * 0.03) == .fine)
        var other = InputGuard()
        let verdicts = "jkjk".map { other.take($0, now: 0) }
        #expect(verdicts.last == .burst)
    }

    @Test(arguments: [(0.03, true), (0.24, true), (0.26, false)])
    func `a key that follows itself at once is held down`(seconds: Double, isRepeated: Bool) {
        var guardState = InputGuard()
        _ = guardState.take("q", now: 0)
        #expect(!guardState.isRepeated)
        _ = guardState.take("q", now: seconds)
        #expect(guardState.isRepeated == isRepeated)
        _ = guardState.take("y", now: seconds)
        #expect(!guardState.isRepeated)
    }

    @Test
    func `it keeps four keys, no more`() {
        var guardState = InputGuard()
        for step in 0..<100 { _ = guardState.take("j", now: Double(step)) }
        #expect(guardState.recentPrintable == [96, 97, 98, 99])
    }
}
