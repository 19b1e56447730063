import Cells
import History
import Runs

/// The sheet of a race: how many steps, then the copies side by side, then which one the run goes on as.
package struct RaceSheet: Hashable, Sendable {
    /// The number of steps as it is typed.
    package var field = TextField("50")
    /// The copy that Enter takes; nil for the best.
    package private(set) var chosen: Int?
    /// When the sheet was opened, in monotonic seconds.
    package let openedAt: Double
    /// What is wrong, said under the field.
    package private(set) var error: String?
    /// Whether the race was asked for.
    package private(set) var isStarted = false
    /// The race before, which is none of this sheet's.
    private var before: RaceResult?
    /// Whether the run stood still before.
    private var wasPaused = false
    /// Whether somebody else asked for the race: closing the sheet leaves it to them.
    package private(set) var isWatched = false

    init(openedAt: Double) { self.openedAt = openedAt }

    /// A sheet over a race that somebody else asked for, and that is under way or has just ended.
    init(watchedFrom now: Double, wasPaused: Bool) {
        openedAt = now
        (isStarted, isWatched, self.wasPaused) = (true, true, wasPaused)
    }

    /// Whether the race is over and the run has gone on from it.
    func isOver(in run: RunHistory) -> Bool {
        guard isStarted, let race = run.status.race, race != before, race.isOver else { return false }
        return !run.hasRaceToShow
    }

    /// The race of this sheet as far as it has come; nil before its first news.
    package func result(of run: RunHistory) -> RaceResult? {
        isStarted && run.status.race != before ? run.status.race : nil
    }

    /// The copy that Enter takes; nil before there is one.
    package func selected(of run: RunHistory) -> Int? {
        guard let result = result(of: run), result.isOver, !result.lanes.isEmpty else { return nil }
        return chosen.map { min($0, result.lanes.count - 1) } ?? result.best
    }

    /// The race that is typed; nil where the number is none.
    package var race: Race? {
        guard let steps = Int(field.text.filter { !$0.isWhitespace }), (1...100_000).contains(steps) else { return nil }
        return Race(steps: steps)
    }

    /// Takes a key.
    mutating func press(_ key: InputEvent.Key, in situation: Situation) -> OverlayAnswer {
        let run = situation.run.live
        guard isStarted else { return start(key, run, situation) }
        guard let result = result(of: run), result.isOver else { return .nothing }
        let lane = selected(of: run) ?? 0
        switch key {
        case .up, .character("k"): chosen = max(0, lane - 1)
        case .down, .character("j"): chosen = min(result.lanes.count - 1, lane + 1)
        case .enter:
            if let reason = situation.refusal { return .say(.trouble(reason)) }
            guard let lane = selected(of: run) else {
                return .say(.trouble("no copy came to its end; Esc goes on as before"))
            }
            let scale = result.lanes[lane].scale
            return .hold((scale == 1 ? [] : [.scaleLearningRate(scale)]) + goingOn)
        default: break
        }
        return .nothing
    }

    /// What Esc sends: the run goes on as it did before. A command ends a race that is under way.
    var dropping: [RunCommand] { isStarted && !isWatched ? goingOn : [] }

    private var goingOn: [RunCommand] { wasPaused ? [] : [.resume] }

    private mutating func start(_ key: InputEvent.Key, _ run: RunHistory, _ situation: Situation) -> OverlayAnswer {
        guard key == .enter else {
            if field.edit(key) { error = nil }
            return .nothing
        }
        if let reason = situation.sheetRefusal(openedAt: openedAt) {
            error = reason
        } else if let race {
            error = run.refusal(of: .race(race))
            guard error == nil else { return .nothing }
            (isStarted, before, wasPaused) = (true, run.status.race, run.status.phase.isPaused)
            return .send(.race(race))
        } else {
            error = "type how many steps, 1 to 100,000"
        }
        return .nothing
    }
}

extension RunHistory {
    /// Whether a race is under way, or has ended where the run stands still now.
    var hasRaceToShow: Bool {
        if status.phase == .racing { return true }
        return status.phase.isPaused && status.race.map { $0.isOver && $0.position == status.position } ?? false
    }
}
