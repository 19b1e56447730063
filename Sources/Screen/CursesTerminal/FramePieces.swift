import Cells

/// Cuts frames for a line that is too slow for whole ones: what has just changed comes first, then the rest in turn.
///
/// A frame of a few thousand bytes takes seconds at 9,600 baud, and the answer to a key would wait behind it. So each
/// frame brings only as many cells as the line takes in a moment, always as they are by then: half of them may be news,
/// the others go on where the last piece ended, so that every cell has its turn.
package struct FramePieces: Sendable {
    /// The frame that was asked for last.
    private var wanted: CellBuffer?
    /// The cell after the last one that was no news.
    private var turn = 0

    /// No frame has been cut yet.
    package init() {}

    /// What the screen is to show next: the newer frame in some cells, the older one in the others.
    ///
    /// - Parameters:
    ///   - buffer: the newest frame.
    ///   - shown: what stands on the screen; nil for an empty one.
    ///   - bytes: how much may be sent, about; nil for all.
    package mutating func next(of buffer: CellBuffer, over shown: CellBuffer?, bytes: Int?) -> CellBuffer {
        guard let bytes else {
            wanted = nil
            return buffer
        }
        let before = wanted?.size == buffer.size ? wanted : nil
        wanted = buffer
        guard buffer.width > 0, buffer.height > 0 else { return buffer }
        var frame = shown ?? CellBuffer(size: buffer.size)
        var left = bytes
        if let before {
            let half = bytes / 2
            _ = take(0..<buffer.cells.count, of: buffer, into: &frame, budget: &left, leaving: half) { index in
                buffer.cells[index] != before.cells[index]
            }
        }
        let start = turn < buffer.cells.count ? turn : 0
        for range in [start..<buffer.cells.count, 0..<start] {
            guard let end = take(range, of: buffer, into: &frame, budget: &left, leaving: 0, where: { _ in true })
            else { continue }
            turn = end
            break
        }
        return frame
    }

    /// Takes cells that differ while the budget lasts.
    /// - Returns: the first cell that was left; nil if none was.
    private func take(
        _ range: Range<Int>, of buffer: CellBuffer, into frame: inout CellBuffer, budget: inout Int, leaving rest: Int,
        where isWanted: (Int) -> Bool
    ) -> Int? {
        var previous: Int?
        for index in range where buffer.cells[index] != frame.cells[index] && isWanted(index) {
            guard budget > rest else { return index }
            let cell = buffer.cells[index]
            let follows = previous == index - 1 && !index.isMultiple(of: buffer.width)
            // A glyph, the way to it, and a change of colours: about what ncurses makes of it.
            budget -= cell.glyph.utf8.count
            if !follows { budget -= 6 }
            if !follows || buffer.cells[index - 1].style != cell.style { budget -= cell.style == .plain ? 3 : 10 }
            frame[index % buffer.width, index / buffer.width] = cell
            previous = index
        }
        return nil
    }
}
