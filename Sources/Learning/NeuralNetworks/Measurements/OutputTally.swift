import Tensors

/// Sums over the values of some units.
struct OutputTally: BitwiseCopyable {
    var sum = 0.0
    var squares = 0.0
    var range = ValueRange()
    var zeros = 0
    var saturated = 0
    /// Units that were never above 0.
    var silent = 0

    init() {}

    /// - Parameters:
    ///   - examples: Which ones; all of them where `silent` is to be right.
    ///   - unitMaxima: Room for one number a unit, used where `places` is 1; nil where silence does not matter.
    init(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, examples: Range<Int>, _ units: Range<Int>,
        unsaturated: ClosedRange<Float>?, unitMaxima: UnsafeMutablePointer<Float>?
    ) {
        let (low, high) = (unsaturated?.lowerBound ?? -.infinity, unsaturated?.upperBound ?? .infinity)
        var lanes = Lanes(low: low, high: high)
        if grid.places == 1 {
            if let unitMaxima {
                for unit in units { unitMaxima[unit] = -.infinity }
                Self.addRows(values, grid, examples, units, to: &lanes) { index, column, count in
                    let maxima = UnsafePointer(unitMaxima).lanes(at: column, count: count)
                    let row = values.lanes(at: index, count: count)
                    unitMaxima.setLanes(maxima.replacing(with: row, where: row .> maxima), at: column, count: count)
                }
                for unit in units where unitMaxima[unit] <= 0 { silent += 1 }
            } else {
                Self.addRows(values, grid, examples, units, to: &lanes) { _, _, _ in }
            }
        } else {
            for unit in units {
                var unitMaximum = FloatVector(repeating: -.infinity)
                for example in examples {
                    var index = (example * grid.features + unit) * grid.places
                    let end = index + grid.places
                    while index + 16 <= end {
                        let vector = values.vector(at: index)
                        lanes.add(vector)
                        unitMaximum.replace(with: vector, where: vector .> unitMaximum)
                        index += 16
                    }
                    if index < end {
                        // A value too many times changes no maximum.
                        let vector = values.partialVector(at: index, count: end - index, filling: values[index])
                        lanes.add(vector, count: end - index)
                        unitMaximum.replace(with: vector, where: vector .> unitMaximum)
                    }
                }
                if unitMaximum.max() <= 0 { silent += 1 }
            }
        }
        sum = (lanes.low.sums + lanes.high.sums).sum()
        squares = (lanes.low.squares + lanes.high.squares).sum()
        range = ValueRange(lanes.bounds)
        zeros = Int(lanes.zeros.wrappedSum())
        saturated = Int(lanes.saturated.wrappedSum())
    }

    /// Row by row, as memory lies.
    @inline(__always)
    private static func addRows(
        _ values: UnsafePointer<Float>, _ grid: FeatureGrid, _ examples: Range<Int>, _ units: Range<Int>,
        to lanes: inout Lanes,
        _ also: (_ index: Int, _ column: Int, _ count: Int) -> Void
    ) {
        for row in examples {
            let start = row * grid.features
            var column = units.lowerBound
            while column + 16 <= units.upperBound {
                lanes.add(values.vector(at: start + column))
                also(start + column, column, 16)
                column += 16
            }
            let rest = units.upperBound - column
            if rest > 0 {
                let index = start + column
                lanes.add(values.partialVector(at: index, count: rest, filling: values[index]), count: rest)
                also(index, column, rest)
            }
        }
    }

    mutating func add(_ other: OutputTally) {
        sum += other.sum
        squares += other.squares
        range.add(other.range)
        zeros += other.zeros
        saturated += other.saturated
        silent += other.silent
    }

    private struct Lanes {
        var low = DoubleLanes()
        var high = DoubleLanes()
        var bounds = ValueRange.Lanes()
        var zeros = SIMD16<Int32>()
        var saturated = SIMD16<Int32>()
        let floor: FloatVector
        let ceiling: FloatVector

        init(low: Float, high: Float) {
            floor = FloatVector(repeating: low)
            ceiling = FloatVector(repeating: high)
        }

        @inline(__always)
        mutating func add(_ values: FloatVector) {
            low.add(values.lowHalf)
            high.add(values.highHalf)
            bounds.add(values)
            let (none, one) = (SIMD16<Int32>(), SIMD16<Int32>(repeating: 1))
            zeros &+= none.replacing(with: one, where: values .== 0)
            saturated &+= none.replacing(with: one, where: (values .< floor) .| (values .> ceiling))
        }

        /// Adds the first `count` lanes; the others repeat one of them.
        @inline(__always)
        mutating func add(_ values: FloatVector, count: Int) {
            let order = SIMD16<Int32>(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
            let counts = order .< SIMD16<Int32>(repeating: Int32(truncatingIfNeeded: count))
            let terms = FloatVector().replacing(with: values, where: counts)
            low.add(terms.lowHalf)
            high.add(terms.highHalf)
            bounds.add(values)
            let (none, one) = (SIMD16<Int32>(), SIMD16<Int32>(repeating: 1))
            zeros &+= none.replacing(with: one, where: (values .== 0) .& counts)
            saturated &+= none.replacing(with: one, where: ((values .< floor) .| (values .> ceiling)) .& counts)
        }
    }

    private struct DoubleLanes {
        var sums = SIMD8<Double>()
        var squares = SIMD8<Double>()

        @inline(__always)
        mutating func add(_ values: SIMD8<Float>) {
            // The standard library's own conversion is a call that spills all registers.
            var doubles = SIMD8<Double>()
            for lane in 0..<8 { doubles[lane] = Double(values[lane]) }
            sums += doubles
            squares.addProduct(doubles, doubles)
        }
    }
}
