import Cells
import Commands
import CursesTerminal
import Dashboard
import Foundation
import History
import Machine
import RunStore
import Runs
import Screens
import Themes
import Training

/// Random input for the whole way from a terminal's bytes to a drawn frame: decoder, reducer, layout and views.
package struct InputFuzz {
    /// How many things arrive.
    let count: Int
    let seed: UInt64

    /// Random input of so many things; the same seed gives the same input.
    package init(count: Int, seed: UInt64 = 1) {
        self.count = count
        self.seed = seed
    }

    /// What happened, for the report.
    package struct Outcome: Hashable, Sendable {
        /// Keys, clicks, pastes and changes of focus that the decoder made of the bytes.
        package var events = 0
        /// Frames that were drawn.
        package var frames = 0
        /// Commands that were sent to the run.
        package var commands = 0
        /// Times that the dashboard was left, by Ctrl-C or by a key.
        package var exits = 0
        /// Exports that were asked for.
        package var exports = 0
        /// Themes that were asked for.
        package var themes = 0
        /// Seconds of this thread's processor time of the longest step from bytes to frame.
        package var longest = 0.0
        /// How often each place was entered; what comes out is counted each time.
        package var entered: [FuzzPlace: Int] = [:]
        fileprivate var places: Set<FuzzPlace> = []

        /// The places that were never reached.
        package var missed: [FuzzPlace] { FuzzPlace.allCases.filter { entered[$0] == nil } }

        fileprivate mutating func note(_ now: Set<FuzzPlace>) {
            guard now != places else { return }
            for place in now.subtracting(places) { entered[place, default: 0] += 1 }
            places = now
        }

        fileprivate mutating func note(_ place: FuzzPlace) { entered[place, default: 0] += 1 }
    }

    /// Feeds decoder, reducer and views directly, with a run that goes on, pauses, fails and ends meanwhile.
    /// - Parameter folder: where exports are written, whatever was typed.
    package func direct(exportsIn folder: String) -> Outcome {
        var desk = Desk(Host(keys: FuzzKeys(seed: seed), folder: folder))
        for index in 0..<count {
            if index % 20_000 == 0 { desk = Desk(desk.host) }
            let began = ProcessorClock.secondsOfThread
            desk.pass(Double(desk.host.keys.number(below: 1000)) / 2500)
            if desk.host.keys.number(below: 20) == 0 {
                desk.runErrand()
            } else {
                desk.take(desk.host.keys.next())
            }
            if desk.host.keys.number(below: 12) == 0 { desk.resize() }
            if desk.host.keys.number(below: 40) == 0 {
                desk.draw()
                desk.host.outcome.frames += 1
            }
            desk.host.outcome.longest = max(desk.host.outcome.longest, ProcessorClock.secondsOfThread - began)
        }
        return desk.host.outcome
    }

    /// A host that counts what it is asked to do, and does some of it.
    private struct Host: DashboardHost {
        var keys: FuzzKeys
        let folder: String
        var outcome = Outcome()
        private let palette = Palette(theme: .sitterDark, depth: ColorDepth.allCases[0])

        init(keys: FuzzKeys, folder: String) {
            self.keys = keys
            self.folder = folder
        }

        mutating func send(_ command: RunCommand) {
            outcome.commands += 1
            switch command {
            case .note: outcome.note(.noteSent)
            case .setSchedule: outcome.note(.scheduleSent)
            case .stop: outcome.note(.stopSent)
            case .setLearningRate, .scaleLearningRate: outcome.note(.rateSent)
            default: break
            }
        }

        mutating func copy(_ panel: PanelID, of state: DashboardState) -> (rows: Int, problem: String?) {
            (PanelTable(panel, of: state).rows.count, nil)
        }

        mutating func takeMouse(_ isOurs: Bool) {}
        mutating func save(_ request: SaveRequest, isOver: Bool) -> SaveAnswer { .failed("nothing is saved here") }
        mutating func redraw() {}
        mutating func suspend(showing state: DashboardState) {}
        mutating func ring() {}

        mutating func show(theme name: String) -> String? {
            outcome.themes += 1
            outcome.note(.themeShown)
            return keys.number(below: 4) == 0 ? "it is gone" : nil
        }

        /// Writes what was asked for, into the folder and under one of a few names, or says that the disk is full.
        mutating func export(_ request: ExportRequest, of state: DashboardState) -> ExportAnswer {
            outcome.exports += 1
            guard keys.number(below: 4) > 0 else { return .failed("disk full") }
            let inside = ExportRequest(
                content: request.content, path: "\(folder)/\(request.path.utf8.count % 16).\(request.content.suffix)",
                mayReplace: request.mayReplace)
            let screen = DashboardView.draw(state, size: state.window.size, palette: palette, glyphs: .unicode)
            let written = ExportFile.write(inside, of: state, screen: screen)
            if case .written = written {
                outcome.note(request.content == .screen ? .screenWritten : .csvWritten)
            }
            return written
        }
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
        var host: Host

        init(_ host: Host) {
            self.host = host
            feed = LiveRun(sample.description)
            state = DashboardState(
                history: RunHistory(description: sample.description),
                person: Person(
                    themeNames: ["sitter-dark", "sitter-light", "nord"], themeName: "sitter-dark"), size: size)
        }

        /// Time goes on, and the run with it.
        mutating func pass(_ seconds: Double) {
            now += seconds
            var reports: [Report] = []
            if host.keys.number(below: 5) == 0, step < 5_000 {
                let next = min(5_000, step + host.keys.number(below: 12))
                reports = sample.reports(step..<next)
                step = next
            }
            let position = Position(step: step)
            switch host.keys.number(below: 400) {
            case 0: reports.append(.phase(.paused(.asked), position))
            case 1: reports.append(.phase(.training, position))
            case 2: reports.append(.phase(.evaluating, position))
            case 3:
                reports.append(.notFinite(position, loss: .nan, gradientNorm: .infinity))
                reports.append(.phase(.paused(.notFinite), position))
            case 4: reports.append(.note(.disk, "no space left on device", position))
            case 5 where host.keys.number(below: 20) == 0: reports.append(.phase(.finished(.stopped), position))
            default: break
            }
            if !reports.isEmpty { feed.record(reports, at: now - 100) }
            var effects = state.reduce(.clock(now: now))
            if host.keys.number(below: 3) == 0 {
                let changes = feed.changes(since: cursor)
                if let changes { cursor = changes.cursor }
                effects += state.reduce(.frame(now: now, timeOfDay: 40_000, changes: changes))
            }
            answer(effects)
        }

        /// Does what a person does on purpose, slowly enough that it counts: most random keys look like typing for another
        /// window, and hardly any drag begins on a ruling.
        mutating func runErrand() {
            let errand = host.keys.number(below: 5) == 0 ? drag() : host.keys.errand()
            for bytes in [[0x1B], [0x1B]] + errand {
                take(bytes)
                now += 0.5 + Double(host.keys.number(below: 500)) / 1000
                answer(state.reduce(.clock(now: now)))
            }
        }

        /// Takes a ruling that can be dragged and puts it somewhere else; a press anywhere if there is none.
        private mutating func drag() -> [[UInt8]] {
            let places = state.places
            var from = (x: host.keys.number(below: size.width), y: host.keys.number(below: size.height))
            for _ in 0..<400 where places.ruling(atX: from.x, y: from.y) == nil {
                from = (host.keys.number(below: size.width), host.keys.number(below: size.height))
            }
            let through = (0...host.keys.number(below: 5)).map { _ in
                "\u{1B}[<32;\(host.keys.number(below: size.width + 9));\(host.keys.number(below: size.height + 9))M"
            }
            return (["\u{1B}[<0;\(from.x + 1);\(from.y + 1)M"] + through + ["\u{1B}[<0;5;5m"]).map { Array($0.utf8) }
        }

        mutating func take(_ bytes: [UInt8]) {
            var events: [InputEvent] = []
            var rest = bytes[...]
            // Some people look at what they typed before they press Enter.
            if bytes.count > 1, bytes.last == 0x0D, host.keys.number(below: 2) == 0 {
                for _ in 0..<2 {
                    now += 1
                    answer(state.reduce(.clock(now: now)))
                    answer(state.reduce(.input(.key(.escape))))
                }
                now += 1
                answer(state.reduce(.clock(now: now)))
                for event in decoder.feed(rest.dropLast(), at: now) {
                    answer(state.reduce(.input(event)))
                }
                rest = rest.suffix(1)
                now += 0.6
                answer(state.reduce(.clock(now: now)))
            }
            events += decoder.feed(rest, at: now)
            if let deadline = decoder.deadline, host.keys.number(below: 3) == 0 {
                now = max(now, deadline + 0.001)
                events += decoder.expire(at: now)
            }
            for input in events {
                host.outcome.events += 1
                if case .paste = input, state.overlay.shown != nil { host.outcome.note(.pastedText) }
                answer(state.reduce(.input(input)))
            }
        }

        private mutating func answer(_ effects: [Effect]) {
            host.perform(effects, for: &state)
            host.outcome.note(FuzzPlace.places(of: state))
            guard let exit = state.exit else { return }
            host.outcome.exits += 1
            host.outcome.note(exit == .interrupted ? .interrupted : .quit)
            state.exit = nil
        }

        mutating func resize() {
            let most = host.keys.number(below: 20) == 0 ? (500, 150) : (160, 50)
            let isSmallest = host.keys.number(below: 30) == 0
            size =
                isSmallest
                ? Size(width: 1, height: 1)
                : Size(width: 1 + host.keys.number(below: most.0), height: 1 + host.keys.number(below: most.1))
            _ = state.reduce(.resized(size))
        }

        mutating func draw() {
            let frame = DashboardView.draw(
                state, size: size, palette: host.keys.pick(palettes), glyphs: host.keys.pick(Array(GlyphSet.allCases)))
            precondition(frame.size == size, "a frame of another size")
            if host.keys.number(below: 50) == 0 { _ = PanelTable(state.view.focus, of: state).text }
        }
    }
}
