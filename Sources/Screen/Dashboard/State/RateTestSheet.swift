import Cells
import History
import Runs

/// The sheet of a learning-rate range test: a question, the curve while it grows, then which of the suggestions the run goes on at.
package struct RateTestSheet: Hashable, Sendable {
    /// The suggestion that Enter takes, by its place.
    package private(set) var chosen = 0
    /// When the sheet was opened, in monotonic seconds.
    package let openedAt: Double
    /// Why the test cannot begin.
    package private(set) var error: String?
    /// Whether the test was asked for.
    package private(set) var isStarted = false
    /// The test before, which is none of this sheet's.
    private var before: RateTestResult?
    /// Whether the run stood still before.
    private var wasPaused = false

    init(openedAt: Double) { self.openedAt = openedAt }

    /// The test of this sheet as far as it has come; nil before its first news.
    package func result(of run: RunHistory) -> RateTestResult? {
        isStarted && run.status.rateTest != before ? run.status.rateTest : nil
    }

    /// The place of the suggestion that Enter takes; nil before there is one.
    package func selected(of run: RunHistory) -> Int? {
        guard let result = result(of: run), result.isOver else { return nil }
        let count = result.suggestions.count
        return count > 0 ? min(chosen, count - 1) : nil
    }

    /// Takes a key.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> OverlayAnswer {
        let run = situation.run.live
        guard isStarted else { return start(key, run, situation) }
        guard let result = result(of: run), result.isOver else { return .nothing }
        switch key {
        case .up, .character("k"): chosen = max(0, chosen - 1)
        case .down, .character("j"): chosen = max(0, min(result.suggestions.count - 1, chosen + 1))
        case .enter:
            if let reason = situation.refusal { return .say(.trouble(reason)) }
            guard let place = selected(of: run) else {
                return .say(.trouble("no rate is suggested; Esc goes on as before"))
            }
            let command = result.command(taking: result.suggestions[place].rate)
            return .hold((command.map { [$0] } ?? []) + goingOn)
        default: break
        }
        return .nothing
    }

    /// What Esc sends: the run goes on as it did before. A command ends a test that is under way.
    var dropping: [RunCommand] { isStarted ? goingOn : [] }

    private var goingOn: [RunCommand] { wasPaused ? [] : [.resume] }

    private mutating func start(_ key: InputEvent.Key, _ run: RunHistory, _ situation: Situation) -> OverlayAnswer {
        guard key == .enter else { return .nothing }
        error = situation.sheetRefusal(openedAt: openedAt) ?? run.refusal(of: .findLearningRate(RateTest()))
        guard error == nil else { return .nothing }
        (isStarted, before, wasPaused) = (true, run.status.rateTest, run.status.phase.isPaused)
        return .send(.findLearningRate(RateTest()))
    }
}
