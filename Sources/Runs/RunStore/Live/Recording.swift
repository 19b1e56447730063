import Files
import History
import Runs

/// What the recorder does with the reports it drains, without the thread and the clock.
package struct Recording: Sendable {
    /// Seconds between two flushes at most.
    package static let flushInterval = 0.15

    private let run: LiveRun
    private var sinks: [any ReportSink]
    /// Which files wait for room.
    private var waiting: Set<String> = []
    /// The files that are not whole, in words.
    package private(set) var failures: [String] = []
    private var lastFlush = 0.0
    private var position = Position(step: 0)

    /// - Parameter run: what readers see; it hears of everything before the sinks do.
    package init(run: LiveRun, sinks: [any ReportSink]) {
        self.run = run
        self.sinks = sinks
    }

    /// Shows the reports to the readers and writes them, and flushes when it is time, at a pause and at the end.
    package mutating func take(_ reports: [Report], at seconds: Double) {
        run.record(reports, at: seconds)
        var mustFlush = seconds - lastFlush >= Self.flushInterval
        for report in reports {
            for index in sinks.indices { sinks[index].record(report, at: seconds) }
            switch report {
            case .step(let step): position = Position(branch: step.branch, step: step.step + 1)
            case .phase(let phase, let place):
                position = place
                mustFlush = mustFlush || phase.isPaused || phase.isFinished
            case .checkpoint(let number, let place):
                mark(number, at: place, seconds)
                // A checkpoint counts once the journal has it.
                mustFlush = true
            default: break
            }
        }
        if mustFlush {
            lastFlush = seconds
            forEachSink(at: seconds) { sink throws(FileError) in try sink.flush() }
        }
    }

    private mutating func mark(_ number: Int, at position: Position, _ seconds: Double) {
        func length(_ isWanted: (any ReportSink) -> Bool) -> Int? { sinks.first(where: isWanted)?.length }
        let event = CheckpointEvent(
            number: number, at: position, log: length { $0 is LogWriter }, events: length { $0 is EventFileWriter })
        for index in sinks.indices { sinks[index].mark(event, at: seconds) }
    }

    /// Writes everything that is left.
    package mutating func close(at seconds: Double) {
        forEachSink(at: seconds) { sink throws(FileError) in try sink.close() }
        sinks = []
    }

    /// What to say of a file that has begun to wait for room, or has found it.
    private mutating func note(on sink: any ReportSink) -> String? {
        if let trouble = sink.trouble {
            return waiting.insert(sink.name).inserted ? "the \(sink.name) waits for room: \(trouble)" : nil
        }
        return waiting.remove(sink.name) == nil ? nil : "the \(sink.name) goes on, nothing of it is lost"
    }

    /// Does something with every sink; one that fails is given up, one that waits goes on, each with one note to the others
    /// and to the screen.
    private mutating func forEachSink(
        at seconds: Double, _ body: (inout any ReportSink) throws(FileError) -> Void
    ) {
        var notes: [Report] = []
        var lost: [Int] = []
        for index in sinks.indices {
            do throws(FileError) {
                try body(&sinks[index])
                if let note = self.note(on: sinks[index]) { notes.append(.note(.disk, note, position)) }
            } catch {
                failures.append("the \(sinks[index].name) is not whole: \(error)")
                notes.append(.note(.disk, "the \(sinks[index].name) ends here: \(error)", position))
                lost.append(index)
            }
        }
        for index in lost.reversed() { sinks.remove(at: index) }
        guard !notes.isEmpty else { return }
        run.record(notes, at: seconds)
        for note in notes {
            for index in sinks.indices { sinks[index].record(note, at: seconds) }
        }
    }
}
