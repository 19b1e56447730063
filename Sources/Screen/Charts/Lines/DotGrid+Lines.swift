extension DotGrid {
    /// A place in dots, from the upper left dot at (0, 0); may lie outside of the plot.
    struct Place {
        var x: Double
        var y: Double
    }

    /// Draws the part of a segment that lies in the plot.
    mutating func segment(from start: Place, to end: Place, dash: LineDash) {
        guard let (from, to) = contains(start) && contains(end) ? (start, end) : clipped(start, end) else { return }
        var (x, y) = (Self.nearest(from.x), Self.nearest(from.y))
        let (endX, endY) = (Self.nearest(to.x), Self.nearest(to.y))
        let width = abs(endX - x)
        let height = abs(endY - y)
        let (stepX, stepY) = (endX < x ? -1 : 1, endY < y ? -1 : 1)
        // Dashes run along the longer side, so that a drop has gaps as well as a slope.
        let alongX = height <= 3 * width
        let flags: UInt8 =
            height == 0
            ? 0 : (stepX == stepY ? DotGrid.falling : DotGrid.rising) | (height > 7 * width ? DotGrid.steep : 0)
        // Bresenham's line: `error` is the distance from the ideal line, scaled by both sides.
        var error = width - height
        while true {
            if isInked(dash, phase: alongX ? x : isASCII ? cellRow(y) : y) {
                if isASCII, dash != .solid {
                    let slope: Unicode.Scalar = flags & DotGrid.steep != 0 ? "|" : stepX == stepY ? "\\" : "/"
                    stroke(x, y, dash, slope: alongX ? nil : slope)
                } else {
                    set(x, y, flags: flags)
                }
            }
            if x == endX, y == endY { return }
            let doubled = 2 * error
            if doubled > -height {
                error -= height
                x += stepX
            }
            if doubled < width {
                error += width
                y += stepY
            }
        }
    }

    /// Draws a part of a broken line in ASCII: with the glyph that its legend has, wherever in the cell the line runs, for a
    /// dot at a cell's ground would be that of another line.
    mutating func stroke(_ x: Int, _ y: Int, _ dash: LineDash, slope: Unicode.Scalar? = nil) {
        put(dash == .dotted ? "." : slope ?? "-", column: cellColumn(x), row: cellRow(y))
    }

    /// Whether a dash leaves a dot at a distance along the line.
    func isInked(_ dash: LineDash, phase: Int) -> Bool {
        switch dash {
        case .solid: true
        case .dashed: isASCII ? phase % 2 == 0 : phase % 6 < 3
        case .dotted: phase % 3 == 0
        }
    }

    private func contains(_ place: Place) -> Bool {
        place.x >= 0 && place.y >= 0 && place.x <= Double(columns - 1) && place.y <= Double(rows - 1)
    }

    /// The dot nearest to a place in the plot. `rounded()` is a call, this is not.
    private static func nearest(_ place: Double) -> Int { Int(place + 0.5) }

    /// The part of a segment inside of the plot (Liang and Barsky, 1984).
    private func clipped(_ start: Place, _ end: Place) -> (Place, Place)? {
        let (lastX, lastY) = (Double(columns - 1), Double(rows - 1))
        let (dx, dy) = (end.x - start.x, end.y - start.y)
        var first = 0.0
        var last = 1.0

        /// Narrows `first...last` to where one side of the plot lets the segment through.
        func narrow(_ slope: Double, _ room: Double) -> Bool {
            if slope == 0 { return room >= 0 }
            let crossing = room / slope
            if slope < 0 { first = max(first, crossing) } else { last = min(last, crossing) }
            return first <= last
        }

        guard narrow(-dx, start.x), narrow(dx, lastX - start.x), narrow(-dy, start.y), narrow(dy, lastY - start.y)
        else { return nil }
        return (
            Place(x: start.x + first * dx, y: start.y + first * dy),
            Place(x: start.x + last * dx, y: start.y + last * dy)
        )
    }
}
