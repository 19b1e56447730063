import Cells

extension LineChart {
    func draw(_ layer: ChartLayer, glyphs: GlyphSet, on grid: inout DotGrid) {
        switch layer {
        case .marker(let points, let glyph, let ascii, _, let apart):
            drawMarkers(points, grid.isASCII ? ascii : glyph, apart: apart, on: &grid)
        case .line(let points, let dash, _): drawLine(points, dash, on: &grid)
        case .envelope(let columns, _, let upperEdgeOnly): drawEnvelope(columns, upperEdgeOnly, on: &grid)
        case .verticalMark(let value, let label, _, let short):
            drawVerticalMark(value, [label, short].compactMap { $0 }, glyphs, on: &grid)
        case .level(let value, let label, let dash, _): drawLevel(value, label, dash, on: &grid)
        case .words(let words, let point, _): drawWords(words, beside: point, on: &grid)
        case .dot(let point, _): drawMarkers([point], grid.isASCII ? "@" : "●", apart: 2, on: &grid)
        }
    }

    /// Where a point lies in dots; nil where it has no place at all. Takes the grid's size, because handing over the grid
    /// that is drawn on costs a copy.
    private func place(_ point: ChartPoint, _ columns: Int, _ rows: Int) -> DotGrid.Place? {
        guard point.x.isFinite, point.y.isFinite, let across = x.fraction(point.x), let up = height(point.y)
        else { return nil }
        return DotGrid.Place(x: bounded(across) * Double(columns - 1), y: (1 - bounded(up)) * Double(rows - 1))
    }

    /// Where a value lies on the y axis; on a logarithmic one zero and less lie infinitely far below.
    private func height(_ value: Double) -> Double? {
        y.fraction(value) ?? (y.kind == .logarithmic && y.isUsable && value <= 0 ? -1e6 : nil)
    }

    /// A fraction near enough to the plot that its dots can be counted.
    private func bounded(_ fraction: Double) -> Double { min(1e6, max(-1e6, fraction)) }

    /// The column of dots at a place, nil beside the plot.
    private func column(_ place: DotGrid.Place, of columns: Int) -> Int? {
        place.x > -0.5 && place.x < Double(columns) - 0.5 ? Int(place.x.rounded()) : nil
    }

    /// -1 above the plot, 1 below it, 0 inside; half a dot beyond the edge still rounds into it.
    private func side(_ y: Double, of rows: Int) -> Int { y < -0.5 ? -1 : y >= Double(rows) - 0.5 ? 1 : 0 }

    /// The arrow that stands for values above (-1) or below (1) the plot.
    private func drawArrow(_ side: Int, dotColumn: Int, on grid: inout DotGrid) {
        let column = grid.cellColumn(dotColumn)
        if side < 0 {
            grid.put(grid.isASCII ? "^" : "▴", column: column, row: 0)
        } else {
            grid.put(grid.isASCII ? "v" : "▾", column: column, row: grid.height - 1)
        }
    }

    private func drawLine(_ points: [ChartPoint], _ dash: LineDash, on grid: inout DotGrid) {
        let (columns, rows) = (grid.columns, grid.rows)
        var before: DotGrid.Place?
        for (index, point) in points.enumerated() {
            guard var here = place(point, columns, rows) else {
                before = nil
                continue
            }
            // What has no neighbour is a dot, whatever the dash.
            let isAlone =
                before == nil && points.count > 1
                && (index + 1 == points.count || place(points[index + 1], columns, rows) == nil)
            let dash = isAlone ? LineDash.solid : dash
            let side = side(here.y, of: rows)
            if side == 0 {
                here.y = min(Double(rows - 1), max(0, here.y))
            } else if let column = column(here, of: columns), grid.isInked(dash, phase: column) {
                drawArrow(side, dotColumn: column, on: &grid)
            }
            grid.segment(from: before ?? here, to: here, dash: dash)
            before = here
        }
    }

    private func drawEnvelope(_ columns: [ChartColumn?], _ upperEdgeOnly: Bool, on grid: inout DotGrid) {
        let rows = grid.rows
        let last = Double(rows - 1)
        for (x, column) in columns.prefix(grid.columns).enumerated() {
            guard let column, column.low.isFinite, column.high.isFinite, let up = height(column.high)
            else { continue }
            let top = (1 - bounded(up)) * last
            let bottom = max(top, (1 - bounded(height(column.low) ?? -1e6)) * last)
            let (topSide, bottomSide) = (side(top, of: rows), side(bottom, of: rows))
            if topSide > 0 {
                drawArrow(1, dotColumn: x, on: &grid)
                continue
            }
            if topSide < 0 {
                drawArrow(-1, dotColumn: x, on: &grid)
                if bottomSide < 0 { continue }
            }
            let first = max(0, Int(top.rounded()))
            let end = min(rows - 1, Int(min(last, bottom).rounded()))
            if topSide == 0 { grid.set(x, first, flags: DotGrid.fill) }
            guard !upperEdgeOnly else { continue }
            if bottomSide == 0 { grid.set(x, end, flags: DotGrid.fill) }
            fill(x, from: first, through: end, on: &grid)
        }
    }

