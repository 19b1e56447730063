/// Some rows of sixteen maps, the maps along the lanes, with room for what sticks out of the picture.
struct WinogradPatch: Sendable {
    let height: Int
    let width: Int
    let rows: Int
    let columns: Int
    /// Columns before the picture's first.
    let left: Int

    var count: Int { rows * columns * 16 }

    /// The rows of the picture in a patch that begins at row `top`, which may be negative.
    func visible(_ top: Int) -> Range<Int> {
        let first = min(height, max(0, top))
        return first..<max(first, min(height, top + rows))
    }

    /// Turns rows of maps into lanes; what lies outside the picture stays as it is.
    ///
    /// - Parameters:
    ///   - maps: Sixteen maps; where `count` is less, the other lanes become 0.
    ///   - top: The picture's row that is the patch's first.
    func spread(_ maps: UnsafePointer<Float>, count: Int, top: Int, into patch: UnsafeMutablePointer<Float>) {
        let rows = visible(top)
        let plane = height * width
        var place = Place(self, row: rows.lowerBound, top: top)
        let end = rows.upperBound * width
        if width % 16 == 0 {
            for row in rows {
                let line = patch + ((row - top) * columns + left) * 16
                for column in stride(from: 0, to: width, by: 16) {
                    let target = line + column &* 16
                    VectorSquare(maps + (row &* width &+ column), distance: plane, count: count).transposed
                        .forEach { target.setVector($1, at: $0 &* 16) }
                }
            }
            return
        }
        while place.index + 16 <= end {
            VectorSquare(maps + place.index, distance: plane, count: count).transposed.forEach { _, vector in
                patch.setVector(vector, at: place.offset)
                place.advance(self)
            }
        }
        while place.index < end {
            var vector = FloatVector()
            for lane in 0..<min(16, count) { vector[lane] = maps[lane * plane + place.index] }
            patch.setVector(vector, at: place.offset)
            place.advance(self)
        }
    }

    /// Turns lanes back into rows of maps, the reverse of `spread`.
    ///
    /// - Parameters:
    ///   - rows: The picture's rows to write.
    ///   - adds: Whether the numbers are added to what lies there.
    func gather(
        _ patch: UnsafePointer<Float>, count: Int, top: Int, rows: Range<Int>, adds: Bool,
        into maps: UnsafeMutablePointer<Float>
    ) {
        let plane = height * width
        var place = Place(self, row: rows.lowerBound, top: top)
        let end = rows.upperBound * width
        if width % 16 == 0, count == 16 {
            for row in rows {
                let line = patch + ((row - top) * columns + left) * 16
                for column in stride(from: 0, to: width, by: 16) {
                    let source = line + column &* 16
                    let square = VectorSquare { source.vector(at: $0 &* 16) }
                    let target = maps + (row &* width &+ column)
                    square.transposed.forEach { lane, vector in
                        let index = lane &* plane
                        target.setVector(adds ? target.vector(at: index) + vector : vector, at: index)
                    }
                }
            }
            return
        }
        while place.index + 16 <= end {
            let first = place.index
            let square = VectorSquare { _ in
                let vector = patch.vector(at: place.offset)
                place.advance(self)
                return vector
            }
            square.transposed.forEach { lane, vector in
                guard lane < count else { return }
                let target = maps + (lane &* plane &+ first)
                target.setVector(adds ? target.vector(at: 0) + vector : vector, at: 0)
            }
        }
        while place.index < end {
            for lane in 0..<count {
                let target = maps + (lane * plane + place.index)
                let number = patch[place.offset + lane]
                target.pointee = adds ? target.pointee + number : number
            }
            place.advance(self)
        }
    }

    /// Where one number of a map lies in a patch.
    private struct Place {
        /// In the map.
        var index: Int
        /// In the patch.
        var offset: Int
        private var column = 0

        @inline(__always)
        init(_ patch: WinogradPatch, row: Int, top: Int) {
            index = row * patch.width
            offset = ((row - top) * patch.columns + patch.left) * 16
        }

        @inline(__always)
        mutating func advance(_ patch: WinogradPatch) {
            index &+= 1
            offset &+= 16
            column &+= 1
            if column == patch.width {
                column = 0
                offset &+= (patch.columns &- patch.width) &* 16
            }
        }
    }
}
