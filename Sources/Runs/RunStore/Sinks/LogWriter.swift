import Files
import Runs

/// The reproducible log of `--log`: one compact JSON object a line, the same for every run of a config but for
/// `samplesPerSecond`.
///
/// Numbers that are not finite stand as `"NaN"`, `"Infinity"`, `"-Infinity"`, what is absent as null.
package struct LogWriter: ReportSink {
    /// What notes call it.
    package var name: String { "log" }

    private var output: FileOutput
    private let layers: [LayerDescription]

    /// Opens the file, emptied; `-` is standard output.
    /// - Parameters:
    ///   - layers: the watched layers, whose names and kinds the `layers` lines carry.
    ///   - overwrites: whether a file that holds something is emptied; without it that is an error.
    package init(_ path: String, layers: [LayerDescription], overwrites: Bool = false) throws(FileError) {
        output = try FileOutput(path, .lines, overwrites ? .emptied : .unlessOlder)
        self.layers = layers
    }

    /// Goes on with a log that is there, cut to so many bytes.
    package init(continuing path: String, layers: [LayerDescription], at length: Int) throws(FileError) {
        output = try FileOutput(path, .lines, .continued(at: length))
        self.layers = layers
    }

    /// Refuses what opening would refuse because a file is there, and opens nothing.
    package static func refuseOlder(_ path: String, overwrites: Bool) throws(FileError) {
        if path != "-", !overwrites { try FileOutput.refuseOlder(path) }
    }

    /// Bytes that the file will hold once everything taken is written; nil where it is no regular file.
    package var length: Int? { output.length }

    /// Why it does not grow at the moment, though it may again; nil where it does.
    package var trouble: FileError? { output.trouble }

    /// Writes what the reproducible log holds into memory.
    package mutating func record(_ report: Report, at seconds: Double) {
        switch report {
        case .step(let step): Self.write(step, into: &output.pending)
        case .evaluation(let evaluation): output.pending.event(evaluation)
        case .layers(let report, logged: true): Self.write(report, of: layers, into: &output.pending)
        case .receipt(let receipt): output.pending.event(CommandEvent.Brief(receipt))
        case .finding(let finding): output.pending.event(finding)
        case .end(let summary): output.pending.event(summary)
        case .layers(_, logged: false), .phase, .progress, .notFinite, .note, .checkpoint, .race, .rateTest, .check:
            break
        }
    }

    /// Hands on what the file takes without waiting.
    package mutating func flush() throws(FileError) { try output.flush() }

    /// Writes all that is left and closes the file.
    package mutating func close() throws(FileError) { try output.close() }
}
