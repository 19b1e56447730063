import Tensors

/// Sums over the values of some units.
struct OutputTally: BitwiseCopyable {
    var sum = 0.0
    var squares = 0.0
    /// Of what is no NaN.
    var minimum = Float.infinity
    var maximum = -Float.infinity
    var zeros = 0
    var saturated = 0
    /// Units that were never above 0.
    var silent = 0

    init() {}

    init(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, _ range: Range<Int>, unsaturated: ClosedRange<Float>?
    ) {
        let (low, high) = (unsaturated?.lowerBound ?? -.infinity, unsaturated?.upperBound ?? .infinity)
        var lanes = Lanes()
        if grid.places == 1 {
            for column in stride(from: range.lowerBound, to: range.upperBound, by: 16) {
                let count = min(16, range.upperBound - column)
                lanes.unitMaximum = FloatVector(repeating: -.infinity)
                for row in 0..<grid.batch {
                    lanes.add(values.lanes(at: row * grid.features + column, count: count), count, low, high)
                }
                for lane in 0..<count where lanes.unitMaximum[lane] <= 0 { silent += 1 }
            }
        } else {
            for feature in range {
                lanes.unitMaximum = FloatVector(repeating: -.infinity)
                for example in 0..<grid.batch {
                    var index = (example * grid.features + feature) * grid.places
                    let end = index + grid.places
                    while index + 16 <= end {
                        lanes.add(values.vector(at: index), 16, low, high)
                        index += 16
                    }
                    if index < end {
                        lanes.add(values.partialVector(at: index, count: end - index), end - index, low, high)
                    }
                }
                if lanes.unitMaximum.max() <= 0 { silent += 1 }
            }
        }
        sum = lanes.sum.sum()
        squares = lanes.squares.sum()
        minimum = lanes.minimum.min()
        maximum = lanes.maximum.max()
        zeros = Int(lanes.zeros.wrappedSum())
        saturated = Int(lanes.saturated.wrappedSum())
    }

    mutating func add(_ other: OutputTally) {
        sum += other.sum
        squares += other.squares
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        zeros += other.zeros
        saturated += other.saturated
        silent += other.silent
    }

    /// The smallest and largest finite value; 0 and 0 without any.
    func finiteRange(_ values: UnsafePointer<Float>, _ count: Int) -> (Float, Float) {
        if minimum.isFinite, maximum.isFinite { return (minimum, maximum) }
        var (low, high) = (Float.infinity, -Float.infinity)
        for index in 0..<count where values[index].isFinite {
            low = min(low, values[index])
            high = max(high, values[index])
        }
        return low <= high ? (low, high) : (0, 0)
    }

    private struct Lanes {
        var sum = SIMD16<Double>()
        var squares = SIMD16<Double>()
        var minimum = FloatVector(repeating: .infinity)
        var maximum = FloatVector(repeating: -.infinity)
        var unitMaximum = FloatVector(repeating: -.infinity)
        var zeros = SIMD16<Int32>()
        var saturated = SIMD16<Int32>()

        private static let order = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

        /// Adds the first `count` lanes; the others hold 0.
        @inline(__always)
        mutating func add(_ values: FloatVector, _ count: Int, _ low: Float, _ high: Float) {
            let doubles = SIMD16<Double>(values)
            sum += doubles
            squares += doubles * doubles
            let one = SIMD16<Int32>(repeating: 1)
            if count == 16 {
                minimum = minimum.replacing(with: values, where: values .< minimum)
                maximum = maximum.replacing(with: values, where: values .> maximum)
                unitMaximum = unitMaximum.replacing(with: values, where: values .> unitMaximum)
                zeros &+= SIMD16<Int32>().replacing(with: one, where: values .== 0)
                saturated &+= SIMD16<Int32>().replacing(with: one, where: (values .< low) .| (values .> high))
            } else {
                let counts = Self.order .< Int32(truncatingIfNeeded: count)
                minimum = minimum.replacing(with: values, where: (values .< minimum) .& counts)
                maximum = maximum.replacing(with: values, where: (values .> maximum) .& counts)
                unitMaximum = unitMaximum.replacing(with: values, where: (values .> unitMaximum) .& counts)
                zeros &+= SIMD16<Int32>().replacing(with: one, where: (values .== 0) .& counts)
                saturated &+= SIMD16<Int32>().replacing(
                    with: one, where: ((values .< low) .| (values .> high)) .& counts)
            }
        }
    }
}
