import Cells
import Dashboard
import Runs
import Testing

/// What the loop asks to be done after sequences of (event, moment): when it draws, when it looks at the run.
@Suite struct DashboardLoopTests {
    /// A terminal and a run that answer as they are told, from 100 s on.
    private struct Rounds {
        var loop: DashboardLoop
        private let desk: Desk
        private(set) var now = 100.0
        /// Whether the terminal takes what it is sent at once.
        var isFast = true

        init(phase: RunPhase = .training, pace: DashboardLoop.Pace = DashboardLoop.Pace()) {
            desk = Desk(phase: phase)
            loop = DashboardLoop(desk.state, pace: pace, at: 100)
        }

        /// Goes on to a moment, and gives everything that is done in the round there but for the questions.
        mutating func wake(
            at moment: Double, events: [RunEvent]? = nil, hasMore: Bool = false, printed: String? = nil,
            cpuSeconds: Double = 0, bytesSent: Int = 0, timeOfDay: Double = 0
        ) -> [DashboardLoop.Action] {
            now = moment
            var done: [DashboardLoop.Action] = []
            var queue = loop.handle(.woke, at: now)
            while !queue.isEmpty {
                let action = queue.removeFirst()
                switch action {
                case .askForOutput: queue += loop.handle(.output(isEmpty: isFast), at: now)
                case .askForNews:
                    var changes = events.map { desk.changes(events: $0) }
                    changes?.steps.hasMore = hasMore
                    let news = DashboardLoop.News(
                        changes: changes, printed: printed.map { [(Array($0.utf8), .standardOutput)] } ?? [],
                        timeOfDay: timeOfDay, cpuSeconds: cpuSeconds, bytesSent: bytesSent)
                    queue += loop.handle(.news(news), at: now)
                default: done.append(action)
                }
            }
            return done
        }

        mutating func press(_ key: InputEvent.Key, at moment: Double) -> [DashboardLoop.Action] {
            now = moment
            return loop.handle(.input(.key(key)), at: now)
        }

        /// The moments from now until another at which a frame is drawn, each round as soon as it is due.
        mutating func draws(until end: Double) -> [Double] {
            var moments: [Double] = []
            while max(loop.nextFrame, now) < end {
                if wake(at: max(loop.nextFrame, now)).contains(.draw) { moments.append(now) }
            }
            return moments
        }

        /// Seconds from now until the next frame is due.
        var pause: Double { ((loop.nextFrame - now) * 1000).rounded() / 1000 }
    }

    private let receipt = RunEvent(
        position: Position(step: 500),
        content: .receipt(
            Receipt(
                position: Position(step: 500), author: .person, command: .pause, outcome: .accepted(old: nil, new: nil))
        ),
        seconds: 5)

    @Test
    func `a round asks whether the line is empty, then what happened, and draws`() {
        var loop = DashboardLoop(Desk().state, at: 100)
        #expect(loop.nextFrame == 100, "the first frame is due at once")
        #expect(loop.handle(.woke, at: 100) == [.askForOutput])
        #expect(loop.handle(.output(isEmpty: true), at: 100) == [.askForNews(since: RunCursor())])
        let news = DashboardLoop.News(changes: Desk().changes())
        #expect(loop.handle(.news(news), at: 100) == [.draw, .title("13 % test – sitter")])
        #expect(loop.handle(.woke, at: 100.1) == [], "the next frame is not due")
    }

    @Test
    func `what was printed before the first frame has its time of day`() {
        var rounds = Rounds()
        _ = rounds.wake(at: 100, printed: "early\n", timeOfDay: 3_600)
        #expect(rounds.loop.state.story.output.lines.map(\.timeOfDay) == [3_600])
    }

    @Test
    func `while nobody is at the keys a frame comes every 0.2 s, with somebody there every 0.1 s for 3 s`() {
        var rounds = Rounds()
        _ = rounds.wake(at: 100)
        #expect(rounds.pause == 0.2)
        #expect(rounds.press(.character("g"), at: 100.05) == [])
        #expect(rounds.pause == 0.02, "a frame shows what a key did")
        #expect(rounds.wake(at: 100.07) == [.draw])
        #expect(rounds.pause == 0.1)
        _ = rounds.wake(at: 103.04)
        #expect(rounds.pause == 0.1)
        _ = rounds.wake(at: 103.14)
        #expect(rounds.pause == 0.2)
    }

    @Test
    func `settings may make frames rarer, never the idle ones more frequent`() {
        var rounds = Rounds(pace: DashboardLoop.Pace(frameInterval: 0.5))
        _ = rounds.wake(at: 100)
        #expect(rounds.pause == 0.5)
        rounds = Rounds(pace: DashboardLoop.Pace(frameInterval: 0.05))
        _ = rounds.wake(at: 100)
        #expect(rounds.pause == 0.2)
    }

    @Test
    func `a key does not put off a frame that is due sooner`() {
        var rounds = Rounds()
        _ = rounds.wake(at: 100)
        _ = rounds.press(.character("g"), at: 100.19)
        #expect(abs(rounds.loop.nextFrame - 100.2) < 1e-9)
    }

