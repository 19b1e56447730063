import Charts
import Foundation
import TestSupport
import Testing

@Suite("Robust range")
struct RobustRangeTests {
    @Test
    func `a spike far above everything else does not own the axis`() {
        let values = (0..<100).map { 1 + Double($0 % 7) / 10 }
        for kind in AxisScale.Kind.allForTests {
            #expect(RobustRange.of(values + [1e8], kind: kind) == 1...1.6)
            #expect(RobustRange.of(values + [1e8, 1e7], kind: kind) == 1...1.6)
        }
        #expect(RobustRange.of(values + [1e-12], kind: .logarithmic) == 1...1.6)
        #expect(RobustRange.of(values + [-1e8], kind: .linear)?.upperBound == 1.6)
    }

    @Test
    func `ruined steps after a NaN leave the others their axis, up to a fifth of all`() {
        let sound = (0..<90).map { 0.1 + Double($0 % 9) / 5 }
        let ruined = (0..<20).map { pow(10, 12 + 7 * Double($0) / 19) }
        let range = RobustRange.of(sound + ruined, kind: .logarithmic)
        #expect(range == 0.1...1.7000000000000002)
        // Where they are a half they are what there is: nothing of them or of the others is lost.
        let half = RobustRange.of(sound.prefix(20) + ruined, kind: .logarithmic)
        #expect(half?.lowerBound == 0.1 && abs((half?.upperBound ?? 0) / 1e19 - 1) < 1e-9)
    }

    @Test
    func `a rate of a million for some steps leaves the plan its axis`() {
        let rates = (0..<200).map { (80..<95).contains($0) ? 1e6 : 0.05 * Double(200 - $0) / 200 }
        let scale = AxisScale.robust(rates, kind: .linear, includingZero: true)
        #expect(scale.low == 0 && scale.high <= 0.06)
        // While it is the rate of now it is shown.
        #expect(AxisScale.robust(rates, kind: .linear, showing: [1e6], includingZero: true).high >= 1e6)
    }

    @Test
    func `what falls over many values is no outlier`() {
        let falling = (0..<200).map { pow(10, -6 * Double($0) / 199) }
        #expect(RobustRange.of(falling, kind: .logarithmic) == falling[199]...1)
        #expect(RobustRange.of(falling, kind: .linear)?.upperBound == 1)
        let few = [1, 1, 1, 1, 1, 1e9]
        #expect(RobustRange.of(few, kind: .logarithmic) == 1...1e9)
        let sparse = Array(repeating: 0.0, count: 100) + [0.3]
        #expect(RobustRange.of(sparse, kind: .linear) == 0...0.3)
    }

    @Test
    func `what has no place counts for nothing`() {
        #expect(RobustRange.of([.nan, .infinity], kind: .linear) == nil)
        #expect(RobustRange.of([0, -1], kind: .logarithmic) == nil)
        #expect(RobustRange.of([0, -1, 2, .nan], kind: .logarithmic) == 2...2)
        #expect(RobustRange.of([], kind: .linear, showing: [1, .nan]) == 1...1)
    }

    @Test(arguments: 1...30 as ClosedRange<UInt64>)
    func `about a fifth at most is left out on a side, and only what lies far`(seed: UInt64) throws {
        var random = SplitMix64(seed: seed)
        for kind in AxisScale.Kind.allForTests {
            let count = Int.random(in: 1...400, using: &random)
            let spread = Double.random(in: 0...15, using: &random)
            let values = (0..<count).map { _ in
                let power = Double.random(in: -spread...spread, using: &random)
                return pow(10, Int.random(in: 0..<20, using: &random) == 0 ? power * 2 : power)
            }
            let range = try #require(RobustRange.of(values, kind: kind))
            let (above, below) = (values.filter { $0 > range.upperBound }, values.filter { $0 < range.lowerBound })
            #expect(max(above.count, below.count) <= count / 4 + 2)
            let factor = kind == .logarithmic ? 1e4 : 20
            #expect(above.allSatisfy { $0 > range.upperBound * (1 + 1e-9) } && values.contains(range.upperBound))
            if let least = above.min() {
                // Nothing near the rest is left out: what stays reaches up to the limit or far below it.
                let stays = values.filter { $0 <= range.upperBound }.sorted()
                #expect(least > stays[max(0, stays.count * 3 / 4 - 1)] * factor * (1 - 1e-9))
            }
        }
    }
}
