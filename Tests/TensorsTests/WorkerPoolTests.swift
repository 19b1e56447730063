import Foundation
import Synchronization
import Tensors
import Testing

@Suite("The worker pool")
struct WorkerPoolTests {
    @Test("computes every piece once, in thousands of jobs of all sizes", arguments: [1, 2, 3, 5])
    func everyPieceOnce(_ threads: Int) {
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        let visits = (0..<40).map { _ in Counter() }
        var failures = 0
        for job in 0..<8_000 {
            let pieces = job % 40 + 1
            pool.run(pieces: pieces) { visits[$0].value.add(1, ordering: .relaxed) }
            for piece in 0..<40 {
                let count = visits[piece].value.exchange(0, ordering: .relaxed)
                if count != (piece < pieces ? 1 : 0) { failures += 1 }
            }
        }
        #expect(failures == 0)
    }

    @Test("what pieces wrote is visible when run returns")
    func visibility() {
        let pool = WorkerPool(threadCount: 3)
        defer { pool.close() }
        let numbers = FloatBuffer(count: 64 * 16)
        let target = numbers.pointer
        var failures = 0
        for job in 1...4_000 {
            pool.run(pieces: 64) { piece in
                for index in piece * 16..<(piece + 1) * 16 { target[index] = Float(job) }
            }
            for index in 0..<numbers.count where target[index] != Float(job) { failures += 1 }
        }
        #expect(failures == 0)
    }

    @Test("goes on after its threads fell asleep")
    func afterSleep() {
        let pool = WorkerPool(threadCount: 3)
        defer { pool.close() }
        let sum = Counter()
        for _ in 0..<20 {
            usleep(3_000)
            pool.run(pieces: 6) { sum.value.add($0, ordering: .relaxed) }
        }
        #expect(sum.value.load(ordering: .relaxed) == 20 * 15)
    }

    @Test("no pieces, no work; the largest job runs whole")
    func extremes() {
        let pool = WorkerPool(threadCount: 2)
        defer { pool.close() }
        let count = Counter()
        pool.run(pieces: 0) { _ in count.value.add(1, ordering: .relaxed) }
        #expect(count.value.load(ordering: .relaxed) == 0)
        pool.run(pieces: 65_535) { _ in count.value.add(1, ordering: .relaxed) }
        #expect(count.value.load(ordering: .relaxed) == 65_535)
    }

    @Test("work is shared when a piece takes long")
    func sharing() {
        let pool = WorkerPool(threadCount: 2)
        defer { pool.close() }
        let threads = Mutex<Set<UInt>>([])
        for _ in 0..<50 {
            pool.run(pieces: 4) { _ in
                usleep(500)
                _ = threads.withLock { $0.insert(UInt(bitPattern: ObjectIdentifier(Thread.current).hashValue)) }
            }
        }
        #expect(threads.withLock(\.count) == 2)
    }

    private final class Counter: Sendable {
        let value = Atomic<Int>(0)
    }
}
