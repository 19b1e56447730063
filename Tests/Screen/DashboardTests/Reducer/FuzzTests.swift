import Cells
import Dashboard
import Runs
import Screens
import TestSupport
import Testing

@Suite("Random events")
struct FuzzTests {
    @Test(arguments: 1...4)
    func `20,000 random events leave the state valid and ask for nothing absurd`(seed: UInt64) {
        var random = Noise(seed: seed)
        var desk = Desk()
        desk.lay(
            [.loss: Rect(x: 1, y: 3, width: 60, height: 10), .log: Rect(x: 62, y: 20, width: 30, height: 9)],
            plot: Rect(x: 7, y: 4, width: 50, height: 8))
        for _ in 0..<5000 {
            Self.act(&desk, &random)
            Self.check(desk.state)
            if desk.state.exit != nil { desk.state.exit = nil }
        }
        for effect in desk.effects {
            guard case .send(let command) = effect else { continue }
            switch command {
            case .setLearningRate(let rate): #expect(rate > 0 && rate.isFinite)
            case .scaleLearningRate(let factor): #expect(factor > 0 && factor.isFinite && factor != 1)
            case .step(let count): #expect(count > 0)
            case .setSchedule(let change):
                #expect(change.refusal(learningRate: 0.04, stepsLeft: 3_250, stepsPerEpoch: 125) == nil)
            default: break
            }
        }
        #expect(desk.effects.count > 20)
    }

    private static let keys: [InputEvent.Key] = [
        .enter, .escape, .tab, .backTab, .backspace, .delete, .up, .down, .left, .right, .home, .end, .pageUp,
        .pageDown, .control("c"), .control("l"), .control("z"), .control("u"), .control("w"), .control("a"),
    ]
    private static let characters = Array(" .}{><=pesq?:/123zvwxyonNgGhjkli456r+-0[]*bl0123456789e\u{301}😀ß")
    private static let texts = [
        "rate 0.01\n", "\u{1B}[31m", "", "stop best", String(repeating: "x", count: 5000), "1e-3",
    ]

    private static func pick<Value>(_ values: [Value], _ random: inout Noise) -> Value {
        values[Int(random.next() * Double(values.count))]
    }

    private static func act(_ desk: inout Desk, _ random: inout Noise) {
        if random.next() < 0.7 { desk.wait(random.next() * 0.5) }
        switch random.next() {
        case ..<0.5: desk.press(.character(pick(characters, &random)))
        case ..<0.75: desk.press(pick(keys, &random))
        case ..<0.85:
            let kinds: [InputEvent.Mouse.Kind] = [.press, .release, .drag, .wheelUp, .wheelDown]
            let x = Int(random.next() * 120) - 10
            let y = Int(random.next() * 50) - 10
            desk.input(.mouse(.init(kind: pick(kinds, &random), x: x, y: y)))
        case ..<0.87: desk.input(.paste(pick(texts, &random)))
        case ..<0.88:
            let stream: PrintedStream = random.next() < 0.5 ? .standardOutput : .standardError
            _ = desk.state.reduce(.printed(Array(pick(texts, &random).utf8) + [10], stream))
        case ..<0.89: desk.input(.focus(gained: true))
        case ..<0.91: desk.resize()
        case ..<0.96:
            desk.enter(pick([.training, .paused(.asked), .evaluating, .paused(.notFinite), .training], &random))
        case ..<0.962: desk.enter(.finished(.stopped))
        default:
            let step = Int(random.next() * 5000)
            var changes = desk.changes(tail: [Desk.report(step), Desk.report(step + 1, loss: .nan)])
            changes.status.position = Position(step: step + 2)
            changes.events = [RunEvent(position: Position(step: step), content: .note(.disk, "full"), seconds: 0)]
            desk.frame(changes: changes)
        }
    }

    private static func check(_ state: DashboardState) {
        #expect(state.xRange.lowerBound >= 0 && state.xRange.lowerBound < state.xRange.upperBound)
        #expect(state.view.charts.cursorStep.map { $0.isFinite && $0 >= 0 } ?? true)
        #expect((0..<3).contains(state.view.layers.selected))
        #expect(state.view.layers.opened.map { (0..<3).contains($0) } ?? true)
        #expect((0...max(0, state.run.history.events.count - 1)).contains(state.view.log.scroll))
        #expect((0...max(0, state.storyRows.count - 1)).contains(state.view.story.scroll))
        #expect(state.story.search.rows.allSatisfy { $0 < state.storyRows.count })
        #expect(
            (0...max(0, state.run.history.story.rateChanges.count - 1)).contains(state.view.scrolls[.rateChanges] ?? 0))
        #expect(state.view.panels.contains(state.view.focus))
        #expect(state.steering.stagedRate.map { (0.125...8).contains($0.factor) } ?? true)
        #expect((state.run.frozenSince == nil) == (state.run.liveHistory == nil))
        #expect((0...0.5).contains(state.view.charts.smoothing))
        switch state.overlay.shown {
        case .palette(let field), .search(let field):
            #expect((0...field.text.count).contains(field.cursor) && field.text.count <= 200)
        case .rate(let sheet):
            #expect((0...sheet.field.text.count).contains(sheet.field.cursor))
        default: break
        }
        let footer = KeyMap.footer(for: state).fitting(80)
        #expect((footer.steering + footer.viewing).reduce(2) { $0 + $1.width } <= 80)
    }
}
