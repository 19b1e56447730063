/// Sixteen vectors of sixteen numbers in registers, for turning rows into columns.
struct VectorSquare {
    private var r0, r1, r2, r3, r4, r5, r6, r7, r8, r9, r10, r11, r12, r13, r14, r15: FloatVector

    /// - Parameter row: The vector of each row, asked for in order.
    @inline(__always)
    init(_ row: (Int) -> FloatVector) {
        (r0, r1, r2, r3) = (row(0), row(1), row(2), row(3))
        (r4, r5, r6, r7) = (row(4), row(5), row(6), row(7))
        (r8, r9, r10, r11) = (row(8), row(9), row(10), row(11))
        (r12, r13, r14, r15) = (row(12), row(13), row(14), row(15))
    }

    /// Rows that lie `distance` apart in memory; those from `count` on are zeros.
    @inline(__always)
    init(_ source: UnsafePointer<Float>, distance: Int, count: Int) {
        if count >= 16 {
            self.init { source.vector(at: $0 &* distance) }
        } else {
            self.init { $0 < count ? source.vector(at: $0 &* distance) : FloatVector() }
        }
    }

    /// Hands out the rows in order.
    @inline(__always)
    func forEach(_ body: (Int, FloatVector) -> Void) {
        body(0, r0)
        body(1, r1)
        body(2, r2)
        body(3, r3)
        body(4, r4)
        body(5, r5)
        body(6, r6)
        body(7, r7)
        body(8, r8)
        body(9, r9)
        body(10, r10)
        body(11, r11)
        body(12, r12)
        body(13, r13)
        body(14, r14)
        body(15, r15)
    }

    /// The columns as rows: four rounds, each of which weaves row i with row i + 8.
    @inline(__always)
    var transposed: VectorSquare { woven.woven.woven.woven }

    @inline(__always)
    private var woven: VectorSquare {
        var next = self
        (next.r0, next.r1) = Self.weave(r0, r8)
        (next.r2, next.r3) = Self.weave(r1, r9)
        (next.r4, next.r5) = Self.weave(r2, r10)
        (next.r6, next.r7) = Self.weave(r3, r11)
        (next.r8, next.r9) = Self.weave(r4, r12)
        (next.r10, next.r11) = Self.weave(r5, r13)
        (next.r12, next.r13) = Self.weave(r6, r14)
        (next.r14, next.r15) = Self.weave(r7, r15)
        return next
    }

    @inline(__always)
    private static func weave(_ one: FloatVector, _ other: FloatVector) -> (FloatVector, FloatVector) {
        var (low, high) = (FloatVector(), FloatVector())
        low.evenHalf = one.lowHalf
        low.oddHalf = other.lowHalf
        high.evenHalf = one.highHalf
        high.oddHalf = other.highHalf
        return (low, high)
    }
}
