import Cells
import CursesTerminal
import Dashboard
import Foundation
import History
import Machine
import Plans
import RunStore
import Runs
import Settings
import Synchronization
import Themes
import Training

/// How long it takes from a key press, through the terminal, to the run's receipt and to the frame that shows it.
///
/// Keys that steer wait a moment on purpose, so that typing for another window does nothing; Enter, which sends a waiting
/// rate at once, is what is timed.
struct LatencyBenchmark {
    private let model: String
    private let count: Int
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        model = arguments.operands.count > 1 ? arguments.operands[1] : "lenet"
        count = try arguments.wholeNumber("--count", in: 1...10_000) ?? 50
        isJSON = arguments.has("--json")
    }

    private struct Sample: Sendable {
        /// Seconds from the key press until the receipt could be read, and until its frame was on the terminal.
        var receipt: Double
        var frame: Double
    }

    func run() throws -> Int32 {
        let material = try RunMaterial(plan: BenchmarkConfig.plan(model))
        let pseudo = try BenchmarkTerminal(size: Size(width: 200, height: 50))
        let terminal = try pseudo.open()
        let run = try LiveSession(material: material, script: [], log: nil, directory: nil, isWatched: true)
        let watched = WatchedFeed(feed: run.feed, control: run.mailbox)
        let session = DashboardSession(
            description: run.description, feed: watched, control: watched, glyphs: .unicode)
        let samples = Mutex<[Sample]>([])
        let isDone = Atomic(false)
        let (count, feed) = (count, run.feed)
        let typist = Thread {
            Self.type(count, on: pseudo, watched: watched, feed: feed) { sample in
                samples.withLock { $0.append(sample) }
            }
            isDone.store(true, ordering: .releasing)
        }
        typist.start()
        _ = session.watch(on: terminal) {
            watched.frameEnded()
            return !isDone.load(ordering: .acquiring)
        }
        run.mailbox.send(.stop(keep: .last), from: .script)
        _ = run.finish()
        terminal.close()
        pseudo.close()
        let latest = run.feed.status.latestStep
        let stepSeconds = latest.map { $0.trainingSeconds / Double($0.step + 1) } ?? .nan
        material.pool.close()
        try report(samples.withLock { $0 }, name: material.plan.name, stepSeconds: stepSeconds)
        return ExitCode.done
    }

    /// Presses keys and looks at the clock until the receipt's frame is there.
    private static func type(
        _ count: Int, on terminal: BenchmarkTerminal, watched: WatchedFeed, feed: LiveRun, _ take: (Sample) -> Void
    ) {
        // Nothing steers right after the screen opened.
        Thread.sleep(forTimeInterval: 1)
        for index in 0..<count {
            var cursor = feed.changes(since: RunCursor())?.cursor ?? RunCursor()
            watched.reset()
            // By turns, so that the rate stays near the plan's; not evenly spaced, so that frames are met at any moment.
            terminal.type(index % 2 == 0 ? "{" : "}")
            Thread.sleep(forTimeInterval: 0.15 + 0.1 * Double(index % 7) / 7)
            let pressed = MonotonicClock.seconds
            terminal.type("\r")
            var receiptAt: Double?
            while watched.shownAt == nil, MonotonicClock.seconds < pressed + 10 {
                if receiptAt == nil, let changes = feed.changes(since: cursor) {
                    cursor = changes.cursor
                    if changes.events.contains(where: \.isReceiptOfPerson) { receiptAt = MonotonicClock.seconds }
                }
                Thread.sleep(forTimeInterval: 0.0005)
            }
            if let shown = watched.shownAt {
                take(Sample(receipt: min(receiptAt ?? shown, shown) - pressed, frame: shown - pressed))
            }
            Thread.sleep(forTimeInterval: 0.2)
        }
    }

    private func report(_ samples: [Sample], name: String, stepSeconds: Double) throws(UsageError) {
        guard !samples.isEmpty else {
            throw UsageError("sitter bench: no key press was ever answered")
        }
        let receipts = samples.map(\.receipt).sorted()
        let frames = samples.map(\.frame).sorted()
        // One step, and the longest time between two frames while somebody is at the keys.
        let bound = stepSeconds + DashboardLoop.Pace.standard
        guard !isJSON else {
            let json: JSON = [
                "model": .string(name), "keys": .integer(samples.count), "unanswered": .integer(count - samples.count),
                "receiptSeconds": [
                    "median": .number(receipts.quantile(0.5)), "p99": .number(receipts.quantile(0.99)),
                ],
                "frameSeconds": [
                    "median": .number(frames.quantile(0.5)), "p99": .number(frames.quantile(0.99)),
                ],
                "stepSeconds": .number(stepSeconds), "boundSeconds": .number(bound),
            ]
            return print(json.compact)
        }
        func words(_ values: [Double]) -> String {
            String(
                format: "median %.1f ms, p99 %.1f ms", values.quantile(0.5) * 1e3,
                values.quantile(0.99) * 1e3)
        }
        print(
            """
            \(name), \(samples.count) of \(count) key presses answered; a step takes \(String(format: "%.1f", stepSeconds * 1e3)) ms
            key to receipt   \(words(receipts))
            key to screen    \(words(frames))
            one step and the time between two frames: \(String(format: "%.1f", bound * 1e3)) ms
            """)
    }
}
