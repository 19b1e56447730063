import CursesTerminal
import Files
import Foundation
import Glibc
import Machine
import RunStore
import Searching

/// Makes the trials of a search: draws them, hands their runs to processes, takes down what these tell and stops what is hopeless.
/// Owned by one thread.
final class SearchRunner {
    private let order: SearchOrder
    private let directory: SearchDirectory
    private let desk: SearchDesk
    private let lock: SearchLock
    private let rounds: SearchRounds
    private let journal: SearchJournal
    private var state: SearchState
    private var workers: [WorkerProcess] = []
    private let jobs: Int
    /// Threads of each process.
    private let threads: Int
    /// Runs whose process has died once.
    private var orphans: Set<SearchJob> = []
    private var isLeaving = false

    /// Seconds in which processes save their runs.
    private static let patience = 60.0

    /// - Parameters:
    ///   - state: what the search's file tells.
    ///   - jobs: processes at the same time.
    ///   - lock: the claim on the folder, which they share.
    init(
        _ order: SearchOrder, in directory: SearchDirectory, from state: SearchState, jobs: Int, lock: SearchLock,
        desk: SearchDesk
    ) throws(FileError) {
        (self.order, self.directory, self.state, self.jobs) = (order, directory, state, jobs)
        (self.lock, self.desk) = (lock, desk)
        rounds = SearchRounds(order)
        journal = try SearchJournal(directory)
        threads = max(1, Self.cores / jobs)
    }

    /// The cores that trials can share.
    static var cores: Int { max(1, ProcessInfo.processInfo.activeProcessorCount) }

    /// Searches until all trials have ended or somebody wants to leave, and tells the desk.
    func run() {
        var ending = SearchDesk.Ending.left
        do {
            while !isLeaving, Interruption.count == 0 {
                for request in desk.takeRequests() { answer(request) }
                guard try proceed() else {
                    ending = .done
                    break
                }
                try listen()
            }
        } catch {
            ending = .failed("\(error)")
        }
        finish()
        desk.change { $0.ending = ending }
    }

    /// Draws and hands out what there is to do; false when nothing is left.
    private func proceed() throws -> Bool {
        if state.isIdle {
            let drawn = try rounds.next(after: state)
            if drawn.isEmpty, workers.allSatisfy({ $0.job == nil }) { return false }
            if !drawn.isEmpty {
                try take(drawn.map { .drawn($0) })
            }
        }
        for worker in workers where worker.job != nil && !worker.isStopping {
            guard let job = worker.job, state.verdicts[job.trial] != nil else { continue }
            stop(worker, .hopeless)
        }
        var waiting = self.waiting
        while !waiting.isEmpty {
            let job = waiting.removeFirst()
            if let idle = workers.first(where: { $0.job == nil }) {
                try give(job, to: idle)
            } else if workers.count < jobs {
                let worker = try WorkerProcess(
                    threads: threads, folds: state.folds, lock: lock, complaints: directory.complaints)
                workers.append(worker)
                try give(job, to: worker)
            } else {
                break
            }
        }
        return true
    }

    /// Runs that nobody makes yet, those of the first trials first.
    private var waiting: [SearchJob] {
        let busy = Set(workers.compactMap { $0.job?.trial })
        return state.trials.compactMap { trial in
            guard !busy.contains(trial.number), state.outcome(of: trial) == nil else { return nil }
            return trial.nextFold.map { SearchJob(trial: trial.number, fold: $0) }
        }
    }

    private func give(_ job: SearchJob, to worker: WorkerProcess) throws {
        let fold = order.plan.folds.map { _ in job.fold }
        let path = directory.run(job.trial, fold: fold)
        var order = WorkerOrder(.run, trial: job.trial, fold: job.fold)
        order.directory = path
        order.config = try self.order.config(
            of: state.trials[job.trial].values, name: path.lastPathPart, fold: fold, threads: threads)
        (worker.job, worker.isStopping) = (job, false)
        worker.send(order)
        desk.change { view in
            var progress = TrialProgressEvent()
            (progress.trial, progress.fold) = (job.trial, job.fold)
            view.progress[job.trial] = progress
        }
    }

