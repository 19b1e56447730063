import Foundation
import Runs
import Testing

@Suite struct ReportMailboxTests {
    private func report(_ step: Int) -> Report {
        .step(StepReport(step: step, epoch: 0, loss: 1, accuracy: .nan, learningRate: 0.1, gradientNorm: 1))
    }

    private func steps(_ reports: [Report]) -> [Int] {
        reports.compactMap { if case .step(let step) = $0 { step.step } else { nil } }
    }

    @Test
    func `reports come out once, in order`() {
        let mailbox = ReportMailbox(capacity: 4)
        var batch: [Report] = []
        for step in 0..<3 { mailbox.append(report(step)) }
        #expect(mailbox.drain(into: &batch))
        #expect(steps(batch) == [0, 1, 2])
        mailbox.append(report(3))
        #expect(mailbox.drain(into: &batch))
        #expect(steps(batch) == [3])
    }

    @Test
    func `a late recorder loses nothing`() {
        let mailbox = ReportMailbox(capacity: 4)
        var batch: [Report] = []
        for step in 0..<100 { mailbox.append(report(step)) }
        _ = mailbox.drain(into: &batch)
        #expect(steps(batch) == Array(0..<100))
    }

    @Test
    func `what was appended before closing still comes out, and then it is over`() {
        let mailbox = ReportMailbox()
        var batch: [Report] = []
        mailbox.append(report(0))
        mailbox.close()
        mailbox.append(report(1))
        #expect(!mailbox.drain(into: &batch))
        #expect(steps(batch) == [0])
    }

    @Test
    func `the two arrays change places and keep their room`() {
        let mailbox = ReportMailbox(capacity: 500)
        var batch: [Report] = []
        batch.reserveCapacity(1000)
        _ = mailbox.drain(into: &batch)
        #expect(batch.capacity >= 500 && batch.capacity < 1000)
        _ = mailbox.drain(into: &batch)
        #expect(batch.capacity >= 1000)
    }

    @Test
    func `two threads, one order`() {
        let mailbox = ReportMailbox(capacity: 16)
        let count = 20_000
        let trainer = Thread {
            for step in 0..<count { mailbox.append(self.report(step)) }
            mailbox.close()
        }
        trainer.start()
        var batch: [Report] = []
        var all: [Int] = []
        var isOpen = true
        while isOpen {
            isOpen = mailbox.drain(into: &batch)
            all += steps(batch)
        }
        #expect(all == Array(0..<count))
    }
}