    @Test
    func `a slow line gets no frame until it is empty; the run is followed every 0.2 s meanwhile`() {
        var rounds = Rounds()
        let first = rounds.wake(at: 100, events: [])
        #expect(first.contains(.draw))
        rounds.isFast = false
        #expect(rounds.loop.handle(.woke, at: 100.2) == [.askForOutput])
        var followed = RunCursor()
        followed.stamp = 0
        #expect(rounds.loop.handle(.output(isEmpty: false), at: 100.2) == [.askForNews(since: followed)])
        #expect(rounds.loop.handle(.news(DashboardLoop.News(changes: nil)), at: 100.2) == [], "nothing is drawn")
        #expect(rounds.loop.handle(.woke, at: 100.22) == [.askForOutput])
        #expect(rounds.loop.handle(.output(isEmpty: false), at: 100.22) == [], "the run was asked just now")
        rounds.isFast = true
        #expect(rounds.wake(at: 100.24).contains(.draw), "the newest frame wins")
    }

    @Test
    func `keys steer while the line is slow`() {
        var rounds = Rounds()
        _ = rounds.wake(at: 100)
        rounds.isFast = false
        _ = rounds.press(.character(" "), at: 100.1)
        #expect(rounds.wake(at: 100.3) == [])
        // The key is held for 0.4 s, the news are not due.
        #expect(rounds.wake(at: 100.5) == [.perform([.send(.pause)])])
    }

    @Test
    func `until a command has its receipt frames follow each other in 20 ms, for 3 s at most`() {
        var rounds = Rounds()
        _ = rounds.wake(at: 100)
        _ = rounds.press(.character(" "), at: 100.1)
        #expect(rounds.wake(at: 100.5) == [.perform([.send(.pause)]), .draw])
        #expect(rounds.pause == 0.02)
        var forgotten = rounds
        #expect(rounds.wake(at: 100.52, events: [receipt]) == [.draw])
        #expect(rounds.pause == 0.1)
        _ = forgotten.wake(at: 103.49)
        #expect(forgotten.pause == 0.02)
        _ = forgotten.wake(at: 103.51)
        #expect(forgotten.pause == 0.2)
    }

    @Test
    func `while the feed has more to give it is asked again in 20 ms`() {
        var rounds = Rounds()
        _ = rounds.wake(at: 100, events: [], hasMore: true)
        #expect(rounds.pause == 0.02)
    }

    @Test(
        arguments: [
            RunPhase.paused(.asked), .finished(.stopped),
        ])
    func `a run that stands still is drawn once a second while nobody is at the keys`(phase: RunPhase) {
        var rounds = Rounds(phase: phase)
        #expect(rounds.draws(until: 105.1).map { ($0 - 100).rounded() } == [0, 1, 2, 3, 4, 5])
        let printed = rounds.wake(at: 105.3, printed: "hello\n")
        #expect(printed == [.draw], "what is printed is shown at once")
        let heard = rounds.wake(at: 105.6, events: [receipt])
        #expect(heard == [.draw], "so is news")
    }

    @Test
    func `a run that goes on is drawn in every frame`() {
        var rounds = Rounds()
        #expect(rounds.draws(until: 101.1).count == 6)
    }

    @Test
    func `the window is named when the name changes, and only if it is to be`() {
        var rounds = Rounds()
        #expect(rounds.wake(at: 100).contains(.title("13 % test – sitter")))
        #expect(rounds.wake(at: 100.2) == [.draw])
        var unnamed = Rounds(pace: DashboardLoop.Pace(showsTitle: false))
        #expect(unnamed.wake(at: 100) == [.draw])
    }

    @Test
    func `once a second the state learns what frames cost`() {
        var rounds = Rounds()
        for frame in 0..<6 {
            let began = frame == 0 ? 100 : rounds.loop.nextFrame
            let spent = 7 + 0.01 * Double(frame)
            _ = rounds.wake(at: began, cpuSeconds: spent, bytesSent: 500 * frame)
            _ = rounds.loop.handle(.frameEnded(cpuSeconds: spent + (frame == 2 ? 0.008 : 0.004)), at: began)
        }
        let cost = rounds.loop.state.cost
        #expect(abs(cost.cpuShare - 0.05) < 1e-9, "5 frames of 10 ms each in a second")
        #expect(abs(cost.frameSeconds - 0.0048) < 1e-9 && abs(cost.slowestFrameSeconds - 0.008) < 1e-9)
        #expect(cost.bytesPerFrame == 500 && abs(cost.framesPerSecond - 5) < 1e-9)
    }

    @Test
    func `a signal ends it at once, a confirmed quit once it has been held`() {
        var rounds = Rounds()
        #expect(rounds.loop.handle(.interrupted, at: 100) == [])
        #expect(rounds.loop.exit == .interrupted)
        #expect(rounds.loop.handle(.woke, at: 101) == [])
        rounds = Rounds()
        _ = rounds.press(.character("q"), at: 101)
        _ = rounds.press(.character("y"), at: 102)
        #expect(rounds.loop.exit == nil)
        _ = rounds.wake(at: 102.5)
        #expect(rounds.loop.exit == .quit)
    }
}
