/// A sum of squares in double precision: a gradient of 1e-25 does not vanish, one of 1e25 is not infinite.
struct SquareSum {
    private var low = SIMD8<Double>()
    private var high = SIMD8<Double>()

    @inline(__always)
    mutating func add(_ values: Lanes) {
        let (first, second) = (Self.doubles(values.lowHalf), Self.doubles(values.highHalf))
        low += first * first
        high += second * second
    }

    /// The standard library's own conversion is a call that spills all registers.
    @inline(__always)
    private static func doubles(_ values: SIMD8<Float>) -> SIMD8<Double> {
        var doubles = SIMD8<Double>()
        for lane in 0..<8 { doubles[lane] = Double(values[lane]) }
        return doubles
    }

    /// Over a range that begins on a register's boundary and may end before a gap, which holds zeros.
    static func of(_ values: UnsafePointer<Float>, _ range: Range<Int>) -> Double {
        var sum = SquareSum()
        for position in stride(from: range.lowerBound, to: range.upperBound, by: Lanes.scalarCount) {
            sum.add(.load(values, position))
        }
        return sum.total
    }

    var total: Double { (low + high).sum() }
}
