import Files
import Runs

/// A TensorBoard event file: `train/loss`, `train/accuracy`, `train/learning_rate` and each other metric for every
/// step, `validation/loss` and `validation/accuracy`, and `layers/NAME` histograms of logged statistics.
///
/// The format is TFRecord frames around tensorflow.Event messages.
package struct EventFileWriter: ReportSink {
    /// What notes call it.
    package var name: String { "event file" }

    private var output: FileOutput
    private let began: Double
    private let layerTags: [String]
    /// The summary and the event under way, kept for their room.
    private var summary: [UInt8] = []
    private var event: [UInt8] = []
    /// The evaluations so far: one that a run goes back to belongs to both of its lines.
    private var evaluations: [EvaluationReport] = []

    /// Creates the file, which begins with the version that TensorBoard looks for.
    /// - Parameter began: when the run began, in seconds since 1970.
    package init(_ path: String, layers: [LayerDescription], began: Double) throws(FileError) {
        output = try FileOutput(path, .tensorFlow, .new)
        self.began = began
        layerTags = layers.map { "layers/\($0.name)" }
        event.field(1, double: began)
        event.field(3, string: "brain.Event:2")
        output.pending.appendRecord(event)
    }

    /// Goes on with a file that is there, cut to so many bytes.
    package init(
        continuing path: String, layers: [LayerDescription], began: Double, at length: Int
    ) throws(FileError) {
        output = try FileOutput(path, .tensorFlow, .continued(at: length))
        self.began = began
        layerTags = layers.map { "layers/\($0.name)" }
    }

    /// Bytes that the file will hold once everything taken is written; nil where it is no regular file.
    package var length: Int? { output.length }

    /// Why it does not grow at the moment, though it may again; nil where it does.
    package var trouble: FileError? { output.trouble }

    /// Writes steps, evaluations and logged statistics into memory; what else happens is none of its business.
    package mutating func record(_ report: Report, at seconds: Double) {
        switch report {
        case .step(let step):
            for (metric, tag) in Metric.tags where !(metric.written.mayBeAbsent && step[metric].isNaN) {
                add(tag, step[metric])
            }
            write(step: step.step, at: seconds)
        case .evaluation(let evaluation):
            evaluations.append(evaluation)
            write(evaluation, at: seconds)
        case .layers(let report, logged: true):
            for (tag, layer) in zip(layerTags, report.layers) { add(tag, layer) }
            write(step: report.position.step, at: seconds)
        case .receipt(let receipt):
            if let branch = receipt.rewound { goBack(to: branch.step, at: seconds) }
        case .layers(_, logged: false), .phase, .progress, .notFinite, .note, .checkpoint,
            .finding, .race, .rateTest, .check, .end:
            break
        }
    }

    /// Hands on what the file takes without waiting.
    package mutating func flush() throws(FileError) { try output.flush() }

    /// Writes all that is left and closes the file.
    package mutating func close() throws(FileError) { try output.close() }

    private mutating func write(_ evaluation: EvaluationReport, at seconds: Double) {
        add("validation/loss", evaluation.loss)
        if let accuracy = evaluation.accuracy, !accuracy.isNaN { add("validation/accuracy", accuracy) }
        write(step: evaluation.position.step, at: seconds)
    }

    /// Event { wall_time = 1, step = 2, session_log = 7 { status = START } }: readers forget all from the step on.
    private mutating func goBack(to step: Int, at seconds: Double) {
        event.removeAll(keepingCapacity: true)
        event.field(1, double: began + seconds)
        event.field(2, integer: step)
        var session: [UInt8] = []
        session.field(1, integer: 1)
        event.field(7, message: session)
        output.pending.appendRecord(event)
        evaluations.removeAll { $0.position.step > step }
        for evaluation in evaluations where evaluation.position.step == step { write(evaluation, at: seconds) }
    }

    /// Summary.Value { tag = 1, simple_value = 2 }
    private mutating func add(_ tag: String, _ value: Double) {
        summary.field(1, lengthOf: 2 + tag.utf8.count + 5)
        summary.field(1, string: tag)
        summary.field(2, float: Float(value))
    }

    /// Summary.Value { tag = 1, histo = 5 }
    private mutating func add(_ tag: String, _ layer: LayerStatistics) {
        guard let histogram = HistogramMessage(layer) else { return }
        var value: [UInt8] = []
        value.field(1, string: tag)
        value.field(5, message: histogram.bytes)
        summary.field(1, message: value)
    }

    /// Event { wall_time = 1, step = 2, summary = 5 }
    private mutating func write(step: Int, at seconds: Double) {
        event.removeAll(keepingCapacity: true)
        event.field(1, double: began + seconds)
        event.field(2, integer: step)
        event.field(5, message: summary)
        output.pending.appendRecord(event)
        summary.removeAll(keepingCapacity: true)
    }
}
