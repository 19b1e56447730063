import Files
import Runs

/// The reproducible log of `--log`: one compact JSON object a line, the same for every run of a config but for
/// `samplesPerSecond`.
///
/// Numbers that are not finite stand as `"NaN"`, `"Infinity"`, `"-Infinity"`, what is absent as null.
package struct LogWriter: ReportSink {
    package var name: String { "log" }

    private var output: FileOutput
    private let layers: [LayerDescription]

    /// Opens the file, emptied; `-` is standard output.
    /// - Parameter layers: the watched layers, whose names and kinds the `layers` lines carry.
    package init(_ path: String, layers: [LayerDescription]) throws(FileError) {
        output = try FileOutput(path)
        self.layers = layers
    }

    package mutating func record(_ report: Report, at seconds: Double) {
        switch report {
        case .step(let step): Self.write(step, into: &output.pending)
        case .evaluation(let evaluation): output.pending.event(evaluation)
        case .layers(let report, logged: true): Self.write(report, of: layers, into: &output.pending)
        case .receipt(let receipt): output.pending.event(CommandEvent.Brief(receipt))
        case .end(let summary): output.pending.event(summary)
        case .layers(_, logged: false), .phase, .progress, .notFinite, .note: break
        }
    }

    package mutating func flush() throws(FileError) { try output.flush() }

    package mutating func close() throws(FileError) { try output.close() }
}
