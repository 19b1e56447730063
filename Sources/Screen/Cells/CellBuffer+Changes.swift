import Glibc

extension CellBuffer {
    /// A run of neighbouring cells of one row that differ from the frame before.
    package struct Change: Hashable, Sendable {
        /// The column of the first cell, from 0.
        package let x: Int
        /// The row, from 0.
        package let y: Int
        /// Indices into `cells` of the newer buffer.
        package let range: Range<Int>
    }

    /// What differs from an earlier frame, in reading order; every row whole where the sizes differ.
    package func changes(from earlier: CellBuffer) -> [Change] {
        guard earlier.size == size else {
            return (0..<(width > 0 ? height : 0)).map {
                Change(x: 0, y: $0, range: $0 * width..<($0 + 1) * width)
            }
        }
        var found: [Change] = []
        cells.withUnsafeBufferPointer { new in
            earlier.cells.withUnsafeBufferPointer { old in
                for row in 0..<height { Self.compare(new, old, row: row, width: width, into: &found) }
            }
        }
        return found
    }

    private static func compare(
        _ new: UnsafeBufferPointer<Cell>, _ old: UnsafeBufferPointer<Cell>, row: Int, width: Int,
        into found: inout [Change]
    ) {
        guard width > 0, let newest = new.baseAddress, let oldest = old.baseAddress else { return }
        let start = row * width
        // Equal bytes are equal cells. Bytes that mean nothing may differ, so other rows are looked at cell by cell.
        if memcmp(newest + start, oldest + start, width * MemoryLayout<Cell>.stride) == 0 { return }
        var column = 0
        while column < width {
            guard new[start + column] != old[start + column] else {
                column += 1
                continue
            }
            // The second half of a wide letter is drawn with the first one.
            let first = column > 0 && new[start + column].glyph == Cell.secondHalf ? column - 1 : column
            while column < width, new[start + column] != old[start + column] { column += 1 }
            found.append(Change(x: first, y: row, range: start + first..<start + column))
        }
    }
}
