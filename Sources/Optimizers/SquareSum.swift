/// A sum of squares in double precision: a gradient of 1e-25 does not vanish, one of 1e25 is not infinite.
struct SquareSum {
    private var low = SIMD8<Double>()
    private var high = SIMD8<Double>()

    @inline(__always)
    mutating func add(_ values: Lanes) {
        let (first, second) = (SIMD8<Double>(values.lowHalf), SIMD8<Double>(values.highHalf))
        low += first * first
        high += second * second
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
