import Diagnosis
import Foundation
import Runs
import Testing

/// Each rule on a run that shows what it is about, and on one that nearly does.
struct RuleTests {
    /// A loss that falls from guessing to a tenth of it.
    private static func falling(_ step: Int) -> Double { 2.3 * (0.1 + 0.9 * exp(-Double(step) / 80)) }

    @Test("a run that learns raises nothing")
    func healthy() {
        var run = TrainedRun()
        run.measure()
        run.probe([0.1, 0.2, 0.1, .nan])
        for step in 0..<1000 {
            run.train(loss: Self.falling(step), accuracy: 1 - Self.falling(step) / 2.5)
            if step % 100 == 0 { run.measure() }
            if step % 20 == 19 { run.evaluate(loss: Self.falling(step) + 0.1, accuracy: 0.9) }
        }
        #expect(run.raised == [])
    }

    @Test("updates of a large share of the weights, with a loss that stays, are a rate too high")
    func rateTooHigh() {
        var run = TrainedRun()
        for step in 0..<40 { run.train(loss: 2.5 + Double(step % 3), ratio: 0.5) }
        #expect(run.headline == .rateTooHigh)
        #expect(run.examiner.standing.first?.remedies.first?.commands.isEmpty == false)
    }

    @Test("large updates are none where the loss falls below half")
    func largeButGood() {
        var run = TrainedRun()
        for step in 0..<100 { run.train(loss: 2.3 * exp(-Double(step) / 5), ratio: 0.3) }
        #expect(!run.raised.contains(.rateTooHigh))
    }

    @Test("a rate that ended in no number is the cause of it")
    func notFiniteByRate() {
        var run = TrainedRun()
        run.train(loss: 2.3, ratio: 0.4)
        run.train(loss: 80, ratio: 3)
        run.fail("the output of 2 (linear) is not finite")
        #expect(run.headline == .rateTooHigh)
        #expect(run.raised.contains(.nonFinite))
    }

    @Test("what is not finite without a reason says where it showed first")
    func notFinite() {
        var run = TrainedRun()
        for step in 0..<100 { run.train(loss: Self.falling(step)) }
        run.fail("the inputs are not finite")
        #expect(run.headline == .nonFinite)
        #expect(run.examiner.standing.first?.text == "the inputs are not finite")
    }

    @Test("tiny updates at the full rate with a loss that stays are a rate too low; in a warm-up they are not")
    func rateTooLow() {
        var run = TrainedRun()
        for _ in 0..<200 { run.train(loss: 2.3, ratio: 1e-6) }
        #expect(run.headline == .rateTooLow)
        var warming = TrainedRun(TrainedRun.subject(schedule: Schedule(base: 0.1, warmup: 1000, total: 2000)))
        for step in 0..<200 { warming.train(loss: 2.3, rate: 1e-4 * Double(step + 1), ratio: 1e-6) }
        #expect(warming.raised == [])
    }

    @Test("a rate that fell while the loss was falling was cut too early; at the end of a plan it was not")
    func decayTooEarly() {
        var early = TrainedRun(TrainedRun.subject(total: 2000))
        for step in 0..<60 { early.train(loss: Self.falling(step)) }
        let cut = Receipt(
            position: Position(step: 60), author: .person, command: .setLearningRate(0.001),
            outcome: .accepted(old: 0.1, new: 0.001))
        early.examiner.take(cut)
        for _ in 0..<200 { early.train(loss: Self.falling(60), rate: 0.001) }
        #expect(early.raised == [.decayTooEarly])
        var late = TrainedRun(TrainedRun.subject(total: 300))
        for step in 0..<260 { late.train(loss: Self.falling(step)) }
        for _ in 0..<40 { late.train(loss: Self.falling(260), rate: 0.001) }
        #expect(late.raised == [])
    }

    @Test("a loss that climbs steadily in small steps has a wrong sign")
    func wrongSign() {
        var run = TrainedRun()
        for step in 0..<200 { run.train(loss: 2.3 * (1 + 0.004 * Double(step)), ratio: 2e-3) }
        #expect(run.raised.first == .wrongSign)
    }

    @Test("sums that shrink with depth, or units that are alike, are a poor initialization", arguments: 0..<3)
    func poorInitialization(kind: Int) {
        var run = TrainedRun()
        run.train(loss: 2.3)
        switch kind {
        case 0: run.measure([1, 0.1, 0.01, 1])
        case 1: run.measure(equal: true)
        default: run.measure([30, 30, 30, 30])
        }
        #expect(run.headline == .poorInitialization)
    }

    @Test("units that never fire are dead at once at the beginning, and later after three probes")
    func deadUnits() {
        var born = TrainedRun()
        born.probe([0.1, 0.9, 0.1, .nan])
        #expect(born.headline == .deadUnits)
        #expect(born.findings.first?.text.contains("29 of 32 units of 2") == true)
        var late = TrainedRun()
        late.probe([0.1, 0.1, 0.1, .nan])
        for step in 0..<400 {
            late.train(loss: Self.falling(step))
            if step % 100 == 99 { late.probe([0.1, 0.6, 0.1, .nan]) }
            #expect(late.raised == (step < 299 ? [] : [.deadUnits]))
        }
    }

    @Test("inputs far from 1 are said, unless a normalization takes them")
    func inputScale() {
        var facts = DataFacts()
        facts.inputScale = 120
        var run = TrainedRun(TrainedRun.subject(data: facts))
        run.train(loss: 2.3)
        run.measure()
        #expect(run.headline == .inputScale)
        var normalized = TrainedRun(TrainedRun.subject(data: facts) { $0.links[0].isNormalized = true })
        normalized.train(loss: 2.3)
        normalized.measure()
        #expect(normalized.raised == [])
    }

