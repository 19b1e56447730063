import Commands
import Testing

/// How long a signal waits for a run that does not move.
@Suite struct DepartureTests {
    /// The first of these moments at which nothing is waited for any more; nil for none.
    private func end(stepSeconds: Double = 0, _ moments: [(seconds: Double, mark: Int?)]) -> Double? {
        var patience = Departure.Patience()
        return moments.first { patience.isOver(at: $0.seconds, mark: $0.mark, stepSeconds: stepSeconds) }?.seconds
    }

    @Test func `a step in which nothing is computed is left after twenty seconds`() {
        #expect(end([100, 119.9, 120.1, 126].map { ($0, 7) }) == 120.1)
    }

    @Test func `a reader that takes nothing is left after five seconds`() {
        #expect(end([100, 104.9, 105.1, 106].map { ($0, nil) }) == 105.1)
        #expect(end([(0, 7), (19, 8), (30, nil), (34, nil), (36, nil)]) == 36)
    }

    @Test func `a long step is waited for as long as its pieces are computed`() {
        #expect(end((0..<60).map { (Double($0 * 10), 7 + $0) }) == nil)
    }

    @Test func `what moves is waited for`() {
        #expect(end((0..<100).map { (Double($0), $0 / 4) }) == nil)
    }

    @Test func `steps that are known to be long may end`() {
        #expect(end(stepSeconds: 10, [0, 29, 31, 40].map { ($0, 1) }) == 31)
    }
}
