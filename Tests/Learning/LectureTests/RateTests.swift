import Foundation
import Testing

@Suite("The rate, momentum and schedules")
struct RateTests {
    private func rate(_ name: String, _ more: String = "epochs=2") throws -> Lecture {
        try Lecture(name, "data.digits=2000", more)
    }

    @Test
    func `too high: above three times the first loss; too low: hardly any change`() throws {
        let (high, low) = (try rate("rate-too-high"), try rate("rate-too-low"))
        #expect(high.steps.contains { !($0.loss <= 3 * high.firstLoss) })
        #expect(!(high.lastLoss < high.firstLoss))
        #expect(abs(low.lastLoss / low.firstLoss - 1) < 0.1)
        #expect(low.last[0].updateRatio < 1e-4)
    }

    @Test
    func `good: the loss falls far, and updates come down to about a thousandth of the weights`() throws {
        let good = try Lecture("rate-good")
        #expect(good.lastLoss < 0.1 * good.firstLoss)
        for layer in good.last { #expect(layer.updateRatio > 3e-4 && layer.updateRatio < 3e-3) }
    }

    @Test
    func `momentum gets further in the same time`() throws {
        #expect(try rate("momentum").lastLoss < rate("no-momentum").lastLoss - 0.3)
    }

    @Test
    func `a decay too early gains nothing`() throws {
        let early = try rate("step-decay-early", "epochs=12")
        let late = try rate("step-decay", "epochs=12")
        #expect(late.lastLoss < 0.8 * early.lastLoss)
    }

    @Test
    func `batch norm stands a rate that breaks the same net without it`() throws {
        let (with, without) = (try rate("batch-norm-high-rate"), try rate("no-norm-high-rate"))
        #expect(with.lastLoss < 1)
        #expect(!(without.lastLoss < 2))
    }

    @Test
    func `inputs as they come saturate the first layer and slow the training`() throws {
        let (raw, standardized) = (try Lecture("raw-inputs"), try Lecture("standardized-inputs"))
        #expect(raw.first[0].saturated > 0.7)
        #expect(standardized.first[0].saturated < 0.2)
        #expect(standardized.lastLoss < 0.5 * raw.lastLoss)
    }
}
