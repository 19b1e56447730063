import Files
import Foundation
import History
import Machine
import Plans
import RunStore
import Runs
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
    /// The log that the run began with, as far as it is there.
    private let log: String?
    private let eventFile: String?

    /// - Parameters:
    ///   - lock: the claim on the directory.
    ///   - changes: `KEY=VALUE` texts that changed the config.
    init(
        _ directory: RunDirectory, lock: RunLock, material: RunMaterial, changes: [String]
    ) throws {
        let past = try RunPast(directory)
        let eventFile = Self.newestEventFile(in: directory)
        var notes: [String] = []
        var passedOver: [Int] = []
        var found: (state: TrainingState, point: RunPast.Point)?
        let files = directory.states
        for step in files.steps {
            do {
                let path = files.path(step: step)
                let state = try TrainingState(material, bytes: FileBytes.read(path), path: path)
                guard let point = past.point(of: state.checkpointCount), point.position == state.position,
                    Self.holds(point.eventFile, eventFile),
                    past.begin.log.map({ Self.holdsOrIsGone(point.log, $0) }) ?? true
                else { throw UsageError("\(path): the other files do not tell its past, it was written too late") }
                found = (state, point)
                break
            } catch {
                notes.append("checkpoint passed over: \(error)")
                passedOver.append(step)
            }
        }
        guard let (state, point) = found else {
            let reason = notes.first.map { " (\($0))" } ?? ""
            throw UsageError("\(directory.path): no checkpoint to go on from\(reason); begin a new run")
        }
        if !changes.isEmpty { state.lifecycle.forgetEnd() }
        try Self.checkIsOpen(state, past, material, directory)
        for step in passedOver { files.setAside(step: step) }
        notes.append("goes on from the checkpoint of step \(state.position.step)")
        if !point.commands.isEmpty {
            let words = point.commands.count == 1 ? "a change" : "\(point.commands.count) changes"
            notes.append("\(words) made by hand after the checkpoint are made again")
        }
        state.checkpointCount += 1
        // What had come in and was acted on stands in the journal.
        state.waiting.removeAll { $0.step == nil && $0.author == .person }
        state.waiting += point.commands.map { .init(command: $0.command, author: $0.author, step: $0.position.step) }
        (self.directory, self.lock, self.state, self.point) = (directory, lock, state, point)
        (self.changes, self.eventFile) = (changes, eventFile)
        log = past.begin.log.flatMap { point.log != nil && FileManager.default.fileExists(atPath: $0) ? $0 : nil }
        if let gone = past.begin.log, log == nil { notes.append("the log \(gone) is gone; the run goes on without it") }
        self.notes = notes
        Self.sweep(directory)
    }

    /// Opens journal, event file and log where the checkpoint left them, cut to its past.
    func openFiles(
        log asked: String?, layers: [LayerDescription]
    ) throws(FileError) -> (sinks: [any ReportSink], files: [String]) {
        let now = Date().timeIntervalSince1970
        var sinks: [any ReportSink] = []
        var files = [directory.config, directory.journal, directory.best, directory.last, directory.lock]
        if let log, let length = point.log, asked.map({ Self.isSame($0, log) }) ?? true {
            sinks.append(try LogWriter(continuing: log, layers: layers, at: length))
            files.append(log)
        } else if let asked {
            sinks.append(try LogWriter(asked, layers: layers))
            files.append(asked)
        }
        sinks.append(
            try Journal(
                continuing: directory.journal, at: point.journal,
                with: ResumeEvent(from: point.number, at: point.position, changes: changes, time: now),
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
        _ state: TrainingState, _ past: RunPast, _ material: RunMaterial, _ directory: RunDirectory
    ) throws(UsageError) {
        let (step, standing) = (state.position.step, state.lifecycle.standing)
        let more = "--set epochs=\(2 * material.plan.epochs) goes on"
        if past.end != nil, let ending = standing.ending {
            throw UsageError("\(directory.path): has ended at step \(step) (\(ending.words)); \(more)")
        }
        guard standing.ending == nil, step >= material.description.lengths.totalSteps, !standing.isPlannedEvaluationDue
        else {
            return
        }
        throw UsageError("\(directory.path): has made all its \(step) steps; \(more)")
    }

    /// Whether a log that was asked for is the one that the run began with.
    private static func isSame(_ first: String, _ second: String) -> Bool {
        first == second || FileIdentity(first).map { $0 == FileIdentity(second) } == true
    }

    private static func newestEventFile(in directory: RunDirectory) -> String? {
        let names = (try? Folder.names(in: directory.path)) ?? []
        return names.filter { $0.hasPrefix("events.out.tfevents.") }.max().map { "\(directory.path)/\($0)" }
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

    private static func size(of path: String) -> Int? {
        (try? FileManager.default.attributesOfItem(atPath: path)[.size] as? Int) ?? nil
    }

    /// Takes away what a process left that was killed while it wrote.
    private static func sweep(_ directory: RunDirectory) {
        for folder in [directory.path, directory.checkpoints] {
            for name in (try? Folder.names(in: folder)) ?? [] where name.hasPrefix(".sitter-") && name.hasSuffix(".tmp")
            {
                unlink("\(folder)/\(name)")
            }
        }
    }
}
