import Cells

/// The ridge of a histogram: filled dots under its outline, and only the outline below a value if that is wanted.
package struct HistogramChart: Hashable, Sendable {
    /// How a count becomes a height.
    package enum Heights: Hashable, Sendable {
        case linear
        /// Square roots: small bins stay visible beside a peak.
        case squareRoot
    }

    /// One count a bin, from `low` to `high`; negative and NaN count as 0.
    package var counts: [Double]
    /// The lower edge of the first bin and the upper edge of the last one.
    package var low: Double
    /// The upper edge of the last bin.
    package var high: Double
    /// Bins below this value show as an outline without fill: what a ReLU will cut off.
    package var outlinedBelow: Double?
    /// How a count becomes a height; the largest fills the plot.
    package var heights: Heights
    /// The look of the dots that mark the ground where nothing stands.
    package var ground: Style

    package init(
        counts: [Double], low: Double, high: Double, outlinedBelow: Double? = nil, heights: Heights = .linear,
        ground: Style = .plain
    ) {
        self.counts = counts
        self.low = low
        self.high = high
        self.outlinedBelow = outlinedBelow
        self.heights = heights
        self.ground = ground
    }

    /// Draws the ridge into a rectangle; of the bins that share a column of dots the fullest shows.
    /// - Parameters:
    ///   - axis: the look of the value labels, which then take the last row.
    ///   - styles: the look of a column of cells by the value in its middle.
    package func draw(
        into buffer: inout CellBuffer, rect: Rect, glyphs: GlyphSet, axis: Style? = nil, styles: (Double) -> Style
    ) {
        guard !rect.intersection(buffer.bounds).isEmpty else { return }
        let plot = axis == nil ? rect : rect.split(top: rect.height - 1).top
        if let axis {
            let scale = AxisScale(kind: .linear, low: low, high: high)
            let ticks = Ticks.values(scale: scale, maximumCount: max(3, rect.width / 8))
            TickRow(ticks: ticks, scale: scale, width: rect.width, glyphs: glyphs, style: axis)
                .draw(into: &buffer, y: rect.endY - 1, plotX: rect.x, within: rect.x..<rect.endX)
        }
        guard !plot.isEmpty else { return }
        var grid = DotGrid(width: plot.width, height: plot.height, glyphs: glyphs)
        drawRidge(on: &grid)
        let groundGlyph: Unicode.Scalar = glyphs.isASCII ? "_" : glyphs.hasBraille ? "⡀" : "▁"
        for column in 0..<plot.width where grid.isFree(column: column, row: plot.height - 1) {
            buffer[plot.x + column, plot.endY - 1] = Cell(groundGlyph, ground)
        }
        grid.draw(into: &buffer, x: plot.x, y: plot.y) { _, column in
            styles(value(at: (Double(column) + 0.5) / Double(plot.width)))
        }
    }

    private func value(at fraction: Double) -> Double { low + fraction * (high - low) }

    /// The tops of the dot columns, as counts of dots from the ground.
    private func tops(columns: Int, rows: Int) -> [Int] {
        let sizes = Ramp.resampled(counts, to: columns).map { count -> Double in
            guard let count, count > 0 else { return 0 }
            return heights == .linear ? count : count.squareRoot()
        }
        let largest = sizes.max() ?? 0
        guard largest > 0 else { return sizes.map { _ in 0 } }
        return sizes.map { size in
            guard size > 0 else { return 0 }
            // Infinite counts fill the column, and the smallest count is still a dot.
            let share = largest.isFinite ? size / largest : size.isFinite ? 0 : 1
            return max(1, Int((share * Double(rows)).rounded()))
        }
    }

    private func drawRidge(on grid: inout DotGrid) {
        let tops = tops(columns: grid.columns, rows: grid.rows)
        var before = 0
        for (x, top) in tops.enumerated() {
            defer { before = top }
            let middle = value(at: (Double(x) + 0.5) / Double(grid.columns))
            let isOutlined = outlinedBelow.map { middle < $0 } ?? false
            if isOutlined {
                drawOutline(x, top, before: before, on: &grid)
            } else if grid.isASCII {
                drawBar(x, top, on: &grid)
            } else {
                for height in 0..<top { grid.set(x, grid.rows - 1 - height) }
            }
        }
    }

    /// The edge of the ridge: a dot at the top, and the riser between it and the column before.
    private func drawOutline(_ x: Int, _ top: Int, before: Int, on grid: inout DotGrid) {
        if top > 0 { grid.set(x, grid.rows - top, flags: top >= before ? DotGrid.rising : DotGrid.falling) }
        let lower = min(top, before)
        let upper = max(top, before)
        guard upper > lower + 1 else { return }
        for height in lower + 1..<upper {
            grid.set(x, grid.rows - height, flags: (top > before ? DotGrid.rising : DotGrid.falling) | DotGrid.steep)
        }
    }

    /// A bar in ASCII: full cells, then one that is full in quarters.
    private func drawBar(_ x: Int, _ top: Int, on grid: inout DotGrid) {
        let quarters: [Unicode.Scalar] = ["_", ".", ":", "#"]
        for row in 0..<(top + 3) / 4 {
            grid.put(quarters[min(4, top - row * 4) - 1], column: x, row: grid.height - 1 - row)
        }
    }
}
