import Cells
import History
import Runs

/// The card of the pre-flight ladder: a question, then what each rung found.
package struct CheckSheet: Hashable, Sendable {
    /// Rows that are scrolled away above.
    package private(set) var scroll = 0
    /// When the card was opened, in monotonic seconds.
    package let openedAt: Double
    /// Why the ladder cannot be climbed.
    package private(set) var error: String?
    /// Whether it was asked for.
    package private(set) var isStarted = false
    /// The ladder before, which is none of this card's.
    private var before: CheckResult?
    /// Whether the run stood still before.
    private var wasPaused = false

    init(openedAt: Double) { self.openedAt = openedAt }

    /// The ladder of this card as far as it has come; nil before its first news.
    package func result(of run: RunHistory) -> CheckResult? {
        isStarted && run.status.check != before ? run.status.check : nil
    }

    /// Takes a key.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> OverlayAnswer {
        let run = situation.run.live
        guard isStarted else { return start(key, run, situation) }
        let isOver = result(of: run)?.isOver == true
        switch key {
        case .up, .character("k"): scroll = max(0, scroll - 1)
        case .down, .character("j"): scroll = min(CheckItem.Rung.allCases.count * 2, scroll + 1)
        case .enter where isOver:
            if let reason = situation.refusal { return .say(.trouble(reason)) }
            return .hold(goingOn)
        default: break
        }
        return .nothing
    }

    /// What Esc sends: the run goes on as it did before. A command ends a ladder that is being climbed.
    var dropping: [RunCommand] { isStarted ? goingOn : [] }

    private var goingOn: [RunCommand] { wasPaused ? [] : [.resume] }

    private mutating func start(_ key: InputEvent.Key, _ run: RunHistory, _ situation: Situation) -> OverlayAnswer {
        guard key == .enter else { return .nothing }
        error = situation.sheetRefusal(openedAt: openedAt) ?? run.refusal(of: .check)
        guard error == nil else { return .nothing }
        (isStarted, before, wasPaused) = (true, run.status.check, run.status.phase.isPaused)
        return .send(.check)
    }
}
