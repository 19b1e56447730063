import Files
import Foundation
import Glibc
import Machine
import Plans
import Settings

/// The folder of a search: what is searched, its trials' lines, and a run directory for each run.
package struct SearchDirectory: Hashable, Sendable {
    /// As it was given, without a slash at its end.
    package let path: String

    /// - Parameter path: a folder that may not be there yet.
    package init(_ path: String) {
        self.path = path.utf8.count > 1 && path.utf8.last == UInt8(ascii: "/") ? String(path.dropLast()) : path
    }

    /// The config with its ranges and how it is searched.
    package var plan: String { path + "/search.json" }
    /// What was drawn and what came of it, a line each.
    package var trials: String { path + "/trials.ndjson" }
    /// The config of the best trial.
    package var best: String { path + "/best.json" }
    /// What the processes of the trials complain of.
    package var complaints: String { path + "/workers.txt" }
    /// Held locked by the process that searches.
    package var lock: String { path + "/lock" }

    /// The run directory of a trial's run.
    /// - Parameter fold: nil where a trial has one run.
    package func run(_ trial: Int, fold: Int?) -> String {
        let digits = String(trial)
        let number = String(repeating: "0", count: max(0, 3 - digits.count)) + digits
        return "\(path)/trial-\(number)\(fold.map { "-fold-\($0)" } ?? "")"
    }

    /// Whether a search has begun there.
    package var isBegun: Bool { FileStatus.exists(plan) }

    /// A folder under `runs` that is not there yet.
    package static func dated(_ time: Date, name: String) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.dateFormat = "yyyyMMdd-HHmmss"
        let plain = String(name.map { $0.isLetter || $0.isNumber || "-_.".contains($0) ? $0 : "-" })
        let path = "runs/search-\(formatter.string(from: time))-\(plain)"
        return (1...).lazy.map { $0 == 1 ? path : "\(path)-\($0)" }.first { !FileStatus.exists($0) } ?? path
    }

    /// Makes the folder and those above it; what is in it stays.
    package func make() throws(FileError) {
        var missing: [String] = []
        var folder = path
        while !folder.isEmpty, folder != "/", !FileStatus.exists(folder) {
            missing.append(folder)
            folder = folder.folder
        }
        for folder in missing.reversed() {
            do throws(SystemError) { try Folder.make(folder) } catch {
                throw FileError(path: folder, doing: "create the folder", code: error.code)
            }
        }
        guard Folder.exists(path) else {
            throw FileError(path: path, .malformed("a file; a folder is due for the search"))
        }
    }

    /// The events of the search so far; none before it has begun.
    package func events() throws(FileError) -> [SearchEvent] {
        FileStatus.exists(trials) ? SearchEvent.all(in: try FileBytes.read(trials)) : []
    }
}
