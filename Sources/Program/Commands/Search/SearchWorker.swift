import CursesTerminal
import Foundation
import Glibc
import Machine
import Searching
import Settings
import Tensors

/// A process of a search that trains: it takes orders from its standard input and tells what happens on its standard output. The
/// data that it reads for a run serves the next ones.
struct SearchWorker {
    private var orders = LinePipe(dup(STDIN_FILENO))
    private let output: Int32
    private var cache: DataCache
    private let pool: WorkerPool
    private var run: TrialRun?

    /// - Parameters:
    ///   - threads: how many compute.
    ///   - folds: how many data sets are needed in turns.
    init(threads: Int, folds: Int) {
        // What anything prints must not come among the lines.
        output = dup(STDOUT_FILENO)
        dup2(STDERR_FILENO, STDOUT_FILENO)
        cache = DataCache(most: folds)
        pool = WorkerPool(threadCount: threads)
    }

    /// Works until there are no more orders, or a signal comes.
    mutating func work() -> Int32 {
        Interruption.watch()
        while Interruption.count == 0 {
            if LinePipe.wait(for: [orders.descriptor], milliseconds: run == nil ? 1_000 : 20).contains(
                orders.descriptor)
            {
                for line in orders.read() { take(line) }
                if orders.isClosed { break }
            }
            look()
        }
        run?.interrupt()
        return Interruption.signal.map { 128 + $0 } ?? ExitCode.done
    }

    private mutating func take(_ line: [UInt8]) {
        guard let order = WorkerOrder(line: line) else { return }
        if order.kind == .run {
            begin(order)
        } else if let run, run.trial == order.trial, run.fold == order.fold {
            switch order.kind {
            case .run: break
            case .stop: run.stop(order.outcome.flatMap { .init(rawValue: $0) } ?? .stopped)
            case .pause: run.pause(true)
            case .resume: run.pause(false)
            }
        }
    }

    private mutating func begin(_ order: WorkerOrder) {
        precondition(run == nil, "A process trains one run at a time.")
        do {
            run = try TrialRun(order, &cache, pool: pool)
        } catch {
            tell([
                .end(RunEndEvent(trial: order.trial, fold: order.fold, .failed, reason: OneLine.of("\(error)")))
            ])
        }
    }

    private mutating func look() {
        guard let run else { return }
        tell(run.news())
        guard let events = run.end(within: 0) else { return }
        self.run = nil
        tell(events)
    }

    private func tell(_ events: [SearchEvent]) {
        let bytes = events.flatMap(\.line)
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(output, $0.baseAddress! + written, $0.count - written) }
            if count < 0, errno == EINTR { continue }
            // Nobody reads any more: the end of the orders follows.
            guard count > 0 else { return }
            written += count
        }
    }
}