    @Test("a first loss of the batch times that of guessing is a sum where the mean is due")
    func initialLoss() {
        var run = TrainedRun()
        run.train(loss: 2.3 * 32)
        run.measure()
        #expect(run.headline == .initialLoss)
        #expect(run.findings.first?.text.contains("sum over the batch") == true)
    }

    @Test("decay that pulls as hard as the data is too strong while the loss is high")
    func regularization() {
        var run = TrainedRun()
        // A penalty of 5 at a decay of 0.1: the decay's gradient is 1, and the data's 1.
        for _ in 0..<120 { run.train(loss: 2, decay: 0.1, penalty: 5) }
        #expect(run.headline == .regularizationTooStrong)
    }

    @Test("a signal that hardly comes back is vanishing, one that grows is exploding")
    func gradients() {
        var vanishing = TrainedRun()
        var growing = TrainedRun()
        for step in 0..<100 {
            vanishing.train(loss: 2.3)
            growing.train(loss: 2.3)
            if step % 25 == 24 {
                vanishing.measure(signals: [1e-6, 1e-3, 1, 1])
                growing.measure(signals: [1e5, 1e3, 1, 1])
            }
        }
        #expect(vanishing.headline == .vanishingGradient)
        #expect(growing.headline == .explodingGradient)
    }

    @Test("a layer that stands still while others move is frozen, unless somebody froze it")
    func frozenLayer() {
        var run = TrainedRun()
        var byHand = TrainedRun()
        byHand.examiner.take(
            Receipt(
                position: Position(step: 0), author: .person, command: .freeze("2"),
                outcome: .accepted(old: nil, new: nil)))
        for step in 0..<100 {
            run.train(loss: 2)
            byHand.train(loss: 2)
            if step % 25 == 24 {
                run.measure(ratios: [1e-3, 0, 1e-3, 1e-3])
                byHand.measure(ratios: [1e-3, 0, 1e-3, 1e-3])
            }
        }
        #expect(run.headline == .frozenLayer)
        #expect(byHand.raised == [])
    }

    @Test("nearly all right with a loss that cannot fall: a softmax before the loss")
    func lossFloor() {
        var run = TrainedRun()
        let floor = log(1 + 9 / M_E)
        for step in 0..<400 {
            run.train(loss: max(floor + 0.02, Self.falling(step)), accuracy: min(0.97, Double(step) / 100))
        }
        #expect(run.raised == [.lossFloor])
    }

    @Test("validation at guessing while training knows all: labels have nothing to do with the inputs")
    func labelsUnrelated() {
        var facts = DataFacts()
        (facts.majority, facts.validationMajority) = (0.12, 0.12)
        var run = TrainedRun(TrainedRun.subject(data: facts))
        for step in 0..<400 {
            run.train(loss: Self.falling(step), accuracy: min(1, Double(step) / 200))
            if step % 20 == 19 { run.evaluate(loss: 2.5 + Double(step) / 100, accuracy: 0.11) }
        }
        #expect(run.headline == .labelsUnrelated)
    }

    @Test("training all right, validation worse and worse: overfitting; both poor: underfitting")
    func fitting() {
        var over = TrainedRun()
        for step in 0..<600 {
            over.train(loss: 2.3 * exp(-Double(step) / 50), accuracy: min(1, Double(step) / 200))
            if step % 20 == 19 { over.evaluate(loss: 1 + abs(Double(step) - 200) / 200, accuracy: 0.7) }
        }
        #expect(over.headline == .overfitting)
        var facts = DataFacts()
        (facts.majority, facts.neighbours) = (0.12, 0.9)
        var under = TrainedRun(TrainedRun.subject(data: facts))
        for step in 0..<600 {
            under.train(loss: max(1.6, Self.falling(step)), accuracy: 0.4)
            if step % 20 == 19 { under.evaluate(loss: 1.65, accuracy: 0.39) }
        }
        #expect(under.headline == .underfitting)
    }

    @Test("numbers that neighbours cannot tell either are noise and no underfitting")
    func noise() {
        var facts = DataFacts()
        (facts.majority, facts.neighbours) = (0.12, 0.58)
        var run = TrainedRun(TrainedRun.subject(data: facts))
        for step in 0..<600 {
            run.train(loss: max(1.2, Self.falling(step)), accuracy: min(0.6, Double(step) / 100))
            if step % 20 == 19 { run.evaluate(loss: 1.25, accuracy: 0.59) }
        }
        #expect(run.raised == [])
    }

    @Test("a batch that is worse with the running statistics says so")
    func batchNorm() {
        var run = TrainedRun(TrainedRun.subject { $0.hasBatchNorm = true })
        for step in 0..<200 {
            run.train(loss: Self.falling(step))
            if step % 20 == 19 { run.examiner.take(training: Self.falling(step), evaluation: Self.falling(step) + 1) }
            run.take()
        }
        #expect(run.headline == .batchNormMode)
    }

    @Test(
        "every finding that is raised names a kind with words, and texts are one line", arguments: FindingKind.allCases)
    func words(kind: FindingKind) {
        #expect(!kind.words.isEmpty && !kind.meaning.isEmpty)
        #expect(!kind.meaning.contains("\n") && !kind.symptoms.contains(kind))
        #expect(Rule.all.contains { $0.kind == kind })
    }
}
