import Files
import Runs

/// Something that the recorder writes reports to.
package protocol ReportSink: Sendable {
    /// What it is in words, for notes: `log`, `journal`.
    var name: String { get }

    /// Why its file does not grow at the moment, though it may again; nil where it does.
    var trouble: FileError? { get }

    /// Bytes that its file will hold once everything taken is written; nil where it is no regular file.
    var length: Int? { get }

    /// Takes a report into memory.
    /// - Parameter seconds: seconds since the run began.
    mutating func record(_ report: Report, at seconds: Double)

    /// Takes up to where files tell the past of a checkpoint.
    mutating func mark(_ checkpoint: CheckpointEvent, at seconds: Double)

    /// Hands on what the file takes without waiting.
    mutating func flush() throws(FileError)

    /// Writes all that is left, however long that takes, and closes the file.
    mutating func close() throws(FileError)
}

extension ReportSink {
    /// Only a journal keeps it.
    package mutating func mark(_ checkpoint: CheckpointEvent, at seconds: Double) {}
}
