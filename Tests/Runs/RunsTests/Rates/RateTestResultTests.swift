import Runs
import Testing

@Suite struct RateTestResultTests {
    private static func result(peak: Double = 0.1, descends: Bool = true) -> RateTestResult {
        var result = RateTestResult(position: Position(step: 0), peak: peak)
        for place in 0..<60 {
            let rate = 1e-4 * Double(1 << (place / 4))
            let loss = descends ? 2 / (1 + rate * 100) + rate * rate / 100 : 2
            result.curve.append(rate: rate, loss: loss)
        }
        return result
    }

    @Test func `what was tried comes first, and the lowest loss of it`() {
        var result = Self.result()
        #expect(result.suggested?.way == .balanced)
        for (rate, loss) in [(0.01, 1.5), (0.034, 0.4), (0.1, 0.8), (0.3, .infinity)] {
            result.append(.init(rate: rate, loss: loss, steps: 20))
        }
        #expect(result.suggested?.rate == 0.034)
        #expect(result.suggestions.map(\.way) == [.tried, .valley, .steepest, .minimumOverTen])
    }

    @Test func `a curve without descent suggests what trials learned, or nothing`() {
        var result = Self.result(descends: false)
        #expect(result.suggestions.isEmpty && result.concern == .neverDescends)
        result.append(.init(rate: 0.01, loss: 1.999, steps: 20))
        #expect(result.suggestions.isEmpty)
        result.append(.init(rate: 0.02, loss: 1.5, steps: 20))
        #expect(result.suggestions.map(\.rate) == [0.02] && result.concern == nil)
    }

    @Test func `a rate is taken by scaling what is to come, and by holding it where nothing is`() {
        #expect(Self.result(peak: 0.1).command(taking: 0.02) == .scaleLearningRate(0.02 / 0.1))
        #expect(Self.result(peak: 0.1).command(taking: 0.1) == nil)
        #expect(Self.result(peak: 0).command(taking: 0.02) == .setLearningRate(0.02))
    }

    @Test(arguments: [(1e-3, 1.0, false), (1e-3, 5e-3, true), (1.0, 1e-3, true)])
    func `a ramp goes up`(from: Double, to: Double, isRefused: Bool) {
        #expect((RateTest(from: from, to: to).problem != nil) == isRefused)
    }
}
