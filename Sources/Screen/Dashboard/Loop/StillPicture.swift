import Runs

/// What the frame on the screen shows of a run that stands still, so that nothing is drawn twice while nobody is at the keys.
struct StillPicture: Hashable, Sendable {
    private var drawnAt = -Double.infinity
    private var second = -1
    private var phase = RunPhase.preparing
    private var position = Position(step: -1)

    /// Whether a new frame is due: always while the run goes on or somebody asks for it; else for news, for each second of
    /// its clocks, and once a second for what passes by itself, such as messages. A frame that is due counts as drawn.
    mutating func isOutdated(by changes: RunChanges?, live status: RunStatus, isAsked: Bool, at now: Double) -> Bool {
        let isNews = changes.map { !$0.events.isEmpty || !$0.layers.isEmpty } ?? false
        let isStill = status.phase.isPaused || status.phase.isFinished
        let isSame = second == Int(status.secondsElapsed) && phase == status.phase && position == status.position
        guard isAsked || isNews || !isStill || !isSame || now - drawnAt >= 1 else { return false }
        (drawnAt, second, phase, position) = (now, Int(status.secondsElapsed), status.phase, status.position)
        return true
    }
}
