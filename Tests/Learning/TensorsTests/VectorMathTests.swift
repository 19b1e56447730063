import Foundation
import Tensors
import Testing

@Suite("Vector functions against Foundation's in double precision")
struct VectorMathTests {
    /// Numbers of all magnitudes of both signs up to a limit, and a dense sweep.
    private static func arguments(upTo limit: Float) -> [Float] {
        var values: [Float] = [0, -0.0]
        for step in 0..<200_000 { values.append((Float(step) / 100_000 - 1) * limit) }
        var magnitude: Float = 1e-30
        while magnitude < limit {
            values += [magnitude, -magnitude]
            magnitude *= 1.01
        }
        return values
    }

    /// The largest error in units of the last place of the true value.
    private static func largestError(
        upTo limit: Float, _ function: (FloatVector) -> FloatVector, _ truth: (Double) -> Double
    ) -> Double {
        let values = arguments(upTo: limit)
        var worst = 0.0
        for start in stride(from: 0, to: values.count, by: 16) {
            var vector = FloatVector()
            for lane in 0..<min(16, values.count - start) { vector[lane] = values[start + lane] }
            let result = function(vector)
            for lane in 0..<min(16, values.count - start) {
                let wanted = truth(Double(vector[lane]))
                let unit = Double(max(Float(wanted).ulp, Float.leastNormalMagnitude.ulp))
                worst = max(worst, abs(Double(result[lane]) - wanted) / unit)
            }
        }
        return worst
    }

    @Test
    func `exp within 2 ulp`() {
        #expect(Self.largestError(upTo: 86.9, VectorMath.exp, exp) < 2)
    }

    @Test
    func `exp at the ends: 0 below, infinity above`() {
        var x = FloatVector()
        x[0] = -1_000
        x[1] = -.infinity
        x[2] = 1_000
        x[3] = .infinity
        x[4] = 88.7
        let y = VectorMath.exp(x)
        #expect(y[0] == 0 && y[1] == 0)
        #expect(y[2] == .infinity && y[3] == .infinity)
        #expect(abs(Double(y[4]) / exp(Double(x[4])) - 1) < 1e-6)
    }

    @Test
    func `tanh within 6 ulp`() {
        #expect(Self.largestError(upTo: 12, VectorMath.tanh, tanh) < 6)
    }

    @Test
    func `sigmoid within 4 ulp`() {
        #expect(Self.largestError(upTo: 80, VectorMath.sigmoid) { 1 / (1 + exp(-$0)) } < 4)
    }

    @Test
    func `erf within 10 ulp`() {
        #expect(Self.largestError(upTo: 6, VectorMath.erf, erf) < 10)
    }

    @Test
    func `bounded functions stay in their bounds`() {
        for x: Float in [-1e30, -9, -7.91, 7.9, 9, 1e30] {
            #expect(abs(VectorMath.tanh(FloatVector(repeating: x))[0]) <= 1)
            #expect(abs(VectorMath.erf(FloatVector(repeating: x))[0]) <= 1)
            #expect((0...1).contains(VectorMath.sigmoid(FloatVector(repeating: x))[0]))
        }
    }

    @Test
    func `NaN in, NaN out`() {
        let x = FloatVector(repeating: .nan)
        for y in [VectorMath.exp(x), VectorMath.tanh(x), VectorMath.sigmoid(x), VectorMath.erf(x)] {
            #expect(y[0].isNaN && y[15].isNaN)
        }
    }
}
