import Runs
import Searching
import TestSupport
import Testing

@Suite("A loss that runs away")
struct RunawayWatchTests {
    private func strike(_ losses: [Double], chance: Double?) -> Int? {
        var watch = RunawayWatch(chance: chance)
        for (step, loss) in losses.enumerated() {
            watch.take(
                StepReport(
                    step: step, epoch: 0, loss: loss, accuracy: .nan, learningRate: 0.1, gradientNorm: 1,
                    elapsedSeconds: 0))
        }
        return watch.step
    }

    @Test func `a loss that falls, or is noisy within twice its beginning, never does`() {
        var random = SplitMix64(seed: 2)
        for _ in 0..<50 {
            let losses = (0..<300).map { step in
                2.3 * Double.random(in: 0.5...2, using: &random) / (1 + Double(step) / 50)
            }
            #expect(strike(losses, chance: 2.3) == nil && strike(losses, chance: nil) == nil)
        }
    }

    @Test func `a lucky first batch is measured against guessing`() {
        #expect(strike([0.1] + Array(repeating: 2.3, count: 100), chance: 2.3) == nil)
    }

    @Test func `a loss that doubles is found within some steps, and one that jumps and stays too`() {
        let doubling = (0..<40).map { 2.3 * Double(1 << min($0, 30)) }
        #expect((strike(doubling, chance: 2.3) ?? .max) < 12)
        #expect((strike([1, 1, 1] + Array(repeating: 10, count: 60), chance: nil) ?? .max) < 20)
    }
}
