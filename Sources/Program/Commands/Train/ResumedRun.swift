import Files
import Foundation
import History
import Machine
import Plans
import RunStore
import Runs
import Tensors
import Training

/// A run that goes on from the newest sound checkpoint of its directory, in the memory of its network.
package struct ResumedRun {
    let directory: RunDirectory
    let lock: RunLock
    /// Where the files go on.
    let point: RunPast.Point
    let state: TrainingState
    /// What is to be said of it: what was passed over, what is done again.
    let notes: [String]
    private let changes: [String]
    private let eventFile: String?

    /// - Parameters:
    ///   - lock: the claim on the directory.
    ///   - changes: `KEY=VALUE` texts that changed the config.
    init(
        _ directory: RunDirectory, lock: RunLock, material: RunMaterial, changes: [String]
    ) throws {
        let past = try RunPast(directory)
        let eventFile = directory.newestEventFile
        var notes: [String] = []
        var passedOver: [CheckpointFiles.Entry] = []
        var found: (state: TrainingState, point: RunPast.Point)?
        let files = directory.states
        for entry in files.entries {
            do {
                let path = files.path(entry)
                guard let point = past.point(of: entry.number), Self.holds(point.eventFile, eventFile),
                    point.log.map({ Self.holdsOrIsGone($0.length, $0.path) }) ?? true
                else { throw UsageError("\(path): the other files do not tell its past, it was written too late") }
                let state = try TrainingState(material, bytes: FileBytes.read(path), path: path)
                guard state.checkpointCount == entry.number, state.position == point.position else {
                    throw UsageError("\(path): is the checkpoint of another moment than its name and the journal say")
                }
                found = (state, point)
                break
            } catch let error as FileError {
                // It may be sound all the same: nothing is cut because of a disk or its rights.
                throw error
            } catch TrainingStateError.doesNotFit(_, let problem) {
                // A sound one of a plan that has changed: an older one that happens to fit would cut off what was done since.
                let end = material.description.lengths.totalSteps
                guard entry.step > end else {
                    throw UsageError("\(files.path(entry)): is the state of another run: \(problem)")
                }
                throw UsageError(
                    "\(directory.path): stands at step \(entry.step); epochs=\(material.plan.epochs) ends at step \(end)"
                )
            } catch {
                notes.append("checkpoint passed over: \(error)".showingStrayBytes)
                passedOver.append(entry)
            }
        }
        guard let (state, point) = found else {
            let reason = notes.first.map { " (\($0))" } ?? ""
            throw UsageError("\(directory.path): no checkpoint to go on from\(reason); begin a new run")
        }
        if !changes.isEmpty {
            state.lifecycle.forgetEnd()
            state.tuning.forget(changes)
        }
        try Self.checkIsOpen(state, past, directory)
        for entry in passedOver { files.setAside(entry) }
        notes.append("goes on from the checkpoint of step \(state.position.step)")
        if !point.commands.isEmpty {
            let words = point.commands.count == 1 ? "a change" : "\(point.commands.count) changes"
            notes.append("\(words) made by hand after the checkpoint are made again")
        }
        state.checkpointCount += 1
        // What had come in and was acted on stands in the journal.
        state.waiting.removeAll { $0.step == nil && $0.author == .person }
        state.waiting += point.commands.map {
            .init(command: $0.command, author: $0.author, step: $0.position.step, branch: $0.position.branch)
        }
        (self.directory, self.lock, self.state, self.point) = (directory, lock, state, point)
        (self.changes, self.eventFile) = (changes, eventFile)
        if let log = point.log, Self.size(of: log.path) == nil {
            notes.append("the log \(log.path.showingStrayBytes) is gone; the run goes on without it")
        }
        self.notes = notes
        directory.sweep()
    }

    /// What somebody should know before it goes on: its bits will be others than on the machine where it was.
    func warnings(on origin: RunOrigin) -> [StartWarning] {
        guard let then = directory.kernel, then != origin.blasKernel else { return [] }
        return [
            StartWarning(
                "resume.kernel", .doubt,
                "the run was trained with \(then) kernels so far, this machine has \(origin.blasKernel): from here on its bits are "
                    + "others; SITTER_BLAS_KERNEL=\(then) asks for those of then")
        ]
    }

    /// What stands in the metadata of its weights.
    func metadata(_ material: RunMaterial) -> [SafetensorsFile.Metadatum] {
        material.weightsMetadata(config: changes.isEmpty ? try? Digest.sha256(ofFile: directory.config) : nil)
    }

    /// Writes a checkpoint of where it goes on, so that what is to be made again is in one, and opens log, journal and event file
    /// where the checkpoint before left them, cut to its past.
    /// - Parameter material: its config is written where it was changed.
    func openFiles(
        log asked: String?, material: RunMaterial
    ) throws(FileError) -> (sinks: [any ReportSink], files: [String]) {
        let (now, layers) = (Date().timeIntervalSince1970, material.description.layers)
        var sinks: [any ReportSink] = []
        var files = [
            directory.config, directory.journal, directory.best, directory.last, directory.lock,
            directory.description,
        ]
        if let log = point.log, Self.size(of: log.path) != nil, asked.map({ Self.isSame($0, log.path) }) ?? true {
            sinks.append(try LogWriter(continuing: log.path, layers: layers, at: log.length))
            files.append(log.path)
        } else if let asked {
            sinks.append(try LogWriter(asked, layers: layers))
            files.append(asked)
        }
        let log = sinks.isEmpty || asked == "-" ? nil : files.last.map(\.standardizedPath)
        let copy = state.copied(waiting: state.waiting)
        try AtomicFile.write(
            copy.bytes(with: metadata(material)),
            to: directory.states.path(.init(step: point.position.step, number: copy.number)))
        state.checkpointCount += 1
        var description = material.description
        description.lengths = RunLengths(state.epochs, totalSteps: state.lifecycle.limits.totalSteps)
        try directory.write(description)
        if !changes.isEmpty { try AtomicFile.write(Array(material.resolvedConfigText.utf8), to: directory.config) }
        sinks.append(
            try Journal(
                continuing: directory.journal, at: point.journal,
                with: ResumeEvent(from: point.number, at: point.position, changes: changes, time: now, log: log),
                CheckpointEvent(
                    number: copy.number, at: point.position, log: sinks.first?.length, events: point.eventFile),
                seconds: point.seconds))
        if let eventFile, let length = point.eventFile {
            sinks.append(
                try EventFileWriter(
                    continuing: eventFile, layers: layers, began: now - point.seconds, at: length))
            files.append(eventFile)
        }
        return (sinks, files)
    }

    /// What the run has been so far, as its event file and its journal tell it.
    func history(of description: RunDescription) -> RunHistory {
        let recorded = eventFile.flatMap { path -> RecordedRun? in
            guard let bytes = try? FileBytes.read(path) else { return nil }
            return try? RecordedRun.parse(Array(bytes.prefix(point.eventFile ?? 0)), name: description.name, path: path)
        }
        return (recorded?.history ?? RunHistory(description: description)).continued(
            as: description, at: point.position, with: point.events, best: state.best.report, after: point.seconds)
    }

    /// Refuses a run that has nothing left to do.
    private static func checkIsOpen(
        _ state: TrainingState, _ past: RunPast, _ directory: RunDirectory
    ) throws(UsageError) {
        let (step, standing, limits) = (state.position.step, state.lifecycle.standing, state.lifecycle.limits)
        let more = "--set epochs=\(2 * state.epochs.epoch(of: limits.totalSteps)) goes on"
        if past.end != nil, let ending = standing.ending {
            throw UsageError("\(directory.path): has ended at step \(step) (\(ending.words)); \(more)")
        }
        guard standing.ending == nil, step >= limits.totalSteps, !standing.isPlannedEvaluationDue
        else {
            return
        }
        throw UsageError("\(directory.path): has made all its \(step) steps; \(more)")
    }

    /// Whether a log that was asked for is the one that the run began with.
    private static func isSame(_ first: String, _ second: String) -> Bool {
        first == second || FileIdentity(first).map { $0 == FileIdentity(second) } == true
    }

    /// Whether a file has at least so many bytes.
    private static func holds(_ length: Int?, _ path: String?) -> Bool {
        guard let length else { return true }
        guard let path, let size = size(of: path) else { return false }
        return size >= length
    }

    private static func holdsOrIsGone(_ length: Int?, _ path: String) -> Bool {
        size(of: path) == nil || holds(length, path)
    }

    private static func size(of path: String) -> Int? { FileStatus(path)?.size }
}
