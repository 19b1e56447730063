import Cells
import Dashboard
import Runs
import Testing

@Suite("Findings by hand")
struct FindingsSheetTests {
    private static func finding(
        _ kind: FindingKind, isHeadline: Bool, _ state: Finding.State = .raised, onset: Int = 10,
        remedies: [Remedy] = []
    ) -> Finding {
        Finding(
            kind, state, at: Position(step: 500), isHeadline: isHeadline, onset: onset, value: 0.4, threshold: 0.2,
            text: "updates are 40 % of the weights", remedies: remedies)
    }

    private static let lower = Remedy("divide the rate by 3", [.scaleLearningRate(1.0 / 3)])
    private static let clip = Remedy("bound the gradient's norm by 1", [.setGradientClipping(1)])
    private static let words = Remedy("standardize the inputs")

    /// A desk that has heard of a rate too high, and of a gradient that explodes.
    private static func desk() -> Desk {
        var desk = Desk(phase: .training)
        desk.hear(.finding(finding(.explodingGradient, isHeadline: true, onset: 40, remedies: [words, clip])))
        desk.hear(.finding(finding(.rateTooHigh, isHeadline: true, remedies: [lower])))
        return desk
    }

    @Test func `the first cause comes first, and what is cleared goes`() {
        var desk = Self.desk()
        #expect(desk.state.run.live.findings.map(\.kind) == [.rateTooHigh, .explodingGradient])
        desk.hear(.finding(Self.finding(.rateTooHigh, isHeadline: false, .cleared)))
        #expect(desk.state.run.live.findings.map(\.kind) == [.explodingGradient])
    }

    @Test func `Enter sends the commands of the chosen remedy, of those that are commands`() {
        for (keys, command) in [([], Self.lower.commands[0]), ([InputEvent.Key.down], Self.clip.commands[0])] {
            var desk = Self.desk()
            desk.type("!")
            desk.wait(1)
            keys.forEach { desk.press($0) }
            desk.press(.enter)
            desk.wait(1)
            #expect(desk.sent == [command])
            #expect(desk.state.overlay.shown == nil)
        }
    }

    @Test func `right after it opened Enter does nothing, and Esc closes it`() {
        var desk = Self.desk()
        desk.type("!")
        desk.press(.enter)
        desk.wait(1)
        #expect(desk.sent == [])
        desk.press(.escape)
        #expect(desk.state.overlay.shown == nil)
    }

    @Test func `a hears of the first, so that the next is said; A puts it off for ten minutes`() {
        var desk = Self.desk()
        func first() -> FindingKind? {
            desk.state.heard.rest(of: desk.state.run.live, at: desk.state.clock.now).first?.kind
        }
        #expect(first() == .rateTooHigh)
        desk.type("A")
        #expect(first() == .explodingGradient)
        desk.wait(1)
        desk.type("a")
        #expect(first() == nil)
        desk.wait(700)
        #expect(first() == .rateTooHigh)
    }

    @Test func `without a finding the keys say so`() {
        for key in ["!", "a", "A"] {
            var desk = Desk(phase: .training)
            desk.type(key)
            #expect(desk.said == "nothing is wrong, as far as can be seen")
            #expect(desk.state.overlay.shown == nil && desk.effects == [])
        }
    }
}
