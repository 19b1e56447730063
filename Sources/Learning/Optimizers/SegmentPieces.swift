import Tensors

/// A flat buffer of parameters cut into at most sixteen pieces of work, by the layout alone.
package struct SegmentPieces: Sendable {
    /// Where each parameter lies.
    package private(set) var layout: ParameterLayout
    /// All chunks, piece by piece, in the order of memory.
    let chunks: [Chunk]
    /// Chunks of each piece.
    let pieces: [Range<Int>]

    /// A part of one segment within one piece.
    struct Chunk: Sendable {
        let segment: Int
        /// Positions in the flat buffer; begins on a register's boundary.
        let range: Range<Int>
    }

    /// Below this many numbers a piece is not worth waking a thread.
    private static let smallestPiece = 1 << 14
    private static let most = 16

    /// Cuts a layout; O(pieces times segments).
    package init(_ layout: ParameterLayout) {
        self.layout = layout
        let count = max(1, min(Self.most, layout.count / Self.smallestPiece))
        let lanes = Lanes.scalarCount
        let length = max(lanes, (layout.count / lanes + count - 1) / count * lanes)
        var chunks: [Chunk] = []
        var pieces: [Range<Int>] = []
        for piece in 0..<count {
            let (low, high) = (piece * length, (piece + 1) * length)
            let before = chunks.count
            for (index, segment) in layout.segments.enumerated() {
                let range = segment.range.clamped(to: low..<high)
                if !range.isEmpty { chunks.append(Chunk(segment: index, range: range)) }
            }
            pieces.append(before..<chunks.count)
        }
        self.chunks = chunks
        self.pieces = pieces
    }

    /// Freezes the tensors of some layers, and no others.
    mutating func freeze(_ layers: Set<String>) { layout.freeze(layers) }

    /// Computes `body` for each chunk and its index, the pieces on the threads of the pool.
    @inline(__always)
    func forEachChunk(_ pool: WorkerPool, _ body: (Int, Chunk) -> Void) {
        pool.run(pieces: pieces.count) { piece in
            for index in pieces[piece] { body(index, chunks[index]) }
        }
    }
}
