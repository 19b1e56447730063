extension CellBuffer {
    /// A run of neighbouring cells of one row that differ from the frame before.
    package struct Change: Hashable, Sendable {
        package let x: Int
        package let y: Int
        /// Indices into `cells` of the newer buffer.
        package let range: Range<Int>
    }

    /// What differs from an earlier frame, in reading order; every row whole where the sizes differ.
    package func changes(from earlier: CellBuffer) -> [Change] {
        var found: [Change] = []
        let comparable = earlier.size == size
        for row in 0..<height {
            let start = row * width
            guard comparable else {
                if width > 0 { found.append(Change(x: 0, y: row, range: start..<start + width)) }
                continue
            }
            var column = 0
            while column < width {
                guard cells[start + column] != earlier.cells[start + column] else {
                    column += 1
                    continue
                }
                let first = column
                while column < width, cells[start + column] != earlier.cells[start + column] { column += 1 }
                found.append(Change(x: first, y: row, range: start + first..<start + column))
            }
        }
        return found
    }
}
