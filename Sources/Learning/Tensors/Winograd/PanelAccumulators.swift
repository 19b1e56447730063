/// Eight rows of a product by two panels of sixteen columns, kept in registers while the inner sum runs.
struct PanelAccumulators {
    private var a0 = FloatVector(), a1 = FloatVector(), a2 = FloatVector(), a3 = FloatVector()
    private var a4 = FloatVector(), a5 = FloatVector(), a6 = FloatVector(), a7 = FloatVector()
    private var b0 = FloatVector(), b1 = FloatVector(), b2 = FloatVector(), b3 = FloatVector()
    private var b4 = FloatVector(), b5 = FloatVector(), b6 = FloatVector(), b7 = FloatVector()

    @inline(__always)
    init() {}

    /// Adds the products of eight numbers, `distance` apart, with sixteen columns of both panels.
    @inline(__always)
    mutating func add(_ rows: UnsafePointer<Float>, distance: Int, _ one: FloatVector, _ other: FloatVector) {
        Self.add(rows[0], one, other, &a0, &b0)
        Self.add(rows[distance], one, other, &a1, &b1)
        Self.add(rows[2 &* distance], one, other, &a2, &b2)
        Self.add(rows[3 &* distance], one, other, &a3, &b3)
        Self.add(rows[4 &* distance], one, other, &a4, &b4)
        Self.add(rows[5 &* distance], one, other, &a5, &b5)
        Self.add(rows[6 &* distance], one, other, &a6, &b6)
        Self.add(rows[7 &* distance], one, other, &a7, &b7)
    }

    /// The same for the first panel alone.
    @inline(__always)
    mutating func add(_ rows: UnsafePointer<Float>, distance: Int, _ one: FloatVector) {
        a0.addProduct(rows[0], one)
        a1.addProduct(rows[distance], one)
        a2.addProduct(rows[2 &* distance], one)
        a3.addProduct(rows[3 &* distance], one)
        a4.addProduct(rows[4 &* distance], one)
        a5.addProduct(rows[5 &* distance], one)
        a6.addProduct(rows[6 &* distance], one)
        a7.addProduct(rows[7 &* distance], one)
    }

    /// Hands out the rows in order: what the first and the second panel hold of each.
    @inline(__always)
    func forEachRow(_ body: (Int, FloatVector, FloatVector) -> Void) {
        body(0, a0, b0)
        body(1, a1, b1)
        body(2, a2, b2)
        body(3, a3, b3)
        body(4, a4, b4)
        body(5, a5, b5)
        body(6, a6, b6)
        body(7, a7, b7)
    }

    @inline(__always)
    private static func add(
        _ number: Float, _ one: FloatVector, _ other: FloatVector, _ a: inout FloatVector, _ b: inout FloatVector
    ) {
        let row = FloatVector(repeating: number)
        a.addProduct(row, one)
        b.addProduct(row, other)
    }

    /// Writes or adds the first panel's eight rows, one after the other.
    @inline(__always)
    func storeFirst(_ target: UnsafeMutablePointer<Float>, adds: Bool) {
        Self.store(target, adds, a0, a1, a2, a3, a4, a5, a6, a7)
    }

    /// Writes or adds the second panel's.
    @inline(__always)
    func storeSecond(_ target: UnsafeMutablePointer<Float>, adds: Bool) {
        Self.store(target, adds, b0, b1, b2, b3, b4, b5, b6, b7)
    }

    @inline(__always)
    private static func store(
        _ target: UnsafeMutablePointer<Float>, _ adds: Bool, _ v0: FloatVector, _ v1: FloatVector, _ v2: FloatVector,
        _ v3: FloatVector, _ v4: FloatVector, _ v5: FloatVector, _ v6: FloatVector, _ v7: FloatVector
    ) {
        if adds {
            target.setVector(target.vector(at: 0) + v0, at: 0)
            target.setVector(target.vector(at: 16) + v1, at: 16)
            target.setVector(target.vector(at: 32) + v2, at: 32)
            target.setVector(target.vector(at: 48) + v3, at: 48)
            target.setVector(target.vector(at: 64) + v4, at: 64)
            target.setVector(target.vector(at: 80) + v5, at: 80)
            target.setVector(target.vector(at: 96) + v6, at: 96)
            target.setVector(target.vector(at: 112) + v7, at: 112)
        } else {
            target.setVector(v0, at: 0)
            target.setVector(v1, at: 16)
            target.setVector(v2, at: 32)
            target.setVector(v3, at: 48)
            target.setVector(v4, at: 64)
            target.setVector(v5, at: 80)
            target.setVector(v6, at: 96)
            target.setVector(v7, at: 112)
        }
    }
}
