import Tensors

/// Sixteen neighbouring windows of 2x2: eight of two rows, or four of four rows.
struct HalvingBlock {
    private let isWide: Bool
    private let column: Int
    private let row0: Int
    private let row1: Int
    private let row2: Int
    private let row3: Int

    /// - Parameters:
    ///   - row: First output row; rows beyond `lastRow` are that one again.
    ///   - column: First output column.
    @inline(__always)
    init(row: Int, lastRow: Int, column: Int, isWide: Bool) {
        self.isWide = isWide
        self.column = column
        (row0, row1) = (row, min(row + 1, lastRow))
        (row2, row3) = (min(row + 2, lastRow), min(row + 3, lastRow))
    }

    /// Index of each window's upper left number in its map.
    @inline(__always)
    func corners(_ width: Int) -> SIMD16<Int32> {
        func start(_ row: Int) -> Int32 { Int32(truncatingIfNeeded: 2 &* (row &* width &+ column)) }
        if isWide {
            let steps = SIMD8<Int32>(0, 2, 4, 6, 8, 10, 12, 14)
            return SIMD16(lowHalf: steps &+ start(row0), highHalf: steps &+ start(row1))
        }
        let steps = SIMD4<Int32>(0, 2, 4, 6)
        return SIMD16(
            lowHalf: SIMD8(lowHalf: steps &+ start(row0), highHalf: steps &+ start(row1)),
            highHalf: SIMD8(lowHalf: steps &+ start(row2), highHalf: steps &+ start(row3)))
    }

    /// The left and the right numbers of an upper (0) or lower (1) line of the windows.
    @inline(__always)
    func split(_ map: UnsafePointer<Float>, _ width: Int, line: Int) -> (left: FloatVector, right: FloatVector) {
        func at(_ row: Int) -> UnsafeRawPointer {
            UnsafeRawPointer(map + ((2 &* row &+ line) &* width &+ 2 &* column))
        }
        if isWide {
            let one = at(row0).loadUnaligned(as: FloatVector.self)
            let other = at(row1).loadUnaligned(as: FloatVector.self)
            return (
                FloatVector(lowHalf: one.evenHalf, highHalf: other.evenHalf),
                FloatVector(lowHalf: one.oddHalf, highHalf: other.oddHalf)
            )
        }
        let one = FloatVector(
            lowHalf: at(row0).loadUnaligned(as: SIMD8<Float>.self),
            highHalf: at(row1).loadUnaligned(as: SIMD8<Float>.self))
        let other = FloatVector(
            lowHalf: at(row2).loadUnaligned(as: SIMD8<Float>.self),
            highHalf: at(row3).loadUnaligned(as: SIMD8<Float>.self))
        return (
            FloatVector(lowHalf: one.evenHalf, highHalf: other.evenHalf),
            FloatVector(lowHalf: one.oddHalf, highHalf: other.oddHalf)
        )
    }

    /// Writes the windows' results.
    @inline(__always)
    func store(
        _ values: FloatVector, _ sources: SIMD16<Int32>, _ outputs: Int, _ result: UnsafeMutablePointer<Float>,
        _ places: UnsafeMutablePointer<Int32>
    ) {
        func at(_ row: Int) -> Int { row &* outputs &+ column }
        if isWide {
            UnsafeMutableRawPointer(result + at(row0)).storeBytes(of: values.lowHalf, as: SIMD8<Float>.self)
            UnsafeMutableRawPointer(result + at(row1)).storeBytes(of: values.highHalf, as: SIMD8<Float>.self)
            UnsafeMutableRawPointer(places + at(row0)).storeBytes(of: sources.lowHalf, as: SIMD8<Int32>.self)
            UnsafeMutableRawPointer(places + at(row1)).storeBytes(of: sources.highHalf, as: SIMD8<Int32>.self)
        } else {
            func put(_ row: Int, _ four: SIMD4<Float>, _ from: SIMD4<Int32>) {
                UnsafeMutableRawPointer(result + at(row)).storeBytes(of: four, as: SIMD4<Float>.self)
                UnsafeMutableRawPointer(places + at(row)).storeBytes(of: from, as: SIMD4<Int32>.self)
            }
            put(row0, values.lowHalf.lowHalf, sources.lowHalf.lowHalf)
            put(row1, values.lowHalf.highHalf, sources.lowHalf.highHalf)
            put(row2, values.highHalf.lowHalf, sources.highHalf.lowHalf)
            put(row3, values.highHalf.highHalf, sources.highHalf.highHalf)
        }
    }

    /// Reads what `store` wrote.
    @inline(__always)
    func load(
        _ result: UnsafePointer<Float>, _ places: UnsafePointer<Int32>, _ outputs: Int
    ) -> (FloatVector, SIMD16<Int32>) {
        func at(_ row: Int) -> Int { row &* outputs &+ column }
        if isWide {
            func eight(_ row: Int) -> (SIMD8<Float>, SIMD8<Int32>) {
                (
                    UnsafeRawPointer(result + at(row)).loadUnaligned(as: SIMD8<Float>.self),
                    UnsafeRawPointer(places + at(row)).loadUnaligned(as: SIMD8<Int32>.self)
                )
            }
            let (one, other) = (eight(row0), eight(row1))
            return (FloatVector(lowHalf: one.0, highHalf: other.0), SIMD16(lowHalf: one.1, highHalf: other.1))
        }
        func four(_ row: Int) -> (SIMD4<Float>, SIMD4<Int32>) {
            (
                UnsafeRawPointer(result + at(row)).loadUnaligned(as: SIMD4<Float>.self),
                UnsafeRawPointer(places + at(row)).loadUnaligned(as: SIMD4<Int32>.self)
            )
        }
        let (a, b, c, d) = (four(row0), four(row1), four(row2), four(row3))
        return (
            FloatVector(lowHalf: SIMD8(lowHalf: a.0, highHalf: b.0), highHalf: SIMD8(lowHalf: c.0, highHalf: d.0)),
            SIMD16(lowHalf: SIMD8(lowHalf: a.1, highHalf: b.1), highHalf: SIMD8(lowHalf: c.1, highHalf: d.1))
        )
    }

    /// Writes left and right numbers of a line alternately.
    @inline(__always)
    func weave(
        _ left: FloatVector, _ right: FloatVector, _ map: UnsafeMutablePointer<Float>, _ width: Int, line: Int
    ) {
        func at(_ row: Int) -> UnsafeMutableRawPointer {
            UnsafeMutableRawPointer(map + ((2 &* row &+ line) &* width &+ 2 &* column))
        }
        var (one, other) = (FloatVector(), FloatVector())
        (one.evenHalf, one.oddHalf) = (left.lowHalf, right.lowHalf)
        (other.evenHalf, other.oddHalf) = (left.highHalf, right.highHalf)
        if isWide {
            at(row0).storeBytes(of: one, as: FloatVector.self)
            at(row1).storeBytes(of: other, as: FloatVector.self)
        } else {
            at(row0).storeBytes(of: one.lowHalf, as: SIMD8<Float>.self)
            at(row1).storeBytes(of: one.highHalf, as: SIMD8<Float>.self)
            at(row2).storeBytes(of: other.lowHalf, as: SIMD8<Float>.self)
            at(row3).storeBytes(of: other.highHalf, as: SIMD8<Float>.self)
        }
    }
}
