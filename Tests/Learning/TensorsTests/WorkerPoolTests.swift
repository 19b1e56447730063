import Foundation
import Synchronization
import Tensors
import Testing

@Suite("The worker pool")
struct WorkerPoolTests {
    @Test(arguments: [1, 2, 3, 5])
    func `computes every piece once, in thousands of jobs of all sizes`(_ threads: Int) {
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

    @Test
    func `what pieces wrote is visible when run returns`() {
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

    @Test
    func `goes on after its threads fell asleep`() {
        let pool = WorkerPool(threadCount: 3)
        defer { pool.close() }
        let sum = Counter()
        for _ in 0..<20 {
            usleep(3_000)
            pool.run(pieces: 6) { sum.value.add($0, ordering: .relaxed) }
        }
        #expect(sum.value.load(ordering: .relaxed) == 20 * 15)
    }

    @Test
    func `no pieces, no work; the largest job runs whole`() {
        let pool = WorkerPool(threadCount: 2)
        defer { pool.close() }
        let count = Counter()
        pool.run(pieces: 0) { _ in count.value.add(1, ordering: .relaxed) }
        #expect(count.value.load(ordering: .relaxed) == 0)
        pool.run(pieces: 65_535) { _ in count.value.add(1, ordering: .relaxed) }
        #expect(count.value.load(ordering: .relaxed) == 65_535)
    }

    @Test(arguments: [1, 2, 3, 5])
    func `sweeps compute every piece once, each thread one at a time`(_ threads: Int) {
        let pool = WorkerPool(threadCount: threads)
        defer { pool.close() }
        let visits = (0..<40).map { _ in Counter() }
        let busy = (0..<threads).map { _ in Counter() }
        let collisions = Counter()
        var failures = 0
        for job in 0..<4_000 {
            let pieces = job % 41
            pool.sweep(pieces: pieces) { piece, thread in
                if busy[thread].value.add(1, ordering: .relaxed).newValue != 1 {
                    collisions.value.add(1, ordering: .relaxed)
                }
                visits[piece].value.add(1, ordering: .relaxed)
                busy[thread].value.subtract(1, ordering: .relaxed)
            }
            for piece in 0..<40 where visits[piece].value.exchange(0, ordering: .relaxed) != (piece < pieces ? 1 : 0) {
                failures += 1
            }
        }
        #expect(failures == 0 && collisions.value.load(ordering: .relaxed) == 0)
    }

    @Test
    func `every other sweep goes backwards, whatever ran between; other jobs never do`() {
        let pool = WorkerPool(threadCount: 1)
        var orders: [[Int]] = []
        for _ in 0..<3 {
            var order: [Int] = []
            pool.sweep(pieces: 4) { piece, _ in order.append(piece) }
            orders.append(order)
            var forwards: [Int] = []
            pool.run(pieces: 4) { forwards.append($0) }
            #expect(forwards == [0, 1, 2, 3])
        }
        #expect(orders == [[3, 2, 1, 0], [0, 1, 2, 3], [3, 2, 1, 0]])
    }

    @Test
    func `the caller begins with the first piece, its worker with the last`() {
        let pool = WorkerPool(threadCount: 2)
        defer { pool.close() }
        let begun = Counter()
        for job in 1...50 {
            let owners = Mutex([-1, -1])
            pool.run(pieces: 2) { piece, thread in
                owners.withLock { $0[piece] = thread }
                // Neither is done before the other has begun, so that nobody takes both.
                begun.value.add(1, ordering: .relaxed)
                while begun.value.load(ordering: .relaxed) < 2 * job { sched_yield() }
            }
            #expect(owners.withLock { $0 } == [0, 1])
        }
    }

    @Test
    func `work is shared when a piece takes long`() {
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
