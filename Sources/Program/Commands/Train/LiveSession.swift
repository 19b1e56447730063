import Files
import Foundation
import History
import Plans
import RunStore
import Runs
import Tensors
import Training

/// A run that is alive in this process: trainer thread, recorder and the two ends to watch and steer it.
package struct LiveSession {
    /// What the run is.
    package let description: RunDescription
    /// What it has done so far, for whoever watches.
    package let feed: LiveRun
    /// Where commands go.
    package let mailbox: CommandMailbox
    /// Where its files go; nil where nothing is kept.
    package let directory: RunDirectory?
    private let recorder: Recorder
    private let checkpoints: CheckpointWriter?
    private let thread: TrainerThread

    /// Opens the log and the run directory's files and starts training.
    ///
    /// - Parameters:
    ///   - measuresForNobody: whether the layers are measured every `statistics.every` steps even where no log
    ///     and no directory wants it, as benchmarks do.
    ///   - startsPaused: whether somebody has to resume it before its first step.
    ///   - stepsPerSecond: at most so many; nil for as many as there can be.
    package init(
        material: RunMaterial, script: [ScriptedCommand], log: String?, directory: RunDirectory?, isWatched: Bool,
        canSteer: Bool? = nil,
        measuresForNobody: Bool = false, startsPaused: Bool = false, stepsPerSecond: Double? = nil
    ) throws(FileError) {
        description = material.description
        self.directory = directory
        let began = Date().timeIntervalSince1970
        var sinks: [any ReportSink] = []
        if let log { sinks.append(try LogWriter(log, layers: description.layers)) }
        if let directory {
            sinks.append(try Journal(directory.journal, description: description, began: began))
            let path = directory.eventFile(began: began, host: description.origin.host)
            sinks.append(try EventFileWriter(path, layers: description.layers, began: began))
        }
        let reports = ReportMailbox()
        feed = LiveRun(description)
        mailbox = CommandMailbox()
        mailbox.schedule(script)
        recorder = Recorder(mailbox: reports, run: feed, sinks: sinks)
        checkpoints = directory.map { directory in
            CheckpointWriter(reports: reports) { $0 == .best ? directory.best : directory.last }
        }
        let trainer = Trainer(
            material: material, mailbox: mailbox, reports: reports,
            options: TrainerOptions(
                canSteer: canSteer ?? isWatched, isWatched: isWatched,
                logsStatistics: !sinks.isEmpty || measuresForNobody, startsPaused: startsPaused,
                stepsPerSecond: stepsPerSecond),
            checkpoints: checkpoints)
        recorder.start()
        thread = TrainerThread(trainer)
    }

    /// How the run ended, once it has.
    package var end: EndSummary? { thread.end }

    /// Why the weights are not on the disk, if they should be and are not.
    var checkpointFailure: String? { checkpoints?.failure?.description }

    /// Writes the weights that the run has kept, and reads them back; waits until it has ended.
    func writeWeights(to path: String) throws {
        let (tensors, step) = thread.weights()
        let bytes = SafetensorsFile.bytes(tensors, metadata: [.init(key: "step", value: "\(step)")])
        try AtomicFile.write(bytes, to: path)
        guard try FileBytes.read(path, limit: bytes.count + 1) == bytes else {
            throw UsageError("\(path): what was written does not read back")
        }
    }

    /// Waits until the run has ended and every file of it is written.
    package func finish() -> EndSummary {
        let end = thread.wait()
        recorder.finish()
        return end
    }
}
