import Dispatch
import Foundation
import Glibc
import History
import Machine
import Runs
import Synchronization

/// A run that is read from its files, and again whenever they have grown.
package final class WatchedFiles: RunFeed, TagChoosing {
    /// The run's name.
    package let name: String
    /// Which tags its numbers are, and what could not be read.
    package let warnings: [StartWarning]

    private let path: String
    private let wake = DispatchSemaphore(value: 0)
    private let state: Mutex<State>
    private let isClosed = Atomic<Bool>(false)

    private struct State {
        var history: RunHistory
        /// How often it was read.
        var readings = 1
        /// How often it was told anew because what was read before was no longer so.
        var telling = 0
        /// The tags that somebody wants for a number.
        var tags: RecordedTags
    }

    /// Seconds between two looks at the files; a long run is read again after five times what reading takes at the earliest.
    private static let interval = 1.0

    /// Reads a run directory, an event file, a folder of them, or a log.
    /// - Throws: where there is no run.
    package init(_ path: String, tags: RecordedTags = RecordedTags()) throws {
        self.path = path
        let began = MonotonicClock.seconds
        let stamp = Self.stamp(of: path)
        var reading: EventFileReading?
        let run = try RecordedRun.read(path, wholly: true, tags: tags, goingOn: &reading)
        (name, warnings) = (run.name, run.warnings)
        state = Mutex(State(history: Self.history(of: run), tags: tags))
        let (cost, begun) = (MonotonicClock.seconds - began, reading)
        SystemThread.start("files", stackSize: 2 << 20) { self.follow(from: stamp, cost, begun) }
    }

    /// What the run is.
    package var description: RunDescription { state.withLock { $0.history.description } }

    /// What happened since the cursor; where the files were read again, what they have more.
    package func changes(since cursor: RunCursor) -> RunChanges? {
        state.withLock { state in
            // A reading counts as one stamp: what a history counts by itself begins anew with each.
            var mine = cursor
            mine.stamp = -1
            guard cursor.stamp != state.readings,
                var changes = state.history.changes(since: mine, telling: state.telling)
            else { return nil }
            changes.cursor.stamp = changes.steps.hasMore ? -1 : state.readings
            return changes
        }
    }

    /// Reads no more.
    package func close() {
        isClosed.store(true, ordering: .releasing)
        wake.signal()
    }

    /// Shows a series as a number from now on, in place of the one that was.
    package func choose(_ tag: String, as use: TagUse) {
        state.withLock { state in
            // A series is one number: what it was before is guessed anew.
            for other in TagUse.allCases where state.tags[other] == tag { state.tags[other] = nil }
            state.tags[use] = tag
        }
        wake.signal()
    }

    private func follow(from first: [String: [Int]], _ firstCost: Double, _ begun: EventFileReading?) {
        var (stamp, cost, reading) = (first, firstCost, begun)
        while !isClosed.load(ordering: .acquiring) {
            let isAsked = wake.wait(timeout: .now() + min(60, max(Self.interval, 5 * cost))) == .success
            let new = Self.stamp(of: path)
            guard new != stamp || isAsked, !isClosed.load(ordering: .acquiring) else { continue }
            let tags = state.withLock { $0.tags }
            stamp = new
            let began = MonotonicClock.seconds
            // A file under way may be unreadable for a moment.
            guard let run = try? RecordedRun.read(path, wholly: true, tags: tags, goingOn: &reading) else { continue }
            let history = Self.history(of: run)
            // Where the run went back, what was told is not the beginning of what there is now.
            let goesOn = history.goesOn(from: state.withLock { $0.history })
            cost = MonotonicClock.seconds - began
            state.withLock { state in
                state.history = history
                if !goesOn { state.telling += 1 }
                state.readings += 1
            }
        }
    }

    private static func history(of run: RecordedRun) -> RunHistory {
        var history = run.history
        history.description.warnings += run.warnings
        return history
    }

    /// Sizes and times of the files that tell a run.
    private static func stamp(of path: String) -> [String: [Int]] {
        let inside = ((try? Folder.names(in: path)) ?? []).map { "\(path)/\($0)" }
        var stamps: [String: [Int]] = [:]
        for file in [path] + inside {
            guard let status = FileStatus(file), status.isRegular else { continue }
            stamps[file] = [status.size, status.changedAt.seconds, status.changedAt.nanoseconds]
        }
        return stamps
    }
}