    /// The checker of a sparse fill: every second dot, in ASCII the upper and lower half of a cell in turns.
    private func fill(_ x: Int, from first: Int, through last: Int, on grid: inout DotGrid) {
        guard first <= last else { return }
        if grid.isASCII {
            for row in first...last where (x + row >> 1) & 1 == 0 { grid.set(x, row, flags: DotGrid.fill) }
        } else {
            for row in stride(from: first + (x + first) & 1, through: last, by: 2) { grid.set(x, row) }
        }
    }

    private func drawMarkers(
        _ points: [ChartPoint], _ glyph: Unicode.Scalar, apart: Int, on grid: inout DotGrid
    ) {
        let (columns, rows) = (grid.columns, grid.rows)
        guard
            let newest = points.lastIndex(where: { place($0, columns, rows).flatMap { column($0, of: columns) } != nil }
            )
        else { return }
        // Places more on both sides, so that neighbours need no bounds check.
        let near = max(0, apart - 1)
        var isTaken = [Bool](repeating: false, count: grid.width + 2 * near)
        for mustStand in [true, false] {
            for (index, point) in points.enumerated() where (point.keep || index == newest) == mustStand {
                guard let place = place(point, columns, rows), let dotColumn = column(place, of: columns)
                else { continue }
                let cell = grid.cellColumn(dotColumn)
                if !mustStand, isTaken[cell...cell + 2 * near].contains(true) { continue }
                isTaken[cell + near] = true
                let side = side(place.y, of: rows)
                if side == 0 {
                    let row = min(rows - 1, max(0, Int(place.y.rounded())))
                    grid.put(glyph, column: cell, row: grid.cellRow(row))
                } else {
                    drawArrow(side, dotColumn: dotColumn, on: &grid)
                }
            }
        }
    }

    private func drawLevel(_ value: Double, _ label: String?, _ dash: LineDash, on grid: inout DotGrid) {
        guard let up = height(value), up >= 0, up <= 1 else { return }
        let line = Int(((1 - up) * Double(grid.rows - 1)).rounded())
        if let label {
            // On the line, else right above or below it.
            let row = grid.cellRow(line)
            _ = [0, -1, 1].first { drawLabel(displayScalars(label), in: row + $0, on: &grid) }
        }
        for column in 0..<grid.columns where grid.isInked(dash, phase: column) && !grid.hasGlyph(column, line) {
            if grid.isASCII, dash != .solid { grid.stroke(column, line, dash) } else { grid.set(column, line) }
        }
    }

    private func drawWords(_ words: String, beside point: ChartPoint, on grid: inout DotGrid) {
        guard let up = height(point.y), up >= 0, up <= 1 else { return }
        let row = grid.cellRow(Int(((1 - up) * Double(grid.rows - 1)).rounded()))
        _ = [0, -1, 1, -2, 2].first { drawLabel(displayScalars(words), in: row + $0, on: &grid) }
    }

    /// Writes a label into a row as far right as it is free, with a free cell on both sides.
    /// - Returns: whether there is room.
    private func drawLabel(_ label: [Unicode.Scalar], in row: Int, on grid: inout DotGrid) -> Bool {
        guard !label.isEmpty, label.count + 2 <= grid.width, row >= 0, row < grid.height else { return false }
        var free = 0
        for column in (0..<grid.width).reversed() {
            free = grid.isFree(column: column, row: row) ? free + 1 : 0
            guard free == label.count + 2 else { continue }
            // The blanks around the words belong to them.
            for (offset, scalar) in ([" "] + label + [" "]).enumerated() {
                grid.put(scalar, column: column + offset, row: row)
            }
            return true
        }
        return false
    }

    private func drawVerticalMark(_ value: Double, _ labels: [String], _ glyphs: GlyphSet, on grid: inout DotGrid) {
        guard let fraction = x.fraction(value),
            let column = Self.cellColumn(fraction, width: grid.width, glyphs: glyphs)
        else { return }
        let glyph: Unicode.Scalar = grid.isASCII ? ":" : "┊"
        _ = labels.first { drawLabel(displayScalars($0), beside: column, on: &grid) }
        for row in 0..<grid.height { grid.put(glyph, column: column, row: row) }
    }

    /// Writes a label beside a mark: in the first row with room to the right, else in the first with room to the left.
    /// - Returns: whether there is room.
    private func drawLabel(_ label: [Unicode.Scalar], beside column: Int, on grid: inout DotGrid) -> Bool {
        for start in [column + 2, column - 1 - label.count] where start >= 0 && start + label.count <= grid.width {
            for row in 0..<grid.height {
                // A free cell on both sides keeps the words apart from the curves.
                let around = max(0, start - 1)..<min(grid.width, start + label.count + 1)
                guard around.allSatisfy({ $0 == column || grid.isFree(column: $0, row: row) }) else { continue }
                for (offset, scalar) in label.enumerated() { grid.put(scalar, column: start + offset, row: row) }
                return true
            }
        }
        return false
    }
}
