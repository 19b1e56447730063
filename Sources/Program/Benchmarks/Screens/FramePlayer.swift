import Cells
import CursesTerminal
import Dashboard
import Foundation
import History
import Machine
import RunStore
import Runs
import Screens
import Themes

/// A dashboard over a run that was never trained, frame by frame at ten frames a second of 100 steps a second, drawn into a
/// pseudo-terminal. Everything but the time is the same on every machine.
package final class FramePlayer {
    /// What one frame took.
    package struct Frame {
        /// Seconds from the run's news to the last byte for the terminal, and of them until the cells are known.
        package let seconds: Double
        package let drawingSeconds: Double
        /// Bytes for the terminal.
        package let bytes: Int
    }

    private static let past = 2_500
    private let size: Size
    private let pseudo: BenchmarkTerminal
    private let terminal: Terminal
    private let sample: SampleReports
    private let run: LiveRun
    private let palette = Palette(theme: .sitterDark, depth: .trueColor)
    private var state: DashboardState
    private var (cursor, step, now) = (RunCursor(), FramePlayer.past, 0.0)

    /// - Parameter past: steps made before the first frame; measurements of layers come with the first 2,500 alone.
    /// - Throws: `UsageError` where no pseudo-terminal is to be had, `TerminalError`.
    package init(size: Size, screen: Screen, past: Int = 2_500) throws {
        self.size = size
        pseudo = try BenchmarkTerminal(size: size)
        terminal = try pseudo.open()
        sample = SampleReports(totalSteps: past + 1_500)
        run = LiveRun(sample.description)
        for first in stride(from: 0, to: past, by: Self.past) {
            let steps = first..<min(past, first + Self.past)
            run.record(sample.reports(steps, withLayers: first == 0), at: Double(steps.upperBound) / 100)
        }
        step = past
        state = DashboardState(history: RunHistory(description: sample.description), screen: screen)
    }

    deinit {
        terminal.close()
        pseudo.close()
    }

    /// The run makes ten steps more: the news of the next frame.
    package func record() {
        run.record(sample.reports(step..<step + 10), at: Double(step) / 100)
        step += 10
        // Before the run's end it begins the last part again.
        if step >= sample.totalSteps - 100 { step = sample.totalSteps - 1_500 }
        now += 0.1
    }

    /// Takes over what is new and draws its frame without sending it: what the dashboard itself does, allocations included.
    @discardableResult
    package func draw() -> CellBuffer {
        let changes = run.changes(since: cursor)
        if let changes { cursor = changes.cursor }
        _ = state.reduce(.frame(now: now, timeOfDay: 40_000 + now, changes: changes))
        state.window.size = size
        return DashboardView.draw(state, size: size, palette: palette, glyphs: .unicode)
    }

    /// The next frame, ten steps later.
    /// - Parameter isFull: whether every cell is sent, as after ctrl-L.
    package func next(isFull: Bool = false) -> Frame {
        record()
        let (began, sent) = (MonotonicClock.seconds, terminal.bytesSent)
        let buffer = draw()
        let drawn = MonotonicClock.seconds
        terminal.draw(buffer)
        if isFull { terminal.redraw() }
        let seconds = MonotonicClock.seconds - began
        // What is still on its way is this frame's too.
        while !terminal.outputQueueIsEmpty { usleep(100) }
        return Frame(seconds: seconds, drawingSeconds: drawn - began, bytes: terminal.bytesSent - sent)
    }
}
