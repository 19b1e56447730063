import Glibc
import Machine
import Synchronization
import Testing

@Suite struct ThreadTests {
    @Test func `a serial thread does one after the other, in their order`() {
        let thread = SerialThread("serial")
        let log = Log()
        for number in 0..<200 { thread.begin { log.add(number) } }
        thread.finish()
        #expect(log.numbers == Array(0..<200))
    }

    @Test func `what waits is done though nobody holds the thread any more`() async throws {
        let log = Log()
        for number in 0..<50 { SerialThread("short").begin { log.add(number) } }
        for _ in 0..<500 where log.numbers.count < 50 { try await Task.sleep(for: .milliseconds(10)) }
        #expect(log.numbers.sorted() == Array(0..<50))
    }

    @Test func `as many threads as can be started are counted, and why no more`() throws {
        #expect(SystemThread.refusal(of: 8) == nil)
        // A stack that no address space holds.
        let refusal = try #require(SystemThread.refusal(of: 3, stackSize: 1 << 46))
        #expect(refusal.started <= 2 && [EAGAIN, ENOMEM].contains(refusal.error.code))
        #expect(SystemThread.refusal(of: 8) == nil, "those that were started have ended")
    }

    private final class Log: Sendable {
        private let all = Mutex<[Int]>([])
        var numbers: [Int] { all.withLock { $0 } }
        func add(_ number: Int) { all.withLock { $0.append(number) } }
    }
}
