import Cells
import History
import Runs

/// The dashboard from moment to moment: what it makes of keys, when it looks at the run and when it draws. Time and whatever
/// happens come in, what is to be done comes out; a thread with a terminal performs it, and a test with a list.
///
/// `run(_:at:in:)` performs what comes out in a host. Each round asks at most two questions, so that nothing is asked in vain: whether the terminal has taken the last frame,
/// and what happened in the run. All times are monotonic seconds.
package struct DashboardLoop: Sendable {
    /// What happens to the dashboard.
    package enum Event: Sendable {
        /// A key, the mouse, pasted text or a change of focus.
        case input(InputEvent)
        case resized(Size)
        /// The wait for `nextFrame` or for input is over, and all input has been told.
        case woke
        /// Whether the terminal has, as far as one can know, taken all that was sent.
        case output(isEmpty: Bool)
        case news(News)
        /// The frame that the news began is over, drawn or not.
        case frameEnded(cpuSeconds: Double)
        /// A signal came, or the terminal is gone.
        case interrupted
    }

    /// What the dashboard asks to be done, in this order.
    package enum Action: Hashable, Sendable {
        case perform([Effect])
        /// Answer with `output`.
        case askForOutput
        /// Answer with `news`, then `frameEnded`.
        case askForNews(since: RunCursor)
        /// Draw the state.
        case draw
        /// Name the window.
        case title(String)
    }

    /// What happened in the run and around it since the last news.
    package struct News: Sendable {
        /// What the process printed, oldest first.
        package var printed: [(bytes: [UInt8], stream: PrintedStream)]
        /// What became of weights that were being written.
        package var saved: (request: SaveRequest, answer: SaveAnswer)?
        /// What became of a run that was to be left going.
        package var detached: DetachAnswer?
        /// Nil where nothing happened in the run.
        package var changes: RunChanges?
        /// Seconds since midnight, local time.
        package var timeOfDay: Double
        /// Processor time of the dashboard's thread in all.
        package var cpuSeconds: Double
        /// What the terminal has been sent in all.
        package var bytesSent: Int

        /// News of the run alone, or of everything.
        package init(
            changes: RunChanges?, printed: [(bytes: [UInt8], stream: PrintedStream)] = [], timeOfDay: Double = 0,
            cpuSeconds: Double = 0, bytesSent: Int = 0
        ) {
            self.printed = printed
            self.changes = changes
            self.timeOfDay = timeOfDay
            self.cpuSeconds = cpuSeconds
            self.bytesSent = bytesSent
        }
    }

    /// What is shown.
    package internal(set) var state: DashboardState
    /// When the next frame is due: how long to wait for input.
    package private(set) var nextFrame: Double
    /// How the dashboard closes, nil while it goes on.
    package var exit: DashboardState.Exit? { state.exit }

    private let pace: Pace
    private var cursor = RunCursor()
    private var lastInput = -Double.infinity
    private var lastNews = -Double.infinity
    private var canDraw = true
    private var title = ""
    private var drawn = StillPicture()
    private var awaited = AwaitedReceipts()
    private var meter = CostMeter()

    /// How often frames follow each other.
    package struct Pace: Hashable, Sendable {
        /// Seconds between frames while somebody is at the keys, unless the settings say something else.
        package static let standard = 0.1
        /// Seconds between frames while nobody is: figures change four times a second at most, and half of the frames cost half.
        static let idle = 0.2
        /// How long after a key somebody counts as being there, in seconds.
        static let attention = 3.0
        /// The longest a frame waits after a key.
        static let key = 0.02
        /// How long frames follow each other that quickly for a receipt that does not come, in seconds.
        static let patience = 3.0

        /// Seconds between frames while somebody is at the keys.
        let frameInterval: Double
        /// Whether the window is named after the run.
        let showsTitle: Bool

        /// - Parameter frameInterval: seconds between frames while somebody is at the keys.
        package init(frameInterval: Double = standard, showsTitle: Bool = true) {
            self.frameInterval = frameInterval
            self.showsTitle = showsTitle
        }
    }

    /// A loop whose first frame is due now.
    package init(_ state: DashboardState, pace: Pace = Pace(), at now: Double) {
        self.state = state
        self.pace = pace
        nextFrame = now
    }

    /// Takes an event and says what is to be done.
    package mutating func handle(_ event: Event, at now: Double) -> [Action] {
        switch event {
        case .input(let input): return take(.input(input), at: now)
        case .resized(let size): return take(.resized(size), at: now)
        case .woke: return now >= nextFrame && exit == nil ? [.askForOutput] : []
        case .output(let isEmpty):
            canDraw = isEmpty
            // A slow line is given time to empty: keys stay responsive, what they do is known, and the newest frame wins.
            if isEmpty || now - lastNews >= Pace.idle {
                lastNews = now
                return [.askForNews(since: cursor)]
            }
            nextFrame = now + Pace.key
            return reduce([.clock(now: now)], at: now)
        case .news(let news): return take(news, at: now)
        case .frameEnded(let cpuSeconds): meter.endFrame(cpuSeconds: cpuSeconds)
        case .interrupted: return reduce([.interrupted], at: now)
        }
        return []
    }

    /// Takes what the terminal's person did.
    private mutating func take(_ action: Dashboard.Action, at now: Double) -> [Action] {
        lastInput = now
        nextFrame = min(nextFrame, now + Pace.key)
        return reduce([.clock(now: now), action], at: now)
    }

    private mutating func take(_ news: News, at now: Double) -> [Action] {
        // What was printed before the first frame has its moment too.
        state.clock.timeOfDay = news.timeOfDay
        if let saved = news.saved { _ = state.reduce(.saved(saved.request, saved.answer)) }
        for piece in news.printed { _ = state.reduce(.printed(piece.bytes, piece.stream)) }
        if let cost = meter.cost(at: now, cpuSeconds: news.cpuSeconds, bytesSent: news.bytesSent) {
            _ = state.reduce(.measured(cost))
        }
        meter.beginFrame(cpuSeconds: news.cpuSeconds)
        let changes = news.changes
        if let changes {
            cursor = changes.cursor
            awaited.take(changes.events)
        }
        var actions = reduce([.frame(now: now, timeOfDay: news.timeOfDay, changes: changes)], at: now)
        // After the receipt of its checkpoint, which is no answer.
        if let detached = news.detached { actions += reduce([.detached(detached)], at: now) }
        let hasEffects = !actions.isEmpty
        guard canDraw else {
            nextFrame = now + Pace.key
            return actions
        }
        let isAttended = now - lastInput < Pace.attention
        let isWaiting = awaited.isWaiting(at: now, for: Pace.patience)
        nextFrame =
            now
            + (isWaiting || changes?.steps.hasMore == true
                ? Pace.key : isAttended ? pace.frameInterval : max(pace.frameInterval, Pace.idle))
        let isAsked = isAttended || isWaiting || !news.printed.isEmpty || hasEffects
        guard drawn.isOutdated(by: changes, live: state.run.live.status, isAsked: isAsked, at: now) else {
            return actions
        }
        actions.append(.draw)
        let newTitle = Self.title(state.run.live)
        if pace.showsTitle, newTitle != title {
            title = newTitle
            actions.append(.title(newTitle))
        }
        return actions
    }

    /// - Returns: the effects, where there are any.
    private mutating func reduce(_ events: [Dashboard.Action], at now: Double) -> [Action] {
        var effects: [Effect] = []
        for event in events { effects += state.reduce(event) }
        awaited.add(effects.count { if case .send = $0 { true } else { false } }, at: now)
        return effects.isEmpty ? [] : [.perform(effects)]
    }

    /// The window's title: how far the run is, so that a tab tells.
    private static func title(_ run: RunHistory) -> String {
        guard run.status.untold != .recorded else { return "\(run.description.name) – sitter" }
        let total = max(1, run.description.lengths.totalSteps)
        return "\(run.status.position.step * 100 / total) % \(run.description.name) – sitter"
    }
}
