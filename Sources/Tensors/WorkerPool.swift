import CWorkers
import Foundation
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
/// Sendable unchecked: the job's fields are written only while no piece is left to claim, and read only by the owner of a claimed piece.
package final class WorkerPool: @unchecked Sendable {
    package let threadCount: Int
    /// Number of the job (32 bits), the end of the pieces that are left (16) and their beginning (16): one word, so that a
    /// late worker can never take a piece of one job for a piece of another.
    private let claims = Atomic<UInt64>(0)
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
            let thread = Thread { [self] in work(index) }
            thread.name = "sitter worker \(index)"
            thread.stackSize = 4 << 20
            thread.start()
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

    /// Computes `body(0)`, ..., `body(pieces - 1)` and returns when all are done.
    package func run(pieces: Int, _ body: (Int) -> Void) {
        isReversed = false
        start(pieces) { piece, _ in body(piece) }
    }

    /// The same for pieces that go through a batch: every other time backwards, to begin with what the last sweep left in
    /// the caches. A batch is larger than they are, so going forwards anew would find nothing.
    ///
    /// - Parameter body: Takes a piece and the number of the thread, below `threadCount`, for memory that is a thread's
    ///   while it computes the piece.
    package func sweep(pieces: Int, _ body: (_ piece: Int, _ thread: Int) -> Void) {
        sweepIsReversed.toggle()
        isReversed = sweepIsReversed
        start(pieces, body)
    }

    private func start(_ pieces: Int, _ body: (Int, Int) -> Void) {
        pieceCount = pieces
        guard pieces > 1, threadCount > 1 else {
            for place in 0..<max(0, pieces) { body(isReversed ? pieces - 1 - place : place, 0) }
            return
        }
        precondition(pieces <= 0xFFFF, "a job has at most 65,535 pieces")
        borrow(body, into: job)
        jobNumber = (jobNumber + 1) & 0xFFFF_FFFF
        finishedPieces.store(0, ordering: .relaxed)
        claims.store(jobNumber << 32 | UInt64(pieces) << 16, ordering: .sequentiallyConsistent)
        if sleeping.load(ordering: .sequentiallyConsistent) > 0 {
            condition.lock()
            condition.broadcast()
            condition.unlock()
        }
        while claimAndRun(jobNumber, thread: 0) {}
        var spins = 0
        while finishedPieces.load(ordering: .acquiring) < pieces {
            spins += 1
            // Where another process holds the worker's core, let it go on.
            if spins > 2_000 { sched_yield() } else { worker_pause() }
        }
        giveBack(body)
    }

    /// Computes one piece of a job, if one is left.
    private func claimAndRun(_ number: UInt64, thread: Int) -> Bool {
        let fromEnd = thread % 2 == 1
        var claim = claims.load(ordering: .acquiring)
        while true {
            let (first, end) = (Int(claim & 0xFFFF), Int(claim >> 16 & 0xFFFF))
            guard claim >> 32 == number, first < end else { return false }
            let (exchanged, current) = claims.weakCompareExchange(
                expected: claim, desired: fromEnd ? claim - 0x1_0000 : claim + 1, ordering: .acquiringAndReleasing)
            if exchanged {
                worker_call(job.pointee, piece(at: fromEnd ? end - 1 : first), thread)
                finishedPieces.add(1, ordering: .releasing)
                return true
            }
            claim = current
        }
    }

    /// Which piece is taken at a place of the order: backwards, both halves begin in the middle.
    private func piece(at place: Int) -> Int {
        guard isReversed else { return place }
        let middle = (pieceCount + 1) / 2
        return place < middle ? middle - 1 - place : pieceCount - 1 + middle - place
    }

    private func work(_ thread: Int) {
        var seen: UInt64 = 0
        while true {
            var number = claims.load(ordering: .acquiring) >> 32
            var spins = 0
            var began = 0.0
            while number == seen {
                if isClosing.load(ordering: .relaxed) { return }
                worker_pause()
                spins += 1
                if spins % 64 == 0 {
                    let now = Self.seconds
                    if began == 0 { began = now }
                    if now - began > Self.patience {
                        sleep(after: seen)
                        began = 0
                    }
                }
                number = claims.load(ordering: .acquiring) >> 32
            }
            seen = number
            while claimAndRun(number, thread: thread) {}
        }
    }

    private static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    private func sleep(after seen: UInt64) {
        condition.lock()
        sleeping.add(1, ordering: .sequentiallyConsistent)
        while claims.load(ordering: .sequentiallyConsistent) >> 32 == seen,
            !isClosing.load(ordering: .sequentiallyConsistent)
        {
            condition.wait()
        }
        sleeping.subtract(1, ordering: .sequentiallyConsistent)
        condition.unlock()
    }
}
