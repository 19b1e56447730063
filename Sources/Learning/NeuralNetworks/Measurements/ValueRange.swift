import Tensors

/// The smallest and the largest of some numbers, and whether all of them are finite.
struct ValueRange: BitwiseCopyable {
    /// Of what is no NaN; infinity without any.
    var minimum = Float.infinity
    var maximum = -Float.infinity
    var hasNaN = false

    init() {}

    init(_ lanes: Lanes) {
        minimum = lanes.minimum.min()
        maximum = lanes.maximum.max()
        hasNaN = lanes.nans.wrappedSum() != 0
    }

    init(_ values: UnsafePointer<Float>, _ range: Range<Int>) {
        var lanes = Lanes()
        lanes.add(values, range)
        self.init(lanes)
    }

    mutating func add(_ other: ValueRange) {
        minimum = min(minimum, other.minimum)
        maximum = max(maximum, other.maximum)
        hasNaN = hasNaN || other.hasNaN
    }

    var isFinite: Bool { minimum.isFinite && maximum.isFinite && !hasNaN }

    /// The smallest and largest finite one of the numbers that this is the range of; 0 and 0 without any.
    func finite(_ values: UnsafePointer<Float>, _ count: Int) -> (low: Float, high: Float) {
        if minimum.isFinite, maximum.isFinite { return (minimum, maximum) }
        var (low, high) = (Float.infinity, -Float.infinity)
        for index in 0..<count where values[index].isFinite {
            low = min(low, values[index])
            high = max(high, values[index])
        }
        return low <= high ? (low, high) : (0, 0)
    }

    struct Lanes {
        fileprivate var minimum = FloatVector(repeating: .infinity)
        fileprivate var maximum = FloatVector(repeating: -.infinity)
        fileprivate var nans = SIMD16<Int32>()

        @inline(__always)
        mutating func add(_ values: FloatVector) {
            minimum.replace(with: values, where: values .< minimum)
            maximum.replace(with: values, where: values .> maximum)
            nans.replace(with: 1, where: values .!= values)
        }

        @inline(__always)
        mutating func add(_ values: UnsafePointer<Float>, _ range: Range<Int>) {
            var index = range.lowerBound
            while index + 16 <= range.upperBound {
                add(values.vector(at: index))
                index += 16
            }
            let rest = range.upperBound - index
            // A value too many times changes no bound.
            if rest > 0 { add(values.partialVector(at: index, count: rest, filling: values[index])) }
        }
    }
}
