/// The largest number of a window and where it lies in its map, the first of equals; NaN wins, as in PyTorch.
struct WindowMaximum {
    private(set) var value = -Float.infinity
    private(set) var source: Int

    @inline(__always)
    init(_ map: UnsafePointer<Float>, width: Int, _ rows: Range<Int>, _ columns: Range<Int>) {
        source = rows.lowerBound * width + columns.lowerBound
        for row in rows {
            for index in row * width + columns.lowerBound..<row * width + columns.upperBound {
                let candidate = map[index]
                if candidate > value || candidate.isNaN { (value, source) = (candidate, index) }
            }
        }
    }

    /// Hands the gradients of a map's windows to where their largest numbers lay, and 0 to the other places.
    @inline(__always)
    static func spread(
        _ upstream: UnsafePointer<Float>, _ sources: UnsafePointer<Int32>, count: Int,
        into target: UnsafeMutablePointer<Float>, plane: Int
    ) {
        target.update(repeating: 0, count: plane)
        for place in 0..<count { target[Int(sources[place])] += upstream[place] }
    }
}
