import Cells
import CursesTerminal
import Dashboard
import Foundation
import History
import Machine
import RunStore
import Runs
import Screens
import Settings
import Synchronization
import Themes
import Training

/// What the dashboard itself is like: the time its thread takes of a core, how soon it shows a key, and how long a frame
/// takes over short and very long runs. At 200x50; nothing is trained meanwhile.
struct DashboardBenchmark {
    private static let size = Size(width: 200, height: 50)
    private static let stepsPerSecond = 100.0
    private let seconds: Double
    private let keys: Int
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        seconds = try arguments.number("--seconds", in: 0.5...600) ?? 4
        keys = try arguments.wholeNumber("--count", in: 1...10_000) ?? 50
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        if !isJSON { print("the dashboard at 200x50, nothing trained meanwhile") }
        for (name, pace) in [("paused", PacedRun.Pace.paused), ("finished", .finished)] {
            reportShare(name, .overview, try share(pace, .overview))
        }
        for screen in Screen.allCases {
            reportShare("training", screen, try share(.training(stepsPerSecond: Self.stepsPerSecond), screen))
        }
        reportKeys("paused", try keysToPaint(.paused))
        reportKeys("training", try keysToPaint(.training(stepsPerSecond: Self.stepsPerSecond)))
        for points in [1_000, 100_000, 10_000_000] { reportRedraw(points, try redraws(points)) }
        return ExitCode.done
    }

    /// Shows a run until `body` has looked at it, on the thread that owns the terminal.
    private func show(
        _ pace: PacedRun.Pace, _ screen: Screen, until isWanted: (BenchmarkTerminal) -> Bool
    ) throws {
        let pseudo = try BenchmarkTerminal(size: Self.size)
        defer { pseudo.close() }
        let terminal = try pseudo.open()
        defer { terminal.close() }
        let run = PacedRun(pace)
        defer { run.close() }
        let session = DashboardSession(
            description: run.description, feed: run.feed, control: CommandMailbox(), glyphs: .unicode, screen: screen)
        _ = session.watch(on: terminal) { isWanted(pseudo) }
    }

    /// The share of a core that the thread takes while nobody is at the keys.
    private func share(_ pace: PacedRun.Pace, _ screen: Screen) throws -> Double {
        let began = MonotonicClock.seconds
        var start: (cpu: Double, at: Double)?
        var end = (cpu: 0.0, at: 0.0)
        try show(pace, screen) { _ in
            let now = MonotonicClock.seconds
            // The first frames fill what later ones only bring up to date.
            guard now - began > 1 else { return true }
            end = (ProcessorClock.secondsOfThread, now)
            start = start ?? end
            return now - began < 1 + seconds
        }
        guard let start, end.at > start.at else { return .nan }
        return (end.cpu - start.cpu) / (end.at - start.at)
    }

    /// Seconds from a key to the first byte of the frame that shows it: a character that stands nowhere else, typed into the
    /// palette and taken back again.
    private func keysToPaint(_ pace: PacedRun.Pace) throws -> [Double] {
        let found = Mutex<[Double]>([])
        let isDone = Atomic(false)
        let typist = Mutex<Thread?>(nil)
        try show(pace, .overview) { pseudo in
            typist.withLock { thread in
                guard thread == nil else { return }
                let new = Thread { [keys] in
                    Thread.sleep(forTimeInterval: 1)
                    pseudo.type(":")
                    Thread.sleep(forTimeInterval: 0.5)
                    for index in 0..<keys {
                        if let seconds = pseudo.echo("§", timeout: 2) { found.withLock { $0.append(seconds) } }
                        // Not evenly spaced, so that frames are met at any moment.
                        Thread.sleep(forTimeInterval: 0.1 + 0.1 * Double(index % 7) / 7)
                        pseudo.type([0x7F])
                        Thread.sleep(forTimeInterval: 0.1)
                    }
                    isDone.store(true, ordering: .releasing)
                }
                new.start()
                thread = new
            }
            return !isDone.load(ordering: .acquiring)
        }
        return found.withLock { $0 }
    }

    /// Seconds of frames with ten new steps in each, from the run's news to the last byte for the terminal.
    private func redraws(_ points: Int) throws -> [Double] {
        let pseudo = try BenchmarkTerminal(size: Self.size)
        defer { pseudo.close() }
        let terminal = try pseudo.open()
        defer { terminal.close() }
        let sample = SampleReports(totalSteps: points + 1_000)
        let run = LiveRun(sample.description)
        for first in stride(from: 0, to: points, by: 8_192) {
            let reports = sample.reports(first..<min(points, first + 8_192), withLayers: points - first <= 8_192)
            run.record(reports, at: Double(first) / 100)
        }
        var state = DashboardState(history: RunHistory(description: sample.description))
        let palette = Palette(theme: .sitterDark, depth: .trueColor)
        var cursor = RunCursor()
        return (0..<50).compactMap { frame in
            let first = points + 10 * frame
            run.record(sample.reports(first..<first + 10), at: Double(first) / 100)
            let began = MonotonicClock.seconds
            let changes = run.changes(since: cursor)
            if let changes { cursor = changes.cursor }
            let now = Double(frame) / 10
            _ = state.reduce(.frame(now: now, timeOfDay: 40_000 + now, changes: changes))
            state.window.size = Self.size
            terminal.draw(DashboardView.draw(state, size: Self.size, palette: palette, glyphs: .unicode))
            // The first ones take everything over and draw every cell; `series` measures that.
            return frame < 4 ? nil : MonotonicClock.seconds - began
        }
    }

    private func reportShare(_ phase: String, _ screen: Screen, _ share: Double) {
        guard !isJSON else {
            let json: JSON = [
                "phase": .string(phase), "screen": .string("\(screen)"), "dashboardShare": .number(share),
            ]
            return print(json.compact)
        }
        let words = phase == "training" ? "100 steps/s, \(screen)" : "\(phase), \(screen)"
        print(
            "share of a core".padding(toLength: 18, withPad: " ", startingAt: 0)
                + words.padding(toLength: 28, withPad: " ", startingAt: 0) + String(format: "%.2f %%", share * 100))
    }

    private func reportKeys(_ phase: String, _ seconds: [Double]) {
        let sorted = seconds.sorted()
        guard !isJSON else {
            let json: JSON = [
                "phase": .string(phase), "keys": .integer(seconds.count), "unanswered": .integer(keys - seconds.count),
                "keyToPaintSeconds": [
                    "median": .number(sorted.quantile(0.5)), "p99": .number(sorted.quantile(0.99)),
                    "max": .number(sorted.last ?? .nan),
                ],
            ]
            return print(json.compact)
        }
        let words = phase == "training" ? "100 steps/s" : phase
        print(
            "key to paint".padding(toLength: 18, withPad: " ", startingAt: 0)
                + words.padding(toLength: 28, withPad: " ", startingAt: 0)
                + String(
                    format: "median %.1f ms, p99 %.1f ms of %d keys, %d unanswered", sorted.quantile(0.5) * 1e3,
                    sorted.quantile(0.99) * 1e3, seconds.count, keys - seconds.count))
    }

    private func reportRedraw(_ points: Int, _ seconds: [Double]) {
        let spread = Spread(seconds)
        guard !isJSON else {
            let json: JSON = ["points": .integer(points), "redrawSeconds": spread.json]
            return print(json.compact)
        }
        print(
            "redraw".padding(toLength: 18, withPad: " ", startingAt: 0)
                + "\(points) steps".padding(toLength: 28, withPad: " ", startingAt: 0)
                + String(format: "median %.2f ms, at most %.2f ms", spread.median * 1e3, spread.maximum * 1e3))
    }
}
