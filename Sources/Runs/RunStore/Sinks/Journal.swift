import Files
import Runs

/// The story of a run in its directory (`journal.ndjson`): commands with their receipts, notes, skipped updates, and
/// the end; also the evaluations that were the best so far. Enough to give the commands of outside authors again.
///
/// Lines are like the log's, but carry `seconds` since the run began, and the whole command as a script writes it:
///
///     {"event":"begin","name":"digits","host":"box","seed":1,"time":1760000000.5}
///     {"event":"command","step":100,"branch":0,"author":"person","command":{"setLearningRate":0.01},
///      "accepted":true,"old":0.1,"new":0.01,"reason":null,"seconds":12.5}
///     {"event":"note","step":,"branch":,"author":,"text":,"seconds":}
///     {"event":"notFinite","step":,"branch":,"loss":,"gradientNorm":,"seconds":}
///     {"event":"finding", as in the log,"seconds":}
///     {"event":"pause","step":,"branch":,"paused":,"seconds":}
///     {"event":"evaluation", as in the log,"seconds":}
///     {"event":"checkpoint","step":,"branch":,"number":,"log":,"events":,"seconds":}
///     {"event":"resume","step":,"branch":,"number":,"changes":,"time":,"seconds":}
///     {"event":"end", as in the log,"seconds":}
package struct Journal: ReportSink {
    /// What notes call it.
    package var name: String { "journal" }

    private var output: FileOutput
    /// Whether the run stands still, as far as it was told.
    private var isPaused = false

    /// Creates the file.
    /// - Parameters:
    ///   - began: when the run began, in seconds since 1970.
    ///   - log: the absolute path of the run's log; nil where none is written to a file.
    package init(
        _ path: String, description: RunDescription, began: Double, log: String? = nil
    ) throws(FileError) {
        output = try FileOutput(path, .lines, .new)
        output.pending.event(BeginEvent(description, time: began, log: log))
    }

    /// Goes on with a journal that is there, cut to so many bytes, and says so in it, whole or not at all.
    ///
    /// What is cut may tell of changes that are to be made again: the checkpoint that goes with the event has them.
    /// - Parameter seconds: seconds that the run has taken so far.
    package init(
        continuing path: String, at length: Int, with event: ResumeEvent, _ checkpoint: CheckpointEvent, seconds: Double
    ) throws(FileError) {
        var bytes = Array(try FileBytes.read(path).prefix(length))
        bytes.event(event, seconds: seconds)
        bytes.event(checkpoint, seconds: seconds)
        try AtomicFile.write(bytes, to: path)
        output = try FileOutput(path, .lines, .continued(at: bytes.count))
    }

    /// Bytes that the file will hold once everything taken is written; nil where it is no regular file.
    package var length: Int? { output.length }

    /// Why it does not grow at the moment, though it may again; nil where it does.
    package var trouble: FileError? { output.trouble }

    /// Writes receipts, notes, updates that were skipped and the end into memory.
    package mutating func record(_ report: Report, at seconds: Double) {
        switch report {
        case .receipt(let receipt): output.pending.event(CommandEvent(receipt), seconds: seconds)
        case .note(let author, let text, let position):
            output.pending.event(NoteEvent(author, text, at: position), seconds: seconds)
        case .notFinite(let position, let loss, let gradientNorm):
            output.pending.event(
                NotFiniteEvent(loss: loss, gradientNorm: gradientNorm, at: position), seconds: seconds)
        case .finding(let finding): output.pending.event(finding, seconds: seconds)
        case .end(let summary): output.pending.event(summary, seconds: seconds)
        case .evaluation(let evaluation) where evaluation.isBest:
            output.pending.event(evaluation, seconds: seconds)
        case .phase(let phase, let position) where phase.isPaused != isPaused && !phase.isFinished:
            isPaused = phase.isPaused
            output.pending.event(PauseEvent(isPaused, at: position), seconds: seconds)
        case .step, .evaluation, .layers, .phase, .progress, .checkpoint, .race, .rateTest, .check: break
        }
    }

    /// Writes how far each file tells the past of a checkpoint.
    package mutating func mark(_ checkpoint: CheckpointEvent, at seconds: Double) {
        output.pending.event(checkpoint, seconds: seconds)
    }

    /// Hands on what the file takes without waiting.
    package mutating func flush() throws(FileError) { try output.flush() }

    /// Writes all that is left and closes the file.
    package mutating func close() throws(FileError) { try output.close() }
}
