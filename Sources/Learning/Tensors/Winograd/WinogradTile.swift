/// Winograd's transforms of sixteen maps' tiles at once, between the places of a patch and the points that products are made of.
enum WinogradTile {
    /// V = B^T d B of 6 x 6 places of a patch; the 36 points lie `distance` apart.
    @inline(__always)
    static func transformInput(
        _ patch: UnsafePointer<Float>, row: Int, _ tile: UnsafeMutablePointer<Float>,
        into target: UnsafeMutablePointer<Float>, distance: Int
    ) {
        for line in 0..<6 { store(WinogradTransform.input(six(patch + line &* row, 16)), into: tile + line &* 96, 16) }
        for column in 0..<6 {
            store(
                WinogradTransform.input(six(UnsafePointer(tile) + column &* 16, 96)), into: target + column &* distance,
                6 &* distance)
        }
    }

    /// y = A^T m A of 36 points, plus a bias, to 4 x 4 places of a patch.
    @inline(__always)
    static func transformOutput(
        _ source: UnsafePointer<Float>, distance: Int, bias: FloatVector, _ tile: UnsafeMutablePointer<Float>,
        into patch: UnsafeMutablePointer<Float>, row: Int
    ) {
        for column in 0..<6 {
            let lines = WinogradTransform.output(six(source + column &* distance, 6 &* distance))
            store(lines, into: tile + column &* 16, 96)
        }
        for line in 0..<4 {
            let (first, second, third, fourth) = WinogradTransform.output(six(UnsafePointer(tile) + line &* 96, 16))
            store((first + bias, second + bias, third + bias, fourth + bias), into: patch + line &* row, 16)
        }
    }

    /// A y A^T of 4 x 4 places of a patch; the 36 points lie `distance` apart.
    @inline(__always)
    static func transformOutputGradient(
        _ patch: UnsafePointer<Float>, row: Int, _ tile: UnsafeMutablePointer<Float>,
        into target: UnsafeMutablePointer<Float>, distance: Int
    ) {
        for line in 0..<4 {
            store(WinogradTransform.outputGradient(four(patch + line &* row, 16)), into: tile + line &* 96, 16)
        }
        for column in 0..<6 {
            store(
                WinogradTransform.outputGradient(four(UnsafePointer(tile) + column &* 16, 96)),
                into: target + column &* distance, 6 &* distance)
        }
    }

    /// B t B^T of 36 points, added to 6 x 6 places of a patch.
    @inline(__always)
    static func addInputGradient(
        _ source: UnsafePointer<Float>, distance: Int, _ tile: UnsafeMutablePointer<Float>,
        to patch: UnsafeMutablePointer<Float>, row: Int
    ) {
        for column in 0..<6 {
            let lines = WinogradTransform.inputGradient(six(source + column &* distance, 6 &* distance))
            store(lines, into: tile + column &* 16, 96)
        }
        for line in 0..<6 {
            let target = patch + line &* row
            let old = six(UnsafePointer(target), 16)
            let new = WinogradTransform.inputGradient(six(UnsafePointer(tile) + line &* 96, 16))
            store(
                (old.0 + new.0, old.1 + new.1, old.2 + new.2, old.3 + new.3, old.4 + new.4, old.5 + new.5),
                into: target, 16)
        }
    }

    @inline(__always)
    private static func four(_ source: UnsafePointer<Float>, _ distance: Int) -> WinogradTransform.Four {
        (
            source.vector(at: 0), source.vector(at: distance), source.vector(at: 2 &* distance),
            source.vector(at: 3 &* distance)
        )
    }

    @inline(__always)
    private static func store(
        _ vectors: WinogradTransform.Four, into target: UnsafeMutablePointer<Float>, _ distance: Int
    ) {
        target.setVector(vectors.0, at: 0)
        target.setVector(vectors.1, at: distance)
        target.setVector(vectors.2, at: 2 &* distance)
        target.setVector(vectors.3, at: 3 &* distance)
    }

    @inline(__always)
    static func six(_ source: UnsafePointer<Float>, _ distance: Int) -> WinogradTransform.Six {
        (
            source.vector(at: 0), source.vector(at: distance), source.vector(at: 2 &* distance),
            source.vector(at: 3 &* distance), source.vector(at: 4 &* distance), source.vector(at: 5 &* distance)
        )
    }

    @inline(__always)
    static func store(_ vectors: WinogradTransform.Six, into target: UnsafeMutablePointer<Float>, _ distance: Int) {
        target.setVector(vectors.0, at: 0)
        target.setVector(vectors.1, at: distance)
        target.setVector(vectors.2, at: 2 &* distance)
        target.setVector(vectors.3, at: 3 &* distance)
        target.setVector(vectors.4, at: 4 &* distance)
        target.setVector(vectors.5, at: 5 &* distance)
    }
}
