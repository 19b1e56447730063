import Commands
import Runs
import Testing

@Suite struct RunSummaryTests {
    func text(
        _ reason: EndReason, kept: KeptWeights = .last, best: EvaluationReport? = nil,
        events: [RunEvent.Content] = [], failure: String? = nil, files: (best: String, last: String)? = nil,
        hasValidation: Bool = true
    ) -> [String] {
        let description = Sample.description(hasValidation: hasValidation)
        var status = Sample.status(step: 500)
        status.latestEvaluation = best
        let summary = RunSummary(
            description: description, changes: Sample.changes(description, status, events: events),
            end: EndSummary(position: Position(step: 500), reason: reason, kept: kept, best: best),
            checkpointFailure: failure, files: files)
        return summary.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    @Test func `everything that a person wants to know afterwards`() {
        #expect(
            text(
                .stopped, kept: .best, best: Sample.evaluation(step: 250),
                events: [
                    Sample.receipt(.pause, step: 300, .accepted(old: nil, new: nil)),
                    Sample.receipt(.scaleLearningRate(2), step: 300, .accepted(old: 0.0475, new: 0.095)),
                ], files: (best: "one/checkpoints/best.safetensors", last: "one/checkpoints/last.safetensors")) == [
                    "demo: stopped at step 500 of 3,750 after 1:05",
                    "  best   validation accuracy 94.1 %, loss 0.211, at step 250",
                    "  last   loss 0.432, accuracy 87.5 %; validation accuracy 94.1 %, loss 0.211, at step 250",
                    "  by hand  step 300: pause",
                    "           step 300: scaleLearningRate, rate 0.0475 → 0.0950",
                    "  kept   best weights: one/checkpoints/best.safetensors",
                ])
    }

    @Test func `without a directory it says how to keep the weights`() {
        #expect(
            text(.completed, hasValidation: false) == [
                "demo: done at step 500 of 3,750 after 1:05", "  last   loss 0.432, accuracy 87.5 %",
                "  kept   last weights, in memory only; --run DIR would have saved them",
            ])
    }

    @Test func `weights that could not be saved are said`() {
        #expect(
            text(.completed, failure: "last.safetensors: the disk is full", files: (best: "b", last: "l")).last
                == "  kept   weights could not be saved: last.safetensors: the disk is full")
    }

    @Test func `files that are not whole are said after the weights`() {
        let summary = RunSummary(
            description: Sample.description(), changes: nil,
            end: EndSummary(position: Position(step: 500), reason: .completed, kept: .last, best: nil),
            outputFailures: ["the log is not whole: log: no space left"], files: (best: "b", last: "l"))
        #expect(summary.text.hasSuffix("  kept   last weights: l\n  lost   the log is not whole: log: no space left"))
    }

    @Test func `the last weights are named by their file`() {
        #expect(text(.interrupted, files: (best: "b", last: "l")).last == "  kept   last weights: l")
    }

    @Test func `going back says to which weights`() {
        let receipt = Receipt(
            position: Position(step: 300), author: .person, command: .restore(Restoration()),
            outcome: .accepted(old: 0.1, new: 0.1), restored: 280)
        #expect(
            text(.completed, events: [.receipt(receipt)]).contains(
                "  by hand  step 300: restore, weights of step 280, rate 0.100 → 0.100"))
    }

    @Test func `only what a person did and the run accepted is by hand`() {
        let lines = text(
            .completed,
            events: [
                Sample.receipt(.pause, step: 10, from: .script, .accepted(old: nil, new: nil)),
                Sample.receipt(.resume, step: 11, .refused("training is not paused")),
            ])
        #expect(!lines.contains { $0.contains("by hand") })
    }

    @Test(arguments: [
        (EndReason.completed, "demo: done at step 500"), (.stopped, "demo: stopped at step 500"),
        (.earlyStopping, "demo: stopped early, validation no longer improved, at step 500"),
        (.notFinite, "demo: ended, the loss or its gradient is not finite, at step 500"),
        (.interrupted, "demo: interrupted at step 500"),
    ])
    func `every end has its words`(reason: EndReason, beginning: String) {
        #expect(text(reason)[0].hasPrefix(beginning))
    }
}
