import Files
import Foundation
import History
import RunStore
import Runs
import TestSupport
import Testing

@Suite struct RecorderTests {
    private let folder = ScratchFolder()
    private let run = LiveRun(Sample.description)

    private func notes() throws -> [String] {
        try #require(run.changes(since: RunCursor())).events.compactMap {
            if case .note(.disk, let text) = $0.content { text } else { nil }
        }
    }

    @Test
    func `when it has finished, everything is written and shown`() throws {
        let mailbox = ReportMailbox()
        let log = try LogWriter(folder / "log", layers: [])
        let recorder = Recorder(mailbox: mailbox, run: run, sinks: [log])
        recorder.start()
        for step in 0..<5000 { mailbox.append(.step(Sample.step(step))) }
        mailbox.append(.end(Sample.end))
        recorder.finish()
        recorder.finish()
        #expect(try folder.lines("log").count == 5002)
        #expect(run.status.latestStep?.step == 4999)
        #expect(run.status.phase == .finished(.earlyStopping))
    }

    @Test
    func `lines are written at the latest after the interval`() throws {
        var recording = Recording(run: run, sinks: [try LogWriter(folder / "log", layers: [])])
        recording.take([.step(Sample.step(0))], at: 0.02)
        #expect(try folder.text("log").isEmpty)
        recording.take([], at: 0.2)
        #expect(try folder.lines("log").count == 2)
        recording.close(at: 1)
    }

    @Test(arguments: [RunPhase.paused(.asked), .finished(.completed)])
    func `a pause and the end write at once`(_ phase: RunPhase) throws {
        var recording = Recording(run: run, sinks: [try LogWriter(folder / "log", layers: [])])
        recording.take([.step(Sample.step(0)), .phase(phase, Position(step: 1))], at: 0.02)
        #expect(try folder.lines("log").count == 2)
        recording.close(at: 1)
    }

    @Test
    func `a full disk costs the file, with one note to the screen and the others`() throws {
        let sinks: [any ReportSink] = [
            try LogWriter("/dev/full", layers: []),
            try Journal(folder / "journal", description: Sample.description, began: 0),
        ]
        var recording = Recording(run: run, sinks: sinks)
        recording.take([.step(Sample.step(0))], at: 1)
        recording.take([.step(Sample.step(1)), .receipt(Sample.receipt(2, .pause))], at: 2)
        recording.close(at: 3)
        let note = "the log ends here: \(FileError(path: "/dev/full", .noSpace))"
        #expect(try notes() == [note])
        let journal = try folder.text("journal")
        #expect(journal.contains(note))
        #expect(journal.contains("pause"))
        #expect(run.status.latestStep?.step == 1)
    }

    @Test
    func `a closed pipe costs the log, never the run`() throws {
        let pipe = Pipe()
        let mailbox = ReportMailbox()
        let path = "/dev/fd/\(pipe.fileHandleForWriting.fileDescriptor)"
        let recorder = Recorder(mailbox: mailbox, run: run, sinks: [try LogWriter(path, layers: [])])
        try pipe.fileHandleForReading.close()
        recorder.start()
        for step in 0..<100 { mailbox.append(.step(Sample.step(step))) }
        recorder.finish()
        let notes = try notes()
        #expect(notes.count == 1)
        #expect(notes.first?.contains("Broken pipe") == true)
        #expect(run.status.latestStep?.step == 99)
    }

    @Test
    func `a pipe that nobody reads holds up neither the screen nor other files, and loses nothing`() throws {
        let pipe = Pipe()
        let path = "/dev/fd/\(pipe.fileHandleForWriting.fileDescriptor)"
        let sinks: [any ReportSink] = [
            try LogWriter(path, layers: []), try LogWriter(folder / "log", layers: []),
        ]
        try pipe.fileHandleForWriting.close()
        var recording = Recording(run: run, sinks: sinks)
        // About 700 kB, ten times what a pipe holds.
        for step in 0..<5000 { recording.take([.step(Sample.step(step))], at: Double(step)) }
        #expect(run.status.latestStep?.step == 4999)
        let reader = pipe.fileHandleForReading
        let closing = DispatchQueue(label: "closing")
        closing.async { [recording] in
            var recording = recording
            recording.close(at: 5000)
        }
        let read = try #require(try reader.readToEnd())
        closing.sync {}
        #expect(Array(read) == (try folder.bytes("log")))
        #expect(try notes().isEmpty)
    }
}
