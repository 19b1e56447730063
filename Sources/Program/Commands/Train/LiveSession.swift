import Files
import Foundation
import History
import Plans
import RunStore
import Runs
import Training

/// A run that is alive in this process: trainer thread, recorder and the two ends to watch and steer it.
struct LiveSession {
    let description: RunDescription
    let feed: LiveRun
    let mailbox: CommandMailbox
    let directory: RunDirectory?
    private let recorder: Recorder
    private let checkpoints: CheckpointWriter?
    private let thread: TrainerThread

    /// Opens the log and the run directory's files and starts training.
    ///
    /// - Parameter measuresForNobody: whether the layers are measured every `statistics.every` steps even where no log
    ///   and no directory wants it, as benchmarks do.
    init(
        material: RunMaterial, script: [ScriptedCommand], log: String?, directory: RunDirectory?, isWatched: Bool,
        canSteer: Bool? = nil,
        measuresForNobody: Bool = false
    ) throws(FileError) {
        description = material.description
        self.directory = directory
        let began = Date().timeIntervalSince1970
        var sinks: [any ReportSink] = []
        if let log { sinks.append(try LogWriter(log, layers: description.layers)) }
        if let directory {
            sinks.append(try Journal(directory.journal, description: description, began: began))
            let path = directory.eventFile(began: began, host: description.host)
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
                logsStatistics: !sinks.isEmpty || measuresForNobody),
            checkpoints: checkpoints)
        recorder.start()
        thread = TrainerThread(trainer)
    }

    /// How the run ended, once it has.
    var end: EndSummary? { thread.end }

    /// Why the weights are not on the disk, if they should be and are not.
    var checkpointFailure: String? { checkpoints?.failure?.description }

    /// Waits until the run has ended and every file of it is written.
    func finish() -> EndSummary {
        let end = thread.wait()
        recorder.finish()
        return end
    }
}
