import CWorkers
import Foundation
import Machine
import Synchronization

/// Keeps the two words of a closure until it is returned; allocates nothing.
@_silgen_name("worker_borrow_closure")
private func borrow(_ closure: (Int, Int) -> Void, into target: UnsafeMutablePointer<worker_closure>)

/// Ends the loan.
@_silgen_name("worker_return_closure")
private func giveBack(_ closure: (Int, Int) -> Void)

/// A fixed team of threads that computes the pieces of one job at a time, the caller among them.
///
/// What a piece computes must depend on its index alone and land in a place of its own: then results do not depend on
/// the number of threads. Half of the threads take the first pieces and half the last ones, until they meet: so they find
/// in their caches what they wrote in the job before. Waiting workers look out for the next job for some microseconds, since that of a training step
/// is near, and then sleep. A job allocates nothing.
///
/// Sendable unchecked: the job's fields are written only while no piece is left to take, and read only by who took one.
package final class WorkerPool: @unchecked Sendable {
    /// Threads that compute, the caller among them.
    package let threadCount: Int
    private let claims = PieceClaims()
    /// Of all jobs so far.
    private let finishedPieces = Atomic<Int>(0)
    private let isClosing = Atomic<Bool>(false)
    private let sleeping = Atomic<Int>(0)
    private let job: UnsafeMutablePointer<worker_closure>
    private var pieceCount = 0
    private var isReversed = false
    private var sweepIsReversed = false
    private var jobNumber: UInt64 = 0
    private let condition = NSCondition()
    /// How long a worker looks out for the next job before it sleeps. Waking it takes about as long.
    private static let patience = 100e-6

    /// Starts `threadCount - 1` threads; they end when the pool is closed.
    package init(threadCount: Int) {
        precondition(threadCount >= 1, "a pool needs a thread")
        self.threadCount = threadCount
        job = .allocate(capacity: 1)
        job.initialize(to: worker_closure())
        for index in 1..<max(1, threadCount) {
            SystemThread.start("sitter worker \(index)", stackSize: 4 << 20) { [self] in look(thread: index) }
        }
    }

    deinit { job.deallocate() }

    /// Lets the threads end; the pool may not be used afterwards.
    package func close() {
        isClosing.store(true, ordering: .sequentiallyConsistent)
        condition.lock()
        condition.broadcast()
        condition.unlock()
    }

    /// Changes as long as anything is computed; for whoever wants to know whether a long step still moves.
    package var pulse: Int { finishedPieces.load(ordering: .relaxed) }

    /// Computes `body(0)`, ..., `body(pieces - 1)` and returns when all are done.
    package func run(pieces: Int, _ body: (Int) -> Void) {
        run(pieces: pieces) { piece, _ in body(piece) }
    }

    /// The same with the number of the thread, below `threadCount`, for memory that is its own while it computes a piece.
    package func run(pieces: Int, _ body: (_ piece: Int, _ thread: Int) -> Void) {
        isReversed = false
        start(pieces, body)
    }

    /// The same for pieces that go through a batch: every other time backwards, to begin with what the last sweep left in
    /// the caches. A batch is larger than they are, so going forwards anew would find nothing.
    package func sweep(pieces: Int, _ body: (_ piece: Int, _ thread: Int) -> Void) {
        sweepIsReversed.toggle()
        isReversed = sweepIsReversed
        start(pieces, body)
    }

    private func start(_ pieces: Int, _ body: (Int, Int) -> Void) {
        pieceCount = pieces
        guard pieces > 1, threadCount > 1 else {
            for place in 0..<max(0, pieces) {
                body(isReversed ? pieces - 1 - place : place, 0)
                finishedPieces.add(1, ordering: .relaxed)
            }
            return
        }
        precondition(pieces <= PieceClaims.most, "a job has at most \(PieceClaims.most) pieces")
        borrow(body, into: job)
        jobNumber = (jobNumber + 1) & 0xFFFF_FFFF
        // Nobody adds to it between two jobs.
        let goal = finishedPieces.load(ordering: .relaxed) &+ pieces
        claims.open(jobNumber, pieces: pieces)
        if sleeping.load(ordering: .sequentiallyConsistent) > 0 {
            condition.lock()
            condition.broadcast()
            condition.unlock()
        }
        work(on: jobNumber, thread: 0)
        var spins = 0
        while finishedPieces.load(ordering: .acquiring) != goal {
            spins += 1
            // Where another process holds the worker's core, let it go on.
            if spins > 2_000 { sched_yield() } else { worker_pause() }
        }
        giveBack(body)
    }

    /// Computes pieces of a job while some are left.
    private func work(on number: UInt64, thread: Int) {
        while let place = claims.take(of: number, fromEnd: thread % 2 == 1) {
            worker_call(job.pointee, piece(at: place), thread)
            finishedPieces.add(1, ordering: .releasing)
        }
    }

    /// Which piece is taken at a place of the order: backwards, both halves begin in the middle.
    private func piece(at place: Int) -> Int {
        guard isReversed else { return place }
        let middle = (pieceCount + 1) / 2
        return place < middle ? middle - 1 - place : pieceCount - 1 + middle - place
    }

    /// Looks out for jobs until the pool is closed.
    private func look(thread: Int) {
        var seen: UInt64 = 0
        while true {
            var number = claims.job
            var spins = 0
            var began = 0.0
            while number == seen {
                if isClosing.load(ordering: .relaxed) { return }
                worker_pause()
                spins += 1
                if spins % 64 == 0 {
                    let now = MonotonicClock.seconds
                    if began == 0 { began = now }
                    if now - began > Self.patience {
                        sleep(after: seen)
                        began = 0
                    }
                }
                number = claims.job
            }
            seen = number
            work(on: number, thread: thread)
        }
    }

    private func sleep(after seen: UInt64) {
        condition.lock()
        sleeping.add(1, ordering: .sequentiallyConsistent)
        while claims.job == seen, !isClosing.load(ordering: .sequentiallyConsistent) { condition.wait() }
        sleeping.subtract(1, ordering: .sequentiallyConsistent)
        condition.unlock()
    }
}
