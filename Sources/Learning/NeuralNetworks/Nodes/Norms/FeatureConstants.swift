import Tensors

/// Four numbers a feature, ready to be loaded as vectors.
struct FeatureConstants {
    enum Row: Int { case mean, gain, first, second }

    /// The four constants of sixteen lanes.
    struct Lanes {
        let mean: FloatVector
        let gain: FloatVector
        let first: FloatVector
        let second: FloatVector
    }

    let buffer: FloatBuffer
    private let pointer: UnsafeMutablePointer<Float>
    /// Length of a row: the features, rounded up to whole vectors.
    private let length: Int

    init(features: Int) {
        length = (features + 15) / 16 * 16
        buffer = FloatBuffer(count: 4 * length)
        pointer = buffer.pointer
    }

    subscript(row: Row) -> UnsafeMutablePointer<Float> { pointer + row.rawValue * length }

    /// Those of sixteen features, one a lane.
    @inline(__always)
    func neighbours(_ feature: Int) -> Lanes {
        Lanes(
            mean: pointer.vector(at: feature), gain: pointer.vector(at: length + feature),
            first: pointer.vector(at: 2 * length + feature), second: pointer.vector(at: 3 * length + feature))
    }

    /// Those of one feature in every lane.
    @inline(__always)
    func repeated(_ feature: Int) -> Lanes {
        Lanes(
            mean: FloatVector(repeating: pointer[feature]), gain: FloatVector(repeating: pointer[length + feature]),
            first: FloatVector(repeating: pointer[2 * length + feature]),
            second: FloatVector(repeating: pointer[3 * length + feature]))
    }
}
