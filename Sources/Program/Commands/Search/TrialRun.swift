import Dispatch
import Files
import Foundation
import Glibc
import Machine
import Plans
import RunStore
import Runs
import Searching
import Settings
import Tensors

/// A trial's run that is alive in this process: begun, gone on with, or found to have ended.
final class TrialRun {
    let trial: Int
    let fold: Int
    private let session: LiveSession?
    private let feed: any RunFeed
    private let stepsPerEpoch: Int
    private let totalSteps: Int
    private var cursor = RunCursor()
    private var watch: RunawayWatch
    private var lastStep = -1
    private var loss = Double.nan
    private var isPaused = false
    /// Why it was stopped; nil where nobody here stopped it.
    private var cause: RunEndEvent.Outcome?
    private var past: EndSummary?
    private var toldAt = 0.0
    private let began = MonotonicClock.seconds

    /// Seconds between two reports of where it stands.
    private static let interval = 0.2

    /// Begins the run of an order, or goes on with it from its newest checkpoint.
    init(_ order: WorkerOrder, _ cache: inout DataCache, pool: WorkerPool) throws {
        (trial, fold) = (order.trial, order.fold)
        guard let path = order.directory, let text = order.config else {
            throw UsageError("a run needs its directory and its config")
        }
        let plan = try PlanDecoder(folderOf: { _ in "" }).plan(Setting.parse(text: text, file: path))
        // What has been there is looked at only once nobody else can change it.
        let found = try FileStatus.exists(path) ? Self.claimed(path) : nil
        if let (directory, lock) = found, let end = Self.end(of: directory) {
            lock.release()
            let recorded = try RecordedRun.read(path)
            (session, feed, past) = (nil, recorded, end)
            let lengths = recorded.history.description.lengths
            (stepsPerEpoch, totalSteps) = (lengths.stepsPerEpoch, lengths.totalSteps)
            watch = RunawayWatch(chance: recorded.history.description.task.chanceLoss)
            return
        }
        let data = try cache.data(for: plan, pool: pool)
        func material() throws -> RunMaterial {
            try RunMaterial(plan: plan, data: data, pool: pool, runDirectory: path)
        }
        let session: LiveSession
        if let found, let (material, resumed) = try Self.resumed(found.directory, found.lock, material) {
            session = try Self.session(material, found.directory, resumed)
        } else {
            if let found {
                // It was killed before its first checkpoint, or its files are damaged.
                found.lock.release()
                try FileManager.default.removeItem(atPath: path)
            }
            let (directory, material) = (try RunDirectory.prepare(path), try material())
            try directory.takeConfig(Array(material.resolvedConfigText.utf8))
            session = try Self.session(material, directory, nil)
        }
        (self.session, feed) = (session, session.feed)
        let lengths = session.description.lengths
        (stepsPerEpoch, totalSteps) = (lengths.stepsPerEpoch, lengths.totalSteps)
        watch = RunawayWatch(chance: session.description.task.chanceLoss)
    }

    private static func session(
        _ material: RunMaterial, _ directory: RunDirectory, _ resumed: ResumedRun?
    ) throws -> LiveSession {
        try LiveSession(
            material: material, script: [], log: nil, directory: directory, resumed: resumed, isWatched: false,
            canSteer: false)
    }

    /// How a run ended for good; nil where it may go on.
    private static func end(of directory: RunDirectory) -> EndSummary? {
        guard FileStatus.exists(directory.journal), let past = try? RunPast(directory), let end = past.end,
            end.reason != .interrupted
        else { return nil }
        return end
    }

    /// Where a run goes on, with a material of its own: what cannot go on may have left weights in it. Nil where nothing can.
    private static func resumed(
        _ directory: RunDirectory, _ lock: RunLock, _ make: () throws -> RunMaterial
    ) throws -> (RunMaterial, ResumedRun)? {
        guard !directory.states.entries.isEmpty, FileStatus.exists(directory.config),
            FileStatus.exists(directory.description)
        else { return nil }
        let material = try make()
        do {
            return (material, try ResumedRun(directory, lock: lock, material: material, changes: []))
        } catch let error as FileError {
            // It may be sound all the same: nothing goes because of a disk or its rights.
            throw error
        } catch {
            FileHandle.standardError.say("\(directory.path): begins anew: \(error)\n")
            return nil
        }
    }

