import Foundation
import Runs
import Testing

/// Suggestions on curves whose shape is a formula, so that where they belong is known.
@Suite struct RateCurveTests {
    /// Points at rates of so many a decade.
    private static func curve(
        _ rates: ClosedRange<Double> = 1e-6...10, perDecade: Int = 20, loss: (Double) -> Double
    ) -> RateCurve {
        var curve = RateCurve()
        let count = Int((log10(rates.upperBound / rates.lowerBound) * Double(perDecade)).rounded())
        for place in 0...count {
            let rate = rates.lowerBound * pow(10, Double(place) / Double(perDecade))
            curve.append(rate: rate, loss: loss(rate))
            if curve.isHopeless { break }
        }
        return curve
    }

    /// Flat, falls around `middle` as a logistic function of log10 of the rate, blows up as its square beyond `edge`.
    private static func usual(middle: Double, edge: Double) -> RateCurve {
        curve { rate in
            0.3 + 2 / (1 + pow(rate / middle, 1.5)) + pow(rate / edge, 2)
        }
    }

    /// How far the average lags behind, in decades, at 20 points a decade and an average over 5.
    private static let lag = 0.3

    @Test(arguments: [(1e-3, 1.0), (1e-4, 0.03), (0.01, 3)])
    func `steepest is where the formula falls fastest, but for the average's lag`(middle: Double, edge: Double) throws {
        let steepest = try #require(Self.usual(middle: middle, edge: edge).steepest)
        #expect((-0.1...Self.lag).contains(log10(steepest / middle)), "\(steepest)")
    }

    @Test(arguments: [(1e-3, 1.0), (1e-4, 0.03), (0.01, 3)])
    func `the suggestions stand in their order between descent and blow-up`(middle: Double, edge: Double) throws {
        let curve = Self.usual(middle: middle, edge: edge)
        let (valley, blowUp) = (try #require(curve.valley), try #require(curve.blowUp))
        let lowest = try #require(curve.lowestRate)
        #expect(curve.minimumOverTen == lowest / 10)
        #expect(valley < lowest && lowest < blowUp && blowUp < 3 * edge)
        #expect(curve.concern == nil)
    }

    @Test func `a line that falls all the way has its valley half way along`() throws {
        let curve = Self.curve(1e-4...1) { 5 + log10(1 / $0) }
        let valley = try #require(curve.valley)
        // A tenth is left out at the lower end.
        #expect(abs(log10(valley) - (-3.6 / 2)) < 0.2, "\(valley)")
        #expect(curve.concern == .neverBlowsUp)
    }

    @Test func `a ramp ends above four times the lowest loss`() throws {
        let curve = Self.curve { rate in 1 / (1 + rate * 1000) + pow(rate, 2) }
        let lowest = try #require(curve.smoothed.map(\.loss).min())
        let last = try #require(curve.smoothed.last?.loss)
        #expect(curve.isHopeless && last > 4 * lowest)
    }

    @Test(arguments: [Double.nan, .infinity])
    func `a ramp ends at a loss that is no number`(loss: Double) {
        var curve = Self.usual(middle: 1e-3, edge: 1e9)
        #expect(!curve.isHopeless)
        curve.append(rate: 20, loss: loss)
        #expect(curve.isHopeless && curve.smoothed.allSatisfy { $0.loss.isFinite })
    }

    @Test(arguments: [30, 70, 100]) func `single spikes and points that are no numbers change nothing`(place: Int)
        throws
    {
        let plain = Self.usual(middle: 1e-3, edge: 1)
        for odd in [50, 1e6, Double.nan, .infinity] {
            var spiked = RateCurve()
            for (index, point) in plain.points.enumerated() {
                spiked.append(rate: point.rate, loss: index == place ? odd : point.loss)
            }
            let (one, other) = (try #require(plain.valley), try #require(spiked.valley))
            #expect(abs(log10(one / other)) < 0.11 && spiked.smoothed.count == plain.smoothed.count - 1)
        }
    }

    @Test func `a loss that stays where it was never descends and suggests nothing`() {
        var generator = SystemRandomNumberGenerator()
        let flat = Self.curve(1e-6...10) { _ in 2.3 + Double.random(in: -0.001...0.001, using: &generator) }
        #expect(flat.concern == .neverDescends)
        let rising = Self.curve(1e-6...10) { 2.3 + $0 }
        #expect(rising.concern == .neverDescends && rising.steepest == nil && rising.lowestRate == nil)
    }

    @Test func `nothing is suggested of few points or none`() {
        #expect(RateCurve().valley == nil && RateCurve().first == nil && !RateCurve().isHopeless)
        var two = RateCurve()
        for rate in [1e-3, 1e-2] { two.append(rate: rate, loss: rate) }
        #expect(two.steepest == nil && two.minimumOverTen == nil)
    }

    @Test func `the average is debiased: it begins with the first loss`() throws {
        var curve = RateCurve(smoothing: 0.9)
        for (rate, loss) in [(1.0, 4.0), (2, 2)] { curve.append(rate: rate, loss: loss) }
        let smoothed = curve.smoothed
        // (0.9 x 0.1 x 4 + 0.1 x 2) / (1 - 0.9^2)
        #expect(smoothed[0].loss == 4 && abs(smoothed[1].loss - 0.56 / 0.19) < 1e-12)
    }
}
