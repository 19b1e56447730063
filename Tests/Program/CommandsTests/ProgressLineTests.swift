import Commands
import Runs
import Testing

@Suite struct ProgressLineTests {
    let description = Sample.description()

    func lines(_ events: RunEvent.Content..., step: Int = 500) -> [String] {
        var line = ProgressLine(description)
        return line.take(Sample.changes(description, Sample.status(step: step), events: events))
    }

    @Test func `the introduction says what will run`() {
        #expect(
            ProgressLine(description).introduction
                == "demo: 16,000 examples, 4,000 held out, 206,922 parameters, 3,750 steps of 64 on 2 threads, "
                + "SkylakeX kernels")
    }

    @Test func `the introduction without validation holds nothing out`() {
        let plain = ProgressLine(Sample.description(hasValidation: false)).introduction
        #expect(plain.hasPrefix("demo: 16,000 examples, 206,922 parameters"))
    }

    @Test func `the current line says where the run stands`() {
        var line = ProgressLine(description)
        _ = line.take(Sample.changes(description, Sample.status(step: 840)))
        #expect(
            line.current
                == "epoch 4/15  step 840/3,750  loss 0.432  87.5 %  rate 0.0475  4.21k samples/s  1:15 "
                .prefix(79))
    }

    @Test func `the current line fits into eighty columns`() {
        var line = ProgressLine(description)
        var status = Sample.status(step: 3_749)
        status.latestStep?.loss = -1.234e-30
        status.progress.learningRate = 1.234e-30
        status.progress.samplesPerSecond = 123_456_789
        status.progress.secondsLeft = 1e7
        _ = line.take(Sample.changes(description, status))
        #expect(line.current.count < 80)
    }

    @Test func `an evaluation is a line that stays`() {
        #expect(
            lines(.evaluation(Sample.evaluation(step: 500))) == [
                "epoch 2/15  step 500  train 0.432  validation 0.211  94.1 %  rate 0.0475  4.21k samples/s"
                    + "  1:15 left  best"
            ])
    }

    @Test func `without validation each epoch is a line`() {
        let description = Sample.description(hasValidation: false)
        var line = ProgressLine(description)
        #expect(line.take(Sample.changes(description, Sample.status(step: 249))) == [])
        #expect(line.take(Sample.changes(description, Sample.status(step: 251))).count == 1)
        #expect(line.take(Sample.changes(description, Sample.status(step: 252))) == [])
    }

    @Test func `a changed rate shows both values`() {
        #expect(
            lines(
                Sample.receipt(.scaleLearningRate(0.5), step: 500, from: .script, .accepted(old: 0.05, new: 0.025)))
                == ["step 500  script: scaleLearningRate, rate 0.0500 → 0.0250"])
    }

    @Test func `going back says to which weights`() {
        let receipt = Receipt(
            position: Position(step: 500), author: .script, command: .restore(Restoration(scale: 0.5)),
            outcome: .accepted(old: 0.05, new: 0.025), restored: 480)
        #expect(
            lines(.receipt(receipt)) == ["step 500  script: restore, weights of step 480, rate 0.0500 → 0.0250"])
    }

    @Test func `a refusal says why`() {
        #expect(
            lines(Sample.receipt(.setLearningRate(0), step: 500, from: .script, .refused("the rate must be above 0")))
                == ["step 500  script: setLearningRate refused: the rate must be above 0"])
    }

    @Test func `a command without values is named`() {
        #expect(
            lines(Sample.receipt(.pause, step: 500, from: .policy("earlyStopping"), .accepted(old: nil, new: nil)))
                == ["step 500  earlyStopping: pause"])
    }

    @Test func `a loss that is not finite is said`() {
        #expect(
            lines(.notFinite(loss: .nan, gradientNorm: .infinity))
                == ["step 500  loss NaN, gradient norm Inf: not finite, the update was skipped"])
    }
}
