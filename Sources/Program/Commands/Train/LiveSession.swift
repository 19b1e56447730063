import Dispatch
import Files
import Foundation
import History
import Machine
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
    /// What it writes: log, config, journal, event file, weights.
    let files: [String]
    /// Events of its past in other processes.
    let pastEvents: Int
    private let recorder: Recorder
    private let checkpoints: CheckpointWriter?
    private let thread: TrainerThread
    /// What stands in the files of its weights beside their step.
    private let metadata: [SafetensorsFile.Metadatum]
    /// The threads that compute.
    private let pool: WorkerPool
    /// The claim on the directory while the run is alive.
    private let lock: RunLock?
    /// Where other processes watch and steer it; nil without a directory.
    private let server: RunServer?

    /// Opens the log and the run directory's files and starts training.
    ///
    /// - Parameters:
    ///   - overwrites: whether an older file of the log is replaced.
    ///   - resumed: where the run goes on; nil for its beginning.
    ///   - measuresForNobody: whether the layers are measured every `statistics.every` steps even where no log
    ///     and no directory wants it, as benchmarks do.
    ///   - startsPaused: whether somebody has to resume it before its first step.
    ///   - stepsPerSecond: at most so many; nil for as many as there can be.
    package init(
        material: RunMaterial, script: [ScriptedCommand], log: String?, overwrites: Bool = false,
        directory: RunDirectory?, resumed: ResumedRun? = nil, isWatched: Bool,
        canSteer: Bool? = nil,
        measuresForNobody: Bool = false, startsPaused: Bool = false, stepsPerSecond: Double? = nil
    ) throws(FileError) {
        var description = material.description
        // Before the directory tells of this machine.
        description.warnings += resumed?.warnings(on: description.origin) ?? []
        self.description = description
        pool = material.pool
        self.directory = directory
        let began = Date().timeIntervalSince1970
        let metadata = resumed?.metadata(material) ?? material.weightsMetadata()
        self.metadata = metadata
        let (sinks, files) =
            if let resumed {
                try resumed.openFiles(log: log, material: material)
            } else {
                try Self.open(
                    log: log, overwrites: overwrites, directory: directory, description: description, began: began)
            }
        self.files = files
        if let resumed {
            lock = resumed.lock
        } else if let directory {
            do throws(FileError) {
                lock = try RunLock(directory)
            } catch {
                for path in files where path != log && path != directory.lock { _ = path.withPathBytes { unlink($0) } }
                throw error
            }
        } else {
            lock = nil
        }
        let reports = ReportMailbox()
        let past = resumed?.history(of: description)
        feed = past.map { LiveRun($0) } ?? LiveRun(description)
        pastEvents = past?.events.count ?? 0
        mailbox = CommandMailbox()
        mailbox.schedule(script)
        recorder = Recorder(mailbox: reports, run: feed, sinks: sinks, after: resumed?.point.seconds ?? 0)
        for note in resumed?.notes ?? [] {
            reports.append(.note(.run, note, resumed?.point.position ?? Position(step: 0)))
        }
        let most = material.plan.checkpoints.keep
        checkpoints = directory.map { directory in
            var places = CheckpointWriter.Places(
                weights: { $0 == .best ? directory.best : directory.last },
                checkpoint: { directory.states.path(.init(step: $1, number: $0)) },
                wasWritten: { directory.states.thin(to: most) })
            places.metadata = metadata
            places.earlier = {
                directory.states.entries.map { .init(step: $0.step, path: directory.states.path($0)) }
            }
            return CheckpointWriter(reports: reports, places: places)
        }
        var options = TrainerOptions(
            canSteer: canSteer ?? isWatched, isWatched: isWatched,
            logsStatistics: !sinks.isEmpty || measuresForNobody, startsPaused: startsPaused,
            stepsPerSecond: stepsPerSecond)
        options.isReachable = directory != nil
        options.keepsMoments =
            options.canSteer || script.contains { $0.command.kind.word == "rewind" }
        options.staysPaused = Detachment.isDetached
        options.secondsBefore = resumed?.point.seconds ?? 0
        let trainer = Trainer(
            material: material, mailbox: mailbox, reports: reports, options: options, checkpoints: checkpoints,
            state: resumed?.state)
        if resumed == nil {
            // Before anything else happens, so that a run that is killed at once can go on too.
            trainer.writeFirstCheckpoint()
            recorder.takeBeginning()
        } else {
            trainer.writeBest()
        }
        recorder.start()
        server = Self.serve(directory, feed, mailbox, reports)
        thread = TrainerThread(trainer)
    }

    /// Opens the run's socket; a folder that can hold none costs a note.
    private static func serve(
        _ directory: RunDirectory?, _ feed: LiveRun, _ mailbox: CommandMailbox, _ reports: ReportMailbox
    ) -> RunServer? {
        guard let directory else { return nil }
        do throws(FileError) {
            return try RunServer(directory, run: feed, control: mailbox) { mailbox.attend($0) }
        } catch {
            reports.append(.note(.disk, "other processes cannot reach this run: \(error)", feed.status.position))
            return nil
        }
    }

    /// Ends the program where there is no room for a checkpoint of a run, before anything of it is written.
    static func demandRoom(for material: RunMaterial) {
        // Network, best and snapshot, with at most two numbers that the optimizer remembers of each weight, twice; and the file.
        let numbers = 2 * (3 + 2 * 2)
        let parameters = material.description.layers.reduce(0) { $0 + $1.parameterCount }
        MemoryReserve.own.demand(4 * numbers * max(1, parameters), for: "writing a checkpoint")
    }

    /// Opens what reports are written to; where one cannot be opened, those made before it are taken away again.
    private static func open(
        log: String?, overwrites: Bool, directory: RunDirectory?, description: RunDescription, began: Double
    ) throws(FileError) -> (sinks: [any ReportSink], files: [String]) {
        var sinks: [any ReportSink] = []
        var made: [String] = []
        do throws(FileError) {
            if let directory {
                made.append(directory.config)
                try directory.write(description)
                made.append(directory.description)
                let logFile = log.flatMap { $0 == "-" ? nil : $0.standardizedPath }
                sinks.append(
                    try Journal(directory.journal, description: description, began: began, log: logFile))
                made.append(directory.journal)
                let path = directory.eventFile(began: began, host: description.origin.host)
                sinks.append(try EventFileWriter(path, layers: description.layers, began: began))
                made.append(path)
            }
            // The last of all, so that whatever fails costs no older log.
            if let log {
                sinks.insert(try LogWriter(log, layers: description.layers, overwrites: overwrites), at: 0)
            }
        } catch {
            for path in made { _ = path.withPathBytes { unlink($0) } }
            throw error
        }
        let files = made + (log.map { [$0] } ?? []) + (directory.map { [$0.best, $0.last, $0.lock] } ?? [])
        return (sinks, files)
    }

    /// Changes as long as the run computes anything, also within a step.
    var pulse: Int { pool.pulse }

    /// How the run ended, once it has.
    package var end: EndSummary? { thread.end }

    /// Why the weights are not on the disk, if they should be and are not.
    var checkpointFailure: String? { checkpoints?.failure?.description }

    /// Which of the files beside those of the weights that the run kept are not on the disk, in words.
    func keepingFailures(beside kept: KeptWeights) -> [String] {
        let other = kept == .best ? KeptWeights.last : .best
        let weights = checkpoints?.failure(of: other).map { "the \(other.rawValue) weights are not saved: \($0)" }
        let state = checkpoints?.answers.failure.map { "the last checkpoint is not written: \($0)" }
        return [weights, state].compactMap { $0 }
    }

    /// Why the weights that the run kept are not on the disk; nil where they are, or are not to be.
    func failure(of kept: KeptWeights) -> String? { checkpoints?.failure(of: kept)?.description }

    /// How many checkpoints that were asked for are written or have failed, and why the last one did.
    var checkpointAnswers: (count: Int, failure: String?) {
        checkpoints.map { ($0.answers.count, $0.answers.failure?.description) } ?? (0, nil)
    }

    /// Tells who watches that the run goes on in another process once it ends in this one.
    func announceLeaving() { server?.announceLeaving() }

    /// Why no other process can reach the run; nil where it can.
    var unreachable: String? { server == nil ? "other processes cannot reach it, its folder can hold no socket" : nil }

    /// The log, the journal and the event file as far as they are not whole, in words; complete once the run is finished.
    var outputFailures: [String] { recorder.failures }

    /// Writes the weights that the run has kept, and reads them back; waits until it has ended.
    func writeWeights(to path: String) throws {
        let (tensors, step) = thread.weights()
        let bytes = SafetensorsFile.bytes(tensors, metadata: [.init(key: "step", value: "\(step)")] + metadata)
        try AtomicFile.write(bytes, to: path)
        guard try FileBytes.read(path, limit: bytes.count + 1) == bytes else {
            throw UsageError("\(path): what was written does not read back")
        }
    }

    /// Whether the run has ended and every file of it is written within so many seconds.
    func isFinished(within seconds: Double) -> Bool {
        let moment = DispatchTime.now() + seconds
        return thread.hasEnded(by: moment) && recorder.finish(within: moment)
    }

    /// Waits until the run has ended and every file of it is written.
    package func finish() -> EndSummary {
        let end = thread.wait()
        recorder.finish()
        server?.close()
        return end
    }

    /// Lets another process have the directory of a run that is finished here.
    func release() { lock?.release() }
}
