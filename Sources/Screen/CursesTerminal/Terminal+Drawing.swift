import CNcurses
import Cells
import Glibc

extension Terminal {
    /// Shows a frame. Only what differs from the frame before is sent, in one piece; nothing where nothing differs.
    ///
    /// A frame of another size than the terminal's is clipped, or padded with blanks. A slow line gets a piece of it, what
    /// is new in it first; the next frames bring the rest.
    package func draw(_ buffer: CellBuffer) {
        guard !isClosed, let window else { return }
        set_term(screen)
        let earlier = shown?.size == buffer.size ? shown : nil
        if earlier == nil { werase(window) }
        let frame = pieces.next(of: buffer, over: earlier, bytes: line.budget)
        let changes = frame.changes(from: earlier ?? CellBuffer(size: Size(width: 0, height: 0)))
        shown = frame
        guard earlier == nil || !changes.isEmpty else { return }
        if !put(changes, of: frame) {
            // All colour pairs are taken, most of them by frames of long ago.
            pairs.reset()
            _ = put(frame.changes(from: CellBuffer(size: Size(width: 0, height: 0))), of: frame)
        }
        wrefresh(window)
        send("")
    }

    /// Sends the whole screen again, for when something else has written on it.
    package func redraw() {
        guard !isClosed, let window else { return }
        set_term(screen)
        clearok(window, true)
        if line.budget != nil {
            // Piece by piece, with the next frames.
            shown = nil
            return
        }
        wrefresh(window)
        send("")
    }

    /// Hands cells to ncurses; false if colour pairs ran out on the way.
    private func put(_ changes: [CellBuffer.Change], of buffer: CellBuffer) -> Bool {
        var complete = true
        var cells: [cchar_t] = []
        var style: Style?
        var attributes: attr_t = 0
        var pair: Int32 = 0
        for change in changes where change.y < size.height && change.x < size.width {
            cells.removeAll(keepingCapacity: true)
            // The columns of a row that are on the screen.
            let end = change.y * buffer.width + min(buffer.width, size.width)
            var isCovered = false
            for index in change.range where index < end {
                let cell = buffer.cells[index]
                if cell.glyph == Cell.secondHalf, isCovered {
                    isCovered = false
                    continue
                }
                if cell.style != style {
                    style = cell.style
                    let found = pairs.pair(of: cell.style)
                    if found == nil { complete = false }
                    pair = found?.number ?? 0
                    attributes = Self.attributes(cell.style.attributes.union(found?.added ?? []))
                }
                isCovered =
                    cell.glyph.isWide && index + 1 < end && buffer.cells[index + 1].glyph == Cell.secondHalf
                    && canShow(cell.glyph, columns: 2)
                let shown = isCovered ? wchar_t(bitPattern: cell.glyph.value) : glyph(cell.glyph)
                var made = cchar_t()
                curses_set_cell(&made, shown, attributes, pair)
                cells.append(made)
            }
            mvwadd_wchnstr(window, Int32(change.y), Int32(change.x), cells, Int32(cells.count))
        }
        return complete
    }

    private static func attributes(_ wanted: Style.Attributes) -> attr_t {
        var found: attr_t = 0
        if wanted.contains(.bold) { found |= curses_bold() }
        if wanted.contains(.dim) { found |= curses_dim() }
        if wanted.contains(.underline) { found |= curses_underline() }
        if wanted.contains(.reverse) { found |= curses_reverse() }
        return found
    }

    /// A glyph that is one column wide in this locale; anything else would shift the row.
    private func glyph(_ scalar: Unicode.Scalar) -> wchar_t {
        if scalar.value >= 0x20, scalar.value < 0x7F { return wchar_t(bitPattern: scalar.value) }
        if canShow(scalar, columns: 1) { return wchar_t(bitPattern: scalar.value) }
        return scalar.properties.generalCategory == .control ? 0x20 : 0x3F
    }

    private func canShow(_ scalar: Unicode.Scalar, columns: Int32) -> Bool {
        !capabilities.glyphs.isASCII && wcwidth(wchar_t(bitPattern: scalar.value)) == columns
    }

    /// Takes over a new size; true if there was one.
    func followSize() -> Bool {
        guard !isClosed, let measured = Self.measure(output), measured != size else { return false }
        set_term(screen)
        size = measured
        isResized = true
        resize_term(Int32(size.height), Int32(size.width))
        if let window { delwin(window) }
        window = newwin(Int32(size.height), Int32(size.width), 0, 0)
        if let window { clearok(window, true) }
        shown = nil
        return true
    }
}
