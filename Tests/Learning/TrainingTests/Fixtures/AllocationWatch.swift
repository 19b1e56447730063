import CAllocationCounter
import Foundation
import Runs
import Synchronization
import Tensors

/// Which threads' allocations count.
enum Allocations {
    /// Watches the calling thread and all workers of a pool, or lets them be.
    static func watch(_ isWatched: Bool, _ pool: WorkerPool) {
        // Every thread takes one piece, since none goes on before all are there.
        let arrived = Atomic<Int>(0)
        pool.run(pieces: pool.threadCount) { _ in
            arrived.add(1, ordering: .relaxed)
            while arrived.load(ordering: .relaxed) < pool.threadCount {}
            allocations_watch_thread(isWatched ? 1 : 0)
        }
    }
}

/// The recorder's part in a test: takes reports out, lays blank ones in, and reads the counter between two steps.
///
/// Sendable unchecked: what its thread writes is read once the thread is done.
final class AllocationWatch: @unchecked Sendable {
    struct Found {
        var steps = 0
        var lastStep = 0
        var allocations = 0
        var lastCallers = ""
    }

    private let reports: ReportMailbox
    private let (first, steps): (Int, Int)
    private let isRunning = Atomic<Bool>(true)
    private let done = DispatchSemaphore(value: 0)
    private var found = Found()

    /// Counts over so many steps from the first look at or after one.
    init(_ reports: ReportMailbox, from first: Int, steps: Int) {
        self.reports = reports
        (self.first, self.steps) = (first, steps)
    }

    func start() {
        let thread = Thread { [self] in
            look()
            done.signal()
        }
        thread.start()
    }

    func finish() -> Found {
        isRunning.store(false, ordering: .releasing)
        done.wait()
        return found
    }

    private func look() {
        var batch: [Report] = []
        batch.reserveCapacity(8192)
        var (step, previous, firstStep, before) = (0, 0, -1, 0)
        while isRunning.load(ordering: .acquiring) {
            let count = allocations_count()
            // What is known of the steps lags behind the count.
            // A recorder that comes as late as no recorder does finds the stock of blank reports used up.
            if step - previous > 40 { firstStep = -1 }
            previous = step
            if firstStep < 0, step >= first { (firstStep, before) = (step, count) }
            if firstStep >= 0, found.steps == 0, step >= firstStep + steps {
                found = Found(steps: step - firstStep, lastStep: step, allocations: count - before)
                if found.allocations > 0 { found.lastCallers = Self.callers() }
            }
            _ = reports.drain(into: &batch)
            for case .step(let report) in batch { step = report.step }
            usleep(300)
        }
    }

    private static func callers() -> String {
        var text = [CChar](repeating: 0, count: 4_096)
        allocations_describe_last(&text, text.count)
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
