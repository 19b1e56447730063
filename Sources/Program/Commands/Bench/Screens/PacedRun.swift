import Foundation
import History
import Machine
import RunStore
import Runs
import Synchronization
import Training

/// A run that makes its steps at a steady pace and trains nothing, seen through the recorder of a real one.
final class PacedRun: Sendable {
    enum Pace {
        /// So many steps a second.
        case training(stepsPerSecond: Double)
        case paused
        case finished
    }

    /// Steps that are behind it when it begins.
    private static let past = 2_500

    let description: RunDescription
    let feed: LiveRun
    private let mailbox = ReportMailbox()
    private let recorder: Recorder
    private let isOver = Atomic(false)

    init(_ pace: Pace) {
        let sample = SampleReports(totalSteps: 100_000)
        description = sample.description
        feed = LiveRun(description)
        recorder = Recorder(mailbox: mailbox, run: feed)
        mailbox.append(.phase(.training, Position(step: 0)))
        for report in sample.reports(0..<Self.past) { mailbox.append(report) }
        let position = Position(step: Self.past)
        switch pace {
        case .training(let stepsPerSecond):
            let thread = Thread { [self] in train(sample, every: 1 / stepsPerSecond) }
            thread.name = "trainer"
            thread.start()
        case .paused: mailbox.append(.phase(.paused(.asked), position))
        case .finished:
            mailbox.append(.phase(.finished(.completed), position))
            mailbox.append(.end(EndSummary(position: position, reason: .completed, kept: .last, best: nil)))
        }
        recorder.start()
    }

    private func train(_ sample: SampleReports, every interval: Double) {
        var next = MonotonicClock.seconds
        for step in Self.past..<sample.totalSteps where !isOver.load(ordering: .acquiring) {
            for report in sample.reports(step..<step + 1) { mailbox.append(report) }
            next += interval
            Thread.sleep(forTimeInterval: max(0, next - MonotonicClock.seconds))
        }
    }

    func close() {
        isOver.store(true, ordering: .releasing)
        recorder.finish()
    }
}
