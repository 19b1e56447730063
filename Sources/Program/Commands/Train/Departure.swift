import CursesTerminal
import Dispatch
import Foundation
import Machine
import Runs

/// Waits for the end of a run that is to end, and sees to it that a signal ends the program whatever it is stuck in.
package struct Departure {
    private let run: LiveSession
    private var patience = Patience()
    private let began = MonotonicClock.seconds
    private var hasTold = false

    init(_ run: LiveSession) { self.run = run }

    /// How long nothing may move once a signal has come.
    package struct Patience: Hashable, Sendable {
        private var mark: Int?
        private var movedAt = Double.nan

        package init() {}

        /// Seconds in which a reader has to take something.
        package static let ofReaders = 5.0
        /// Seconds in which some piece of a step or of an evaluation has to be computed: batch systems wait 30 s and more before
        /// they kill.
        package static let ofSteps = 20.0

        /// Whether it is over.
        /// - Parameters:
        ///   - mark: changes with everything that moves; nil where only readers are waited for.
        ///   - stepSeconds: what a step takes, 0 where nobody knows yet.
        package mutating func isOver(at now: Double, mark: Int?, stepSeconds: Double) -> Bool {
            if movedAt.isNaN || mark != self.mark { (self.mark, movedAt) = (mark, now) }
            return now - movedAt > (mark == nil ? Self.ofReaders : max(Self.ofSteps, 3 * stepSeconds))
        }
    }

    /// Looks once; does not return where a signal came and nothing moves any more.
    mutating func look() {
        guard Interruption.count > 0 else { return }
        run.mailbox.interrupt()
        let status = run.feed.status
        let speed = status.samplesPerSecond
        let stepSeconds = speed > 0 ? Double(run.description.lengths.batchSize) / speed : 0
        // Saving takes as long as the disk does, and a second signal ends that too.
        let isSaving = run.mailbox.isSaving && run.end == nil
        // Whatever changes it is a move.
        let mark = status.position.step &+ Int((status.progress.evaluated ?? 0) * 999) &+ run.pulse
        let now = MonotonicClock.seconds
        if isSaving { patience = Patience() }
        guard patience.isOver(at: now, mark: run.end == nil ? mark : nil, stepSeconds: stepSeconds) else { return }
        let what =
            run.end == nil
            ? "the step under way does not end; what was saved before is kept"
            : "a reader takes no more of what is written, which is not whole"
        FileHandle.standardError.say("sitter: \(OneLine.of(run.description.name)): interrupted, and \(what)\n")
        fflush(nil)
        _exit(128 + (Interruption.signal ?? SIGTERM))
    }

    /// Waits until the run has ended and every file of it is written.
    mutating func finish() -> EndSummary {
        while !run.isFinished(within: 0.05) {
            look()
            tell()
        }
        return run.finish()
    }

    /// Says once to somebody at a terminal why the shell is not back yet.
    private mutating func tell() {
        guard !hasTold, MonotonicClock.seconds - began > 1, isatty(STDERR_FILENO) == 1 else { return }
        hasTold = true
        FileHandle.standardError.say("finishing the step and saving; ctrl-C leaves at once\n")
    }
}
