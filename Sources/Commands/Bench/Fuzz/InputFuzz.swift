import Cells
import CursesTerminal
import Dashboard
import RunStore
import Runs
import Themes
import Training

/// Random input for the whole way from a terminal's bytes to a drawn frame: decoder, reducer, layout and views.
package struct InputFuzz {
    /// How many things arrive.
    let count: Int
    let seed: UInt64

    package init(count: Int, seed: UInt64 = 1) {
        self.count = count
        self.seed = seed
    }

    /// What happened, for the report.
    package struct Outcome: Hashable, Sendable {
        package var events = 0
        package var frames = 0
        package var commands = 0
        package var exits = 0
        package var exports = 0
        package var themes = 0
        /// Seconds of the longest step from bytes to frame.
        package var longest = 0.0
    }

    /// Feeds decoder, reducer and views directly, with a run that goes on, pauses, fails and ends meanwhile.
    package func direct() -> Outcome {
        var outcome = Outcome()
        var keys = FuzzKeys(seed: seed)
        var desk = Desk()
        for index in 0..<count {
            if index % 20_000 == 0 { desk = Desk() }
            let began = MonotonicClock.seconds
            desk.pass(Double(keys.number(below: 1000)) / 2500, &keys)
            desk.take(keys.next(), &keys, &outcome)
            if keys.number(below: 12) == 0 { desk.resize(&keys) }
            if keys.number(below: 40) == 0 {
                desk.draw(&keys)
                outcome.frames += 1
            }
            outcome.longest = max(outcome.longest, MonotonicClock.seconds - began)
        }
        return outcome
    }

    /// A dashboard without a terminal.
    private struct Desk {
        private let sample = SampleReports(totalSteps: 3_750)
        private let feed: LiveRun
        private var state: DashboardState
        private var decoder = InputDecoder()
        private var cursor = RunCursor()
        private var now = 100.0
        private var step = 0
        private var size = Size(width: 120, height: 40)
        private let palettes = ColorDepth.allCases.map { Palette(theme: .sitterDark, depth: $0) }

        init() {
            feed = LiveRun(sample.description)
            state = DashboardState(history: RunHistory(description: sample.description))
            state.themeNames = ["sitter-dark", "sitter-light", "nord"]
            state.themeName = "sitter-dark"
            DashboardSession.layOut(&state, size: size)
        }

        /// Time goes on, and the run with it.
        mutating func pass(_ seconds: Double, _ keys: inout FuzzKeys) {
            now += seconds
            var reports: [Report] = []
            if keys.number(below: 5) == 0, step < 5_000 {
                let next = min(5_000, step + keys.number(below: 12))
                reports = sample.reports(step..<next)
                step = next
            }
            let position = Position(step: step)
            switch keys.number(below: 400) {
            case 0: reports.append(.phase(.paused(.asked), position))
            case 1: reports.append(.phase(.training, position))
            case 2: reports.append(.phase(.evaluating, position))
            case 3:
                reports.append(.notFinite(position, loss: .nan, gradientNorm: .infinity))
                reports.append(.phase(.paused(.notFinite), position))
            case 4: reports.append(.note(.disk, "no space left on device", position))
            case 5 where keys.number(below: 20) == 0: reports.append(.phase(.finished(.stopped), position))
            default: break
            }
            if !reports.isEmpty { feed.record(reports, at: now - 100) }
            var effects = state.reduce(.clock(now: now))
            if keys.number(below: 3) == 0 {
                let changes = feed.changes(since: cursor)
                if let changes { cursor = changes.cursor }
                effects += state.reduce(.frame(now: now, timeOfDay: 40_000, changes: changes))
            }
            var ignored = Outcome()
            answer(effects, &keys, &ignored)
        }

        mutating func take(_ bytes: [UInt8], _ keys: inout FuzzKeys, _ outcome: inout Outcome) {
            var events = decoder.feed(bytes, at: now)
            if let deadline = decoder.deadline, keys.number(below: 3) == 0 {
                now = max(now, deadline + 0.001)
                events += decoder.expire(at: now)
            }
            for input in events {
                outcome.events += 1
                answer(state.reduce(.input(input)), &keys, &outcome)
                guard state.exit != nil else { continue }
                outcome.exits += 1
                state.exit = nil
            }
        }

        private mutating func answer(_ effects: [Effect], _ keys: inout FuzzKeys, _ outcome: inout Outcome) {
            for effect in effects {
                switch effect {
                case .send: outcome.commands += 1
                case .theme(let name):
                    outcome.themes += 1
                    state.answer(theme: name, problem: keys.number(below: 4) == 0 ? "it is gone" : nil)
                case .export(let request):
                    outcome.exports += 1
                    state.answer(
                        request, with: keys.pick([.exists, .failed("disk full"), .written(path: "/x", rows: 3)]))
                case .redraw, .suspend, .bell: break
                }
            }
            if state.exit != nil { state.exit = nil }
        }

        mutating func resize(_ keys: inout FuzzKeys) {
            let most = keys.number(below: 20) == 0 ? (500, 150) : (160, 50)
            size = Size(width: 1 + keys.number(below: most.0), height: 1 + keys.number(below: most.1))
            _ = state.reduce(.resized(size))
            DashboardSession.layOut(&state, size: size)
        }

        mutating func draw(_ keys: inout FuzzKeys) {
            DashboardSession.layOut(&state, size: size)
            let frame = DashboardView.draw(
                state, size: size, palette: keys.pick(palettes), glyphs: keys.pick(Array(GlyphSet.allCases)))
            precondition(frame.size == size, "a frame of another size")
            if keys.number(below: 50) == 0 { _ = PanelTable(state.focus, of: state).text }
        }
    }
}
