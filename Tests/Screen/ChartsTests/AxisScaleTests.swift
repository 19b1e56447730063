import Charts
import Foundation
import Testing

@Suite("Axis scale")
struct AxisScaleTests {
    @Test
    func `a linear scale is 0 at its low end, 1 at its high end and not clamped`() {
        let scale = AxisScale(kind: .linear, low: -10, high: 30)
        #expect(scale.fraction(-10) == 0)
        #expect(scale.fraction(30) == 1)
        #expect(scale.fraction(0) == 0.25)
        #expect(scale.fraction(70) == 2)
    }

    @Test
    func `a logarithmic scale has equal steps for equal ratios`() throws {
        let scale = AxisScale(kind: .logarithmic, low: 0.01, high: 100)
        #expect(abs(try #require(scale.fraction(0.1)) - 0.25) < 1e-12)
        #expect(abs(try #require(scale.fraction(1)) - 0.5) < 1e-12)
        #expect(abs(try #require(scale.fraction(1000)) - 1.25) < 1e-12)
    }

    @Test
    func `what has no place has no fraction`() {
        let scale = AxisScale(kind: .logarithmic, low: 0.1, high: 1)
        #expect(scale.fraction(.nan) == nil)
        #expect(scale.fraction(0) == nil)
        #expect(scale.fraction(-1) == nil)
        #expect(AxisScale(kind: .linear, low: 0, high: 1).fraction(.nan) == nil)
    }

    @Test(
        arguments: [
            AxisScale(kind: .linear, low: 1, high: 1), AxisScale(kind: .linear, low: .nan, high: 1),
            AxisScale(kind: .linear, low: 0, high: .infinity), AxisScale(kind: .logarithmic, low: 0, high: 1),
            AxisScale(kind: .logarithmic, low: -1, high: 1),
        ])
    func `a scale without two finite ends has no fractions`(_ scale: AxisScale) {
        #expect(!scale.isUsable)
        #expect(scale.fraction(0.5) == nil)
    }

    @Test(arguments: AxisScale.Kind.allForTests)
    func `the value at a fraction is the inverse`(_ kind: AxisScale.Kind) throws {
        let scale = AxisScale(kind: kind, low: 0.2, high: 70)
        for value in [0.2, 1, 33, 70] {
            #expect(abs(scale.value(at: try #require(scale.fraction(value))) / value - 1) < 1e-12)
        }
    }

    @Test(
        arguments: [
            (0.0...0.0775, AxisScale.Kind.linear, 0.0, 0.08), (42...98.5, .linear, 40, 100), (0...1, .linear, 0, 1),
            (-3.2...7.1, .linear, -5, 10), (0.3...0.9, .linear, 0.2, 1), (0...3750, .linear, 0, 4000),
            (0.024...6.2, .logarithmic, 0.02, 7), (0.1...10, .logarithmic, 0.1, 10),
            (3e-5...0.8, .logarithmic, 3e-5, 1), (1...8, .logarithmic, 1, 10),
        ])
    func `fitting ends are round and outside`(
        _ values: ClosedRange<Double>, _ kind: AxisScale.Kind, _ low: Double, _ high: Double
    ) {
        let scale = AxisScale.fitting(values, kind: kind)
        #expect(scale.low == low)
        #expect(scale.high == high)
    }

    @Test
    func `zero can be asked for`() {
        let scale = AxisScale.fitting(6...8, kind: .linear, includingZero: true)
        #expect(scale.low == 0 && scale.high == 8)
    }

    @Test
    func `nothing to show gives the usual range`() {
        #expect(AxisScale.fitting(nil, kind: .linear) == AxisScale(kind: .linear, low: 0, high: 1))
        #expect(AxisScale.fitting(nil, kind: .logarithmic) == AxisScale(kind: .logarithmic, low: 0.1, high: 10))
    }

    @Test(
        arguments: [
            0...0, 2.3...2.3, -4...(-4), 1e-30...1e-30, 1e30...1e30, 1...1e30,
            (.leastNonzeroMagnitude)...(.leastNormalMagnitude / 2), -1e308...1e308,
            0...(.infinity), -(.infinity)...(.infinity), 1...1.0000000001, 0...(.leastNonzeroMagnitude), -5...0,
            0...1e-30,
            1.7e308...1.7e308, 123_456_789...123_456_790,
        ] as [ClosedRange<Double>], AxisScale.Kind.allForTests)
    func `no values make a scale useless`(_ values: ClosedRange<Double>, _ kind: AxisScale.Kind) throws {
        let scale = AxisScale.fitting(values, kind: kind)
        #expect(scale.isUsable)
        #expect(scale.low < scale.high)
        let middle = scale.value(at: 0.5)
        #expect(middle > scale.low && middle < scale.high)
        #expect(Ticks.values(scale: scale, maximumCount: 5).count <= 5)
        if values.upperBound < 1e300, values.lowerBound > (kind == .linear ? -1e300 : 1e-290) {
            #expect(try #require(scale.fraction(values.lowerBound)) >= -1e-9)
            #expect(try #require(scale.fraction(values.upperBound)) <= 1 + 1e-9)
        }
    }

    @Test
    func `a logarithmic axis that begins at 0 has a place for 0 and keeps ratios far from it`() {
        let scale = AxisScale(kind: .logarithmicFromZero, low: 0, high: 999)
        #expect(scale.fraction(0) == 0)
        #expect(abs((scale.fraction(9) ?? 0) - 1 / 3.0) < 1e-12)
        #expect(abs((scale.fraction(99) ?? 0) - 2 / 3.0) < 1e-12)
        #expect(scale.fraction(-1) == nil)
        for value in [0, 1, 17, 998.5] { #expect(abs(scale.value(at: scale.fraction(value)!) - value) < 1e-9) }
        let ticks = Ticks.values(scale: scale, maximumCount: 4).map(\.label)
        #expect(ticks == ["1", "10", "100"])
    }

    @Test
    func `between knots places are straight, beyond them as between the two nearest`() {
        let knots = [(0.0, 0.0), (100, 10), (200, 50)].map { AxisScale.Knot(value: $0.0, place: $0.1) }
        let scale = AxisScale(knots: knots, low: 0, high: 200)
        #expect(scale.fraction(50) == 0.1)
        #expect(scale.fraction(150) == 0.6)
        #expect(scale.fraction(250) == 1.4)
        for value in [-10, 3, 100, 177, 260.0] { #expect(abs(scale.value(at: scale.fraction(value)!) - value) < 1e-9) }
        #expect(AxisScale(knots: [], low: 0, high: 10).fraction(5) == 0.5)
    }
}

extension AxisScale.Kind {
    static let allForTests: [AxisScale.Kind] = [.linear, .logarithmic]
}