    /// Takes a directory that the process of a search that was killed may hold for a moment more.
    private static func claimed(_ path: String) throws -> (directory: RunDirectory, lock: RunLock) {
        let directory = try RunDirectory.existing(path)
        let end = MonotonicClock.seconds + 30
        while true {
            do { return (directory, try RunLock(directory)) } catch {
                guard RunLock.isHeld(directory), MonotonicClock.seconds < end else { throw error }
            }
        }
    }

    /// What happened since the last look.
    func news() -> [SearchEvent] {
        var events: [SearchEvent] = []
        while let changes = feed.changes(since: cursor) {
            cursor = changes.cursor
            take(changes, &events)
            guard changes.steps.hasMore else { break }
        }
        if watch.step != nil, cause == nil { stop(.runaway) }
        let now = MonotonicClock.seconds
        if now - toldAt > Self.interval {
            toldAt = now
            var event = TrialProgressEvent()
            (event.trial, event.fold, event.step, event.totalSteps) = (trial, fold, lastStep + 1, totalSteps)
            (event.loss, event.isPaused) = (loss, isPaused)
            events.append(.progress(event))
        }
        return events
    }

    private func take(_ changes: RunChanges, _ events: inout [SearchEvent]) {
        for report in changes.steps.sealed.flatMap(\.steps) + changes.steps.tail where report.step > lastStep {
            watch.take(report)
            (lastStep, loss) = (report.step, report.loss)
        }
        isPaused = changes.status.phase.isPaused
        for event in changes.events {
            guard case .evaluation(let report) = event.content else { continue }
            var score = ScoreEvent()
            (score.trial, score.fold, score.step) = (trial, fold, report.position.step)
            score.epochs = Double(report.position.step) / Double(max(1, stepsPerEpoch))
            (score.loss, score.accuracy) = (Self.short(report.loss), report.accuracy.map(Self.short))
            // What comes after the loss has run away does not count.
            guard watch.step.map({ score.step <= $0 }) ?? true else { continue }
            events.append(.score(score))
        }
    }

    /// The number as the run's event file keeps it, with the fewest digits: a run that goes on, or whose end nobody took down, tells
    /// its evaluations from there, and they must be the same.
    private static func short(_ number: Double) -> Double { Double("\(Float(number))") ?? number }

    /// Ends it; what was evaluated counts.
    func stop(_ outcome: RunEndEvent.Outcome) {
        guard cause == nil else { return }
        cause = outcome
        session?.mailbox.send(.stop(keep: .last), from: outcome == .stopped ? .person : .script)
    }

    /// Lets it stand still, or go on.
    func pause(_ isPaused: Bool) { session?.mailbox.send(isPaused ? .pause : .resume, from: .person) }

    /// Saves it to go on later; waits until all is written.
    func interrupt() {
        session?.mailbox.interrupt()
        guard let session else { return }
        _ = session.finish()
    }

    /// The end with all that is left to tell, once it has come; nil before.
    func end(within seconds: Double) -> [SearchEvent]? {
        let end: EndSummary
        if let session {
            guard session.isFinished(within: seconds) else { return nil }
            end = session.finish()
        } else if let past {
            end = past
        } else {
            return nil
        }
        var events = news()
        let outcome: RunEndEvent.Outcome =
            switch end.reason {
            case .completed, .earlyStopping: cause == .runaway ? .runaway : .completed
            case .notFinite: .notFinite
            case .stopped, .interrupted: cause ?? .stopped
            }
        let spent = feed.changes(since: RunCursor())?.status.secondsElapsed ?? 0
        events.append(
            .end(RunEndEvent(trial: trial, fold: fold, outcome, step: end.position.step, seconds: spent)))
        return events
    }
}
