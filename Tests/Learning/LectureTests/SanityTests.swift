import Foundation
import Plans
import RunStore
import Runs
import Testing
import Training

@Suite("Sanity checks, capacity and regularization")
struct SanityTests {
    @Test
    func `the first loss is ln C, and C - 1 with the hinge loss`() throws {
        #expect(abs(try Lecture("first-loss", "data.digits=200", "epochs=1").firstLoss - log(10)) < 0.01)
        #expect(abs(try Lecture("first-loss-hinge", "data.digits=200", "epochs=1").firstLoss - 9) < 0.05)
    }

    @Test
    func `regularization raises it`() throws {
        let with = try Lecture("regularization-raises-loss", "data.digits=200", "epochs=1")
        let without = try Lecture(
            "regularization-raises-loss", "data.digits=200", "epochs=1", "optimizer.sgd.weightDecay=0")
        #expect(with.firstLoss == without.firstLoss)
        #expect(with.steps[0].penalty > 0.5)
        #expect(without.steps[0].penalty == 0)
    }

    @Test
    func `a few mini-batches are learned by heart`() throws {
        let lecture = try Lecture("overfit-few")
        #expect(lecture.lastAccuracy == 1)
        #expect(lecture.lastLoss < 0.01)
    }

    @Test
    func `shortcuts let a deep net learn what a plain one of the same depth does not`() throws {
        let plain = try Lecture("plain-deep", "data.digits=1500", "epochs=3")
        let residual = try Lecture("residual-deep", "data.digits=1500", "epochs=3")
        #expect(residual.lastLoss < plain.lastLoss - 0.3)
        #expect(residual.lastAccuracy > plain.lastAccuracy + 0.1)
    }

    @Test
    func `dropout and weight decay narrow the gap between training and validation`() throws {
        let plain = try Lecture("overfitting", "epochs=20")
        let dropout = try Lecture("dropout", "epochs=20")
        let decay = try Lecture("weight-decay", "epochs=20")
        #expect(plain.lastAccuracy > 0.99)
        #expect(plain.gap > 0.3)
        #expect(dropout.gap < 0.8 * plain.gap)
        #expect(decay.gap < 0.8 * plain.gap)
    }

    @Test
    func `no gap and a bad result ask for more capacity`() throws {
        let lecture = try Lecture("underfitting")
        #expect(lecture.lastAccuracy < 0.7)
        #expect(abs(lecture.gap) < 0.2)
    }

    /// 1/6 is the variance of the sum of two numbers between 0 and 1, the loss of who always says their mean.
    @Test(arguments: [1, 2, 3])
    func `an LSTM remembers what a plain recurrent layer has forgotten`(seed: Int) throws {
        let plain = try Lecture("memory-rnn", "seed=\(seed)")
        let gated = try Lecture("memory-lstm", "seed=\(seed)")
        #expect(plain.lastLoss > 0.08)
        #expect(gated.lastLoss < 0.01)
    }

    @Test
    func `maps shrink without padding`() throws {
        let material = try RunMaterial(plan: Lecture.plan("shrinking-maps", ["data.digits=100"]))
        defer { material.pool.close() }
        let sides = material.description.layers.dropLast().map(\.outputShape[1])
        #expect(sides == [24, 20, 16, 12, 8, 4])
    }

    @Test(arguments: Lecture.names)
    func `every example is read, and says what to look for and where`(_ name: String) throws {
        let plan = try Lecture.plan(name)
        #expect(plan.name == name)
        let text = try String(contentsOfFile: "\(Lecture.folder)/\(name).json5", encoding: .utf8)
        #expect(text.hasPrefix("// "))
        #expect(text.contains("// Screen \(plan.screen == "layers" ? 2 : 1)"))
    }

    /// What the examples are drawn beside is what the examples of that name do now; kernels differ in the last bits, which each
    /// update of a deep plain net makes more of.
    @Test(arguments: Lecture.names)
    func `what an example is compared with is recorded from today's example`(_ name: String) throws {
        for path in try Lecture.plan(name).compare {
            let recorded = try RecordedRun.read(path)
            let lecture = try Lecture(recorded.name, "epochs=1")
            let description = try Lecture.description(recorded.name)
            for step in lecture.steps.prefix(3) {
                let then = try #require(recorded.history.series.values(at: Double(step.step)))
                let tolerance = step.step < 2 ? 1e-3 : 0.1
                #expect(abs(then[.loss] - step.loss) <= tolerance * abs(step.loss), "\(path), step \(step.step)")
            }
            let last = try #require(recorded.history.series.stepRange?.upperBound)
            for step in 0...last {
                let then = try #require(recorded.history.series.values(at: Double(step)))[.learningRate]
                let rate = description.schedule.rate(at: step)
                #expect(abs(then - rate) <= 1e-9 * rate, "\(path), step \(step)")
            }
            // A loss that is no number ends a run.
            let isCutOff = recorded.history.series.values(at: Double(last))?[.loss].isFinite == false
            #expect(isCutOff || last == description.lengths.totalSteps - 1)
        }
    }
}
