import Files
import Foundation
import Glibc
import Machine

/// The folder of one run, given with `--run`: config, journal, event file and checkpoints.
package struct RunDirectory: Hashable, Sendable {
    /// As it was given, without a slash at its end.
    package let path: String

    private init(path: String) { self.path = path }

    /// The config with every default written out, as JSON.
    package var config: String { Self.config(of: path) }
    /// Commands with their receipts, notes, and the end.
    package var journal: String { path + "/journal.ndjson" }
    /// The folder of the weights.
    package var checkpoints: String { Self.checkpoints(of: path) }
    /// The weights of the best evaluation.
    package var best: String { checkpoints + "/best.safetensors" }
    /// The weights of the last update.
    package var last: String { checkpoints + "/last.safetensors" }

    /// The file that a living process holds locked.
    package var lock: String { path + "/lock" }
    /// What the process prints that goes on with a run after its terminal.
    package var output: String { path + "/output.txt" }
    /// Where a living run is watched and steered from other processes.
    package var socket: String { path + "/socket" }
    /// The whole states that were written.
    package var states: CheckpointFiles { CheckpointFiles(of: self) }

    /// The folder of the weights of a run directory that may not be there yet.
    package static func checkpoints(of path: String) -> String { path + "/checkpoints" }

    /// The config of a run directory that may not be there yet.
    package static func config(of path: String) -> String { path + "/config.json" }

    /// A folder under `runs` that is not there yet: `runs/20260331-142501-digits`, in the local time.
    package static func dated(_ time: Date, name: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyyMMdd-HHmmss"
        let plain = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
        let path = "runs/\(formatter.string(from: time))-\(plain)"
        // Two within one second, or a clock that went back.
        return (1...).lazy.map { $0 == 1 ? path : "\(path)-\($0)" }.first {
            !FileStatus.exists($0)
        }
            ?? path
    }

    /// What the names of event files begin with.
    static let eventPrefix = "events.out.tfevents."

    /// The newest event file; nil where there is none. Their names go on with the second in which they were made.
    package var newestEventFile: String? {
        let names = (try? Folder.names(in: path)) ?? []
        return names.filter { $0.hasPrefix(Self.eventPrefix) }.max().map { "\(path)/\($0)" }
    }

    /// Takes away what a process left that was killed while it wrote.
    package func sweep() {
        for folder in [path, checkpoints] { AtomicFile.removeLeftovers(in: folder) }
    }

    /// TensorBoard's name for an event file: `events.out.tfevents.1760000000.host.pid.0`.
    /// - Parameter began: when the run began, in seconds since 1970.
    package func eventFile(began: Double, host: String) -> String {
        let safe = String(host.map { $0.isLetter || $0.isNumber || "-._".contains($0) ? $0 : "-" })
        let digits = String(Int(began))
        let seconds = String(repeating: "0", count: max(0, 10 - digits.count)) + digits
        return path + "/\(Self.eventPrefix)\(seconds).\(safe.isEmpty ? "localhost" : safe).\(getpid()).0"
    }

    /// Makes the folder for a new run with its `checkpoints`, and refuses a place where the run could not write or
    /// where another one has been.
    ///
    /// Missing folders above are made too. A folder with nothing but empty checkpoints counts as empty: a run that
    /// failed before its first step leaves that.
    package static func prepare(_ path: String) throws(FileError) -> RunDirectory {
        let directory = RunDirectory(
            path: path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") ? String(path.dropLast()) : path)
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw FileError(path: path, .malformed("no name for a folder; write one, as in --run runs/first"))
        }
        try make(directory.path, named: path)
        try directory.refuseContent()
        guard directory.path.withPathBytes({ access($0, W_OK | X_OK) }) == 0 else {
            throw FileError(path: path, doing: "write")
        }
        try make(directory.checkpoints, named: directory.checkpoints)
        return directory
    }

    /// The folder of a run that has been.
    package static func existing(_ path: String) throws(FileError) -> RunDirectory {
        guard let status = FileStatus(path) else { throw FileError(path: path, doing: "open") }
        guard status.isFolder else {
            throw FileError(path: path, .malformed("a file; the folder of a run is due"))
        }
        return RunDirectory(path: path)
    }

    /// Takes the folder for a run with its resolved config, whole or not at all: of two runs that were both let in, only
    /// one can.
    package func takeConfig(_ json: some Collection<UInt8>) throws(FileError) {
        guard try AtomicFile.create(json, at: config) else {
            throw FileError(path: path, .malformed("another run has just taken this folder; choose a new one"))
        }
    }

    /// Makes a folder and those above it; one that is there already is fine.
    private static func make(_ folder: String, named path: String) throws(FileError) {
        guard var code = refusal(of: folder) else { return }
        if code == ENOENT, !["", "/"].contains(folder.folder) {
            try make(folder.folder, named: path)
            guard let second = refusal(of: folder) else { return }
            code = second
        }
        if code == EEXIST, Folder.exists(folder) { return }
        if code == EEXIST || code == ENOTDIR {
            let what = folder == path ? "a file is in its place" : "\(folder) is a file"
            throw FileError(path: path, .malformed("\(what); choose another name for the folder"))
        }
        throw FileError(path: path, doing: "create the folder", code: code)
    }

    /// Why a folder cannot be made, as in `errno`; nil where it was.
    private static func refusal(of folder: String) -> Int32? {
        do throws(SystemError) { try Folder.make(folder) } catch { return error.code }
        return nil
    }

    private func refuseContent() throws(FileError) {
        let found = try Self.entries(of: path, limit: 2)
        if found.isEmpty { return }
        if found == ["checkpoints"], (try? Self.entries(of: checkpoints, limit: 1)) == [] { return }
        let name = found.contains("config.json") ? "config.json" : found.sorted()[0]
        throw FileError(
            path: path, .malformed("the folder is not empty (it holds \(name)); choose a new one or empty it"))
    }

    private static func entries(of folder: String, limit: Int) throws(FileError) -> [String] {
        do throws(SystemError) {
            return try Folder.names(in: folder, limit: limit)
        } catch {
            throw FileError(path: folder, doing: "open", code: error.code)
        }
    }
}
