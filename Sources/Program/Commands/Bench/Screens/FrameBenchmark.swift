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
import Themes
import Training

/// How long one frame takes, from the run's news to the last byte for the terminal.
struct FrameBenchmark {
    private static let sizes = [
        Size(width: 80, height: 24), Size(width: 200, height: 50), Size(width: 500, height: 150),
    ]
    private let frames: Int
    private let isJSON: Bool

    init(_ arguments: ParsedArguments) throws(UsageError) {
        frames = try arguments.wholeNumber("--count", in: 1...100_000) ?? 100
        isJSON = arguments.has("--json")
    }

    func run() throws -> Int32 {
        if !isJSON {
            print("milliseconds of one frame, median (max) of \(frames): typical is 100 steps/s at 10 frames/s; a full")
            print("repaint sends every cell, as after ctrl-L\n")
            print("size      screen          typical           of it drawing   full repaint      of it drawing")
        }
        for size in Self.sizes {
            for screen in Screen.allCases { report(size, screen, try measure(size, screen)) }
        }
        return ExitCode.done
    }

    private struct Measurement {
        /// Seconds of frames in which a little is new, and of those that are sent whole.
        var typical: [Double] = []
        var full: [Double] = []
        /// Seconds of them until the cells are known, before ncurses gets them.
        var typicalDrawing: [Double] = []
        var fullDrawing: [Double] = []
    }

    private func measure(_ size: Size, _ screen: Screen) throws -> Measurement {
        let pseudo = try BenchmarkTerminal(size: size)
        defer { pseudo.close() }
        let terminal = try pseudo.open()
        defer { terminal.close() }
        let sample = SampleReports(totalSteps: 4_000)
        let run = LiveRun(sample.description)
        run.record(sample.reports(0..<2_500), at: 25)
        var state = DashboardState(history: RunHistory(description: sample.description), screen: screen)
        let palette = Palette(theme: .sitterDark, depth: .trueColor)
        var (cursor, step, now) = (RunCursor(), 2_500, 0.0)
        var result = Measurement()
        for frame in -3..<2 * frames {
            // After three for the first cells, one of each kind by turns.
            let isFull = frame >= 0 && frame % 2 == 1
            run.record(sample.reports(step..<step + 10), at: Double(step) / 100)
            step += 10
            if step >= 3_900 { step = 2_500 }
            now += 0.1
            let began = MonotonicClock.seconds
            let changes = run.changes(since: cursor)
            if let changes { cursor = changes.cursor }
            _ = state.reduce(.frame(now: now, timeOfDay: 40_000 + now, changes: changes))
            state.window.size = size
            let buffer = DashboardView.draw(state, size: size, palette: palette, glyphs: .unicode)
            let drawn = MonotonicClock.seconds
            terminal.draw(buffer)
            if isFull { terminal.redraw() }
            let ended = MonotonicClock.seconds
            guard frame >= 0 else { continue }
            if isFull {
                result.full.append(ended - began)
                result.fullDrawing.append(drawn - began)
            } else {
                result.typical.append(ended - began)
                result.typicalDrawing.append(drawn - began)
            }
        }
        return result
    }

    private func report(_ size: Size, _ screen: Screen, _ measurement: Measurement) {
        let (typical, full) = (Spread(measurement.typical), Spread(measurement.full))
        let (typicalDrawing, fullDrawing) = (Spread(measurement.typicalDrawing), Spread(measurement.fullDrawing))
        guard !isJSON else {
            let json: JSON = [
                "width": .integer(size.width), "height": .integer(size.height), "screen": .string("\(screen)"),
                "typicalSeconds": typical.json, "typicalDrawingSeconds": typicalDrawing.json,
                "fullSeconds": full.json, "fullDrawingSeconds": fullDrawing.json,
            ]
            return print(json.compact)
        }
        func words(_ spread: Spread) -> String {
            String(format: "%6.2f (%6.2f)", spread.median * 1e3, spread.maximum * 1e3)
        }
        print(
            "\(size.width)x\(size.height)".padding(toLength: 10, withPad: " ", startingAt: 0)
                + "\(screen)".padding(toLength: 14, withPad: " ", startingAt: 0)
                + "\(words(typical))   \(words(typicalDrawing))   \(words(full))   \(words(fullDrawing))")
    }
}
