import Cells
import Dashboard
import Foundation
import History
import Machine
import RunStore
import Runs
import Screens
import Settings
import Themes
import Training

/// What very long runs cost: memory of all their points, time to the first frame and to each zoom.
struct SeriesBenchmark {
    private let points: Int
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        points = try arguments.wholeNumber("--count", in: 1...100_000_000) ?? 10_000_000
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        let sample = SampleReports(totalSteps: points)
        let size = Size(width: 200, height: 50)
        let before = ProcessFacts.memory.resident ?? 0
        let run = LiveRun(sample.description)
        let recordSeconds = record(sample, into: run)
        let feedBytes = (ProcessFacts.memory.resident ?? 0) - before

        // As one that attaches: everything at once.
        var state = DashboardState(history: RunHistory(description: sample.description))
        let asked = MonotonicClock.seconds
        var changes = run.changes(since: RunCursor())
        _ = state.reduce(.frame(now: 0, timeOfDay: 0, changes: changes))
        let absorbed = MonotonicClock.seconds
        draw(&state, size)
        let first = MonotonicClock.seconds
        // What was not given at once, with the frames after it.
        while let cursor = changes?.cursor, changes?.steps.hasMore == true {
            changes = run.changes(since: cursor)
            _ = state.reduce(.frame(now: 0, timeOfDay: 0, changes: changes))
            draw(&state, size)
        }
        let last = MonotonicClock.seconds
        changes = nil
        let historyBytes = (ProcessFacts.memory.resident ?? 0) - before - feedBytes
        let redraws = (0..<20).map { _ in time { draw(&state, size) } }
        let zooms = zoom(&state, size)

        let (redraw, zooming) = (Spread(redraws), Spread(zooms))
        if isJSON {
            let json: JSON = [
                "points": .integer(points), "recordSeconds": .number(recordSeconds), "feedBytes": .integer(feedBytes),
                "historyBytes": .integer(historyBytes), "series": .integer(Metric.allCases.count),
                "bytesPerSeries": .integer((feedBytes + historyBytes) / Metric.allCases.count),
                "attachSeconds": .number(absorbed - asked), "firstFrameSeconds": .number(first - asked),
                "wholeSeconds": .number(last - asked),
                "redrawSeconds": redraw.json, "zoomSeconds": zooming.json,
            ]
            print(json.compact)
        } else {
            print(
                """
                \(points) steps of \(Metric.allCases.count) series, drawn at 200x50
                recording         \(Self.milliseconds(recordSeconds)), \(Self.megabytes(feedBytes)) in the run
                first frame       \(Self.milliseconds(first - asked)), of it taking over \(Self.milliseconds(absorbed - asked))
                all steps         \(Self.milliseconds(last - asked)) until they are taken over and drawn; \
                \(Self.megabytes(historyBytes)) in the dashboard
                both together     \(Self.megabytes((feedBytes + historyBytes) / Metric.allCases.count)) a series
                next frames       \(Self.milliseconds(redraw.median)) (max \(Self.milliseconds(redraw.maximum)))
                zoom and draw     \(Self.milliseconds(zooming.median)) (max \(Self.milliseconds(zooming.maximum)))
                """)
        }
        return ExitCode.done
    }

    /// Records the steps as the recorder would, in batches.
    private func record(_ sample: SampleReports, into run: LiveRun) -> Double {
        var seconds = 0.0
        for first in stride(from: 0, to: points, by: 8_192) {
            let reports = sample.reports(first..<min(points, first + 8_192), withLayers: false)
            seconds += time { run.record(reports, at: Double(first) / 100) }
        }
        return seconds
    }

    /// Zooms in ten times around the middle and back out, and draws each time.
    private func zoom(_ state: inout DashboardState, _ size: Size) -> [Double] {
        var seconds: [Double] = []
        for (index, key) in (Array(repeating: Character("+"), count: 10) + Array(repeating: Character("-"), count: 10))
            .enumerated()
        {
            seconds.append(
                time {
                    // A second apart: quick keys look like typing.
                    _ = state.reduce(.clock(now: Double(index + 1)))
                    _ = state.reduce(.input(.key(.character(key))))
                    draw(&state, size)
                })
        }
        return seconds
    }

    private func draw(_ state: inout DashboardState, _ size: Size) {
        state.window.size = size
        _ = DashboardView.draw(
            state, size: size, palette: Palette(theme: .sitterDark, depth: .trueColor), glyphs: .unicode)
    }

    private func time(_ body: () -> Void) -> Double {
        let began = MonotonicClock.seconds
        body()
        return MonotonicClock.seconds - began
    }

    private static func milliseconds(_ seconds: Double) -> String { String(format: "%.2f ms", seconds * 1e3) }

    private static func megabytes(_ bytes: Int) -> String { String(format: "%.1f MB", Double(bytes) / 1e6) }
}
