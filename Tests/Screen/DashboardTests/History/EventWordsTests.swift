import Charts
import Dashboard
import Runs
import Testing

@Suite("Log lines in words")
struct EventWordsTests {
    static func words(_ content: RunEvent.Content) -> EventWords {
        EventWords(RunEvent(position: Position(step: 1180), content: content, seconds: 0))
    }

    static func receipt(_ command: RunCommand, _ outcome: Receipt.Outcome, author: Author = .person) -> EventWords {
        words(.receipt(Receipt(position: Position(step: 1180), author: author, command: command, outcome: outcome)))
    }

    @Test func `a validation loss that nobody recorded is a dash`() {
        let report = EvaluationReport(
            position: Position(step: 9), epoch: 0, loss: .notRecorded, accuracy: 0.5, isBest: false)
        let words = Self.words(.evaluation(report))
        #expect(words.long == "validation loss     –   accuracy  50.0 %")
        #expect(!words.text.contains("NaN") && !words.short.contains("NaN"))
    }

    @Test(
        arguments: [
            (
                RunCommand.scaleLearningRate(0.5), Receipt.Outcome.accepted(old: 0.0659, new: 0.0329),
                "rate 0.0659 → 0.0329", "0.0659 → 0.0329"
            ),
            (
                .setLearningRate(0.01), .accepted(old: 0.0659, new: 0.01), "rate 0.0659 → 0.0100, held",
                "0.0659 → 0.0100"
            ),
            (.followSchedule, .accepted(old: 0.01, new: 0.05), "plan, rate 0.0100 → 0.0500", "plan 0.0100 → 0.0500"),
            (
                .setWeightDecay(1e-3), .accepted(old: 0, new: 1e-3), "weight decay 0 → 0.001", "weight decay 0 → 0.001"
            ),
            (.setGradientClipping(1), .accepted(old: 0, new: 1), "clipping none → 1", "clipping none → 1"),
            (
                .setDropout(DropoutChange(p: 0.3, layer: "4")), .accepted(old: 0.5, new: 0.3),
                "dropout of layer 4 0.5 → 0.3", "dropout of layer 4 0.5 → 0.3"
            ),
            (.setDropout(DropoutChange(p: 0.3)), .accepted(old: nil, new: 0.3), "dropout 0.3", "dropout 0.3"),
            (.freeze("0"), .accepted(old: nil, new: nil), "layer 0 frozen", "layer 0 frozen"),
            (.unfreeze("0"), .accepted(old: nil, new: nil), "layer 0 learns again", "layer 0 learns again"),
            (.reinitialize("0"), .accepted(old: nil, new: nil), "layer 0 begins anew", "layer 0 begins anew"),
            (
                .reinitializeDeadUnits("0"), .accepted(old: nil, new: 4), "layer 0: 4 units that never fire begin anew",
                "layer 0: 4 units that never fire begin anew"
            ),
            (
                .clearOptimizerState, .accepted(old: nil, new: nil), "the optimizer has forgotten",
                "the optimizer has forgotten"
            ),
            (
                .setEvaluationInterval(200), .accepted(old: 15, new: 200), "evaluation every 15 → 200 steps",
                "evaluation every 15 → 200 steps"
            ),
            (
                .setEpochs(20), .accepted(old: 10, new: 20), "epochs 10 → 20, the plan fitted to them",
                "epochs 10 → 20, the plan fitted to them"
            ),
            (
                .setBatchSize(128), .accepted(old: 64, new: 128), "batch size 64 → 128, the plan fitted to the epochs",
                "batch size 64 → 128, the plan fitted to the epochs"
            ),
            (.pause, .accepted(old: nil, new: nil), "paused", "paused"),
            (.resume, .accepted(old: nil, new: nil), "resumed", "resumed"),
            (.step(20), .accepted(old: nil, new: nil), "20 steps", "20 steps"),
            (.stop(keep: .best), .accepted(old: nil, new: nil), "stop, keep best", "stop"),
            (.pause, .refused("nobody can resume"), "pause refused: nobody can resume", "refused: nobody can resume"),
        ])
    func `receipts`(command: RunCommand, outcome: Receipt.Outcome, text: String, short: String) {
        let words = Self.receipt(command, outcome)
        #expect(words.step == 1180)
        #expect(words.who == "you")
        #expect(words.text == text)
        #expect(words.short == short)
        if case .refused = outcome { #expect(words.isTrouble) } else { #expect(!words.isTrouble) }
    }

    @Test(
        arguments: [
            (Author.person, "you"), (.script, "script"), (.policy("plateau"), "rule"), (.run, "run"), (.disk, "disk"),
        ])
    func `who`(author: Author, word: String) {
        #expect(Self.words(.note(author, "text")).who == word)
    }

    @Test
    func `evaluations stand in columns as in the mock-ups`() {
        let report = EvaluationReport(
            position: Position(step: 1180), epoch: 9, loss: 0.322, accuracy: 0.942, isBest: false)
        let words = Self.words(.evaluation(report))
        #expect(words.who == "eval")
        #expect(words.text == "loss 0.322   94.2 %")
        #expect(words.short == "0.322  94.2 %")
        var noClasses = report
        noClasses.accuracy = nil
        #expect(Self.words(.evaluation(noClasses)).text == "loss 0.322")
    }

    @Test
    func `a loss that is not finite`() {
        #expect(Self.words(.notFinite(loss: .nan, gradientNorm: 2)).text == "loss NaN, update skipped")
        #expect(Self.words(.notFinite(loss: 1, gradientNorm: .infinity)).text == "gradient Inf, update skipped")
        #expect(Self.words(.notFinite(loss: .nan, gradientNorm: 2)).mark == .trouble)
    }
}
