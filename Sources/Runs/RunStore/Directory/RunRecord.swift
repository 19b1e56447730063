import Fields
import Files
import Foundation
import Machine
import Runs
import Settings

/// What is known of a run by its directory: how far it came, how it ended, what it was made of.
package struct RunRecord: Sendable {
    /// What a run is doing, as its files and its lock tell.
    package enum State: String, Hashable, Sendable, CaseIterable {
        case running, paused, finished, stopped, interrupted, crashed
        /// It ended because its numbers were not finite.
        case notFinite = "not finite"
    }

    /// Its directory.
    package let path: String
    /// As the config has it.
    package let name: String
    /// What it is doing or how it ended.
    package let state: State
    /// Updates that were made, and those that were planned; nil where the config does not say.
    package let steps: Int
    package let totalSteps: Int?
    /// The best evaluation; nil before the first.
    package let bestLoss: Double?
    package let bestAccuracy: Double?
    /// Seconds that it took, pauses included.
    package let seconds: Double
    /// When it began, in seconds since 1970.
    package let began: Double
    /// Accepted commands of people that changed something.
    package let changes: Int
    /// Its resolved config.
    package let config: Setting

    /// The run of a directory; nil where none has been.
    package init?(_ path: String) {
        guard let directory = try? RunDirectory.existing(path), let past = try? RunPast(directory),
            let bytes = try? FileBytes.read(directory.config, limit: 64 << 20),
            let config = try? Setting.parse(bytes, file: directory.config), let members = try? config.object()
        else { return nil }
        self.path = path
        self.config = config
        name = (try? members["name"]?.string()) ?? past.begin.name
        began = past.begin.time
        let planned = (try? (try? members["recorded"]?.object())?["steps"]?.integer(in: 0...)) ?? nil
        let epochs = (try? members["epochs"]?.integer(in: 1...)) ?? nil
        let described = directory.readDescription().map { past.lengths($0.lengths).totalSteps }
        totalSteps =
            described
            ?? planned.map { steps in
                past.epochs.flatMap { asked in epochs.map { steps / $0 * asked } } ?? steps
            }
        changes = past.changesByHand
        state = Self.state(past, isAlive: RunLock.isHeld(directory))
        let best = past.end?.best ?? past.best
        (bestLoss, bestAccuracy) = (best?.loss, best?.accuracy)
        if let end = past.end {
            (steps, seconds) = (end.position.step, past.seconds)
        } else {
            // Only the event file knows every step.
            let history = (try? RecordedRun.read(path))?.history
            steps = history?.series.stepRange.map { $0.upperBound + 1 } ?? 0
            seconds = max(past.seconds, history?.status.latestStep?.elapsedSeconds ?? 0)
        }
    }

    /// Why a folder that looks like a run's tells none; nil where it does, or looks like none.
    private static func problem(_ path: String) -> String? {
        guard let directory = try? RunDirectory.existing(path),
            FileStatus.exists(directory.config) || FileStatus.exists(directory.journal), RunRecord(path) == nil
        else { return nil }
        do {
            _ = try Setting.parse(FileBytes.read(directory.config, limit: 64 << 20), file: directory.config).object()
            _ = try RunPast(directory)
            return "nothing of a run"
        } catch {
            return "\(error)".replacing("\(path)/", with: "")
        }
    }

    /// The folders directly in a folder that look like a run's and tell none, with the reason.
    package static func unreadable(in folder: String) -> [(name: String, reason: String)] {
        let names = (try? Folder.names(in: folder)) ?? []
        return names.sorted().compactMap { name in
            problem(folder == "." ? name : "\(folder)/\(name)").map { (name, $0) }
        }
    }

    private static func state(_ past: RunPast, isAlive: Bool) -> State {
        if isAlive { return past.isPaused ? .paused : .running }
        switch past.end?.reason {
        case .completed, .earlyStopping: return .finished
        case .stopped: return .stopped
        case .interrupted: return .interrupted
        case .notFinite: return .notFinite
        case nil: return .crashed
        }
    }

    /// The runs directly in a folder, or the run that the folder is, the oldest first.
    package static func all(in folder: String) throws(FileError) -> [RunRecord] {
        if let run = RunRecord(folder) { return [run] }
        let names: [String]
        do throws(SystemError) {
            names = try Folder.names(in: folder)
        } catch {
            throw FileError(path: folder, doing: "open", code: error.code)
        }
        return names.sorted().compactMap { RunRecord(folder == "." ? $0 : "\(folder)/\($0)") }.sorted {
            $0.began < $1.began
        }
    }
}