    private func stop(_ worker: WorkerProcess, _ outcome: RunEndEvent.Outcome) {
        guard let job = worker.job else { return }
        worker.isStopping = true
        var order = WorkerOrder(.stop, trial: job.trial, fold: job.fold)
        order.outcome = outcome.rawValue
        worker.send(order)
    }

    private func answer(_ request: SearchDesk.Request) {
        func worker(of trial: Int) -> WorkerProcess? { workers.first { $0.job?.trial == trial } }
        switch request {
        case .leave: isLeaving = true
        case .stop(let trial):
            if let worker = worker(of: trial) {
                stop(worker, .stopped)
            } else if state.trials.indices.contains(trial), state.outcome(of: state.trials[trial]) == nil,
                let fold = state.trials[trial].nextFold
            {
                // It has not begun.
                try? take([.end(RunEndEvent(trial: trial, fold: fold, .stopped))])
            }
        case .pause(let trial), .resume(let trial):
            guard let worker = worker(of: trial), let job = worker.job else { return }
            let isPause = request == .pause(trial)
            worker.send(WorkerOrder(isPause ? .pause : .resume, trial: job.trial, fold: job.fold))
        }
    }

    /// Waits a moment for news and takes them.
    private func listen() throws {
        let ready = LinePipe.wait(for: workers.map(\.descriptor), milliseconds: 50)
        if workers.isEmpty { usleep(20_000) }
        for worker in workers where ready.contains(worker.descriptor) {
            try take(worker.news(), from: worker)
            if worker.isGone { try bury(worker) }
        }
    }

    private func take(_ events: [SearchEvent], from worker: WorkerProcess) throws {
        try take(events)
        for case .end(let event) in events where worker.job == SearchJob(trial: event.trial, fold: event.fold) {
            worker.job = nil
            desk.change { $0.progress[event.trial] = nil }
        }
    }

    /// Takes down what has happened: first in the file, then in the memory.
    private func take(_ events: [SearchEvent]) throws {
        var lines: [UInt8] = []
        var next = state
        var progress: [TrialProgressEvent] = []
        for event in events {
            if case .progress(let event) = event { progress.append(event) }
            if next.take(event) { lines += event.line }
        }
        if !lines.isEmpty {
            try journal.append(lines)
            state = next
        }
        desk.change { view in
            view.state = next
            for event in progress { view.progress[event.trial] = event }
        }
    }

    /// A process has gone: its run is begun again once, from its last checkpoint, and counts as failed the second time.
    private func bury(_ worker: WorkerProcess) throws {
        var farewell: String?
        for _ in 0..<200 where farewell == nil {
            farewell = worker.farewell()
            if farewell == nil { usleep(5_000) }
        }
        workers.removeAll { $0 === worker }
        guard let job = worker.job else { return }
        desk.change { $0.progress[job.trial] = nil }
        guard !orphans.insert(job).inserted else { return }
        let reason = "its process ended twice (\(farewell ?? "nobody knows how")); see \(directory.complaints)"
        try take([.end(RunEndEvent(trial: job.trial, fold: job.fold, .failed, reason: reason))])
    }

    /// Lets every process save its run and waits for it.
    private func finish() {
        for worker in workers { worker.leave() }
        let end = MonotonicClock.seconds + Self.patience
        var left = workers
        while !left.isEmpty, MonotonicClock.seconds < end, Interruption.count < 2 {
            // What they have to tell must not fill the pipe, and ends that came at the last moment count.
            let ready = LinePipe.wait(for: left.filter { !$0.isGone }.map(\.descriptor), milliseconds: 20)
            for worker in left where ready.contains(worker.descriptor) { try? take(worker.news()) }
            left.removeAll { $0.farewell() != nil }
            if !left.isEmpty, left.allSatisfy(\.isGone) { usleep(5_000) }
        }
        for worker in left { worker.kill() }
        workers = []
    }
}
