import Cells

/// Series over one x axis as dots, with marks, ticks and a graticule; a pure value, drawn whole each frame.
///
/// The top-most layer that touches a cell owns it, and lower layers leave it clear, so that every cell has one colour and one
/// meaning. Values outside of the y range are arrows at the edge, never lines along it.
package struct LineChart: Hashable, Sendable {
    /// Which values lie between the left and the right edge.
    package var x: AxisScale
    /// Which values lie between the lower and the upper edge.
    package var y: AxisScale
    /// Top-most first.
    package var layers: [ChartLayer]
    /// Where on the x axis the graticule has its dots, none in the first column; their labels are the frame's.
    package var xTicks: [Double]
    /// Where on the y axis the graticule has its dots, and the labels beside them.
    package var yTicks: [Tick]
    /// The look of the graticule's dots.
    package var graticule: Style
    /// The look of the labels of the y axis.
    package var label: Style

    package init(
        x: AxisScale, y: AxisScale, layers: [ChartLayer], xTicks: [Double] = [], yTicks: [Tick] = [],
        graticule: Style = .plain, label: Style = .plain
    ) {
        self.x = x
        self.y = y
        self.layers = layers
        self.xTicks = xTicks
        self.yTicks = yTicks
        self.graticule = graticule
        self.label = label
    }

    /// How many columns of dots a plot has: 2 a cell in braille and blocks, 1 in ASCII.
    package static func dotColumns(width: Int, glyphs: GlyphSet) -> Int {
        max(0, width) * DotGrid.dotsAcross(glyphs)
    }

    /// How far beyond its end a value still lies on an axis: ends and ticks are rounded each for itself.
    static let tolerance = 1e-9

    /// The cell column of a fraction of the x axis, from 0; nil outside of the plot.
    package static func cellColumn(_ fraction: Double, width: Int, glyphs: GlyphSet) -> Int? {
        let dots = dotColumns(width: width, glyphs: glyphs)
        guard dots > 0, fraction > -Self.tolerance, fraction < 1 + Self.tolerance else { return nil }
        return Int((min(1, max(0, fraction)) * Double(dots - 1)).rounded()) / DotGrid.dotsAcross(glyphs)
    }

    /// The cell row of a fraction of the y axis, from the top; nil outside of the plot.
    package static func cellRow(_ fraction: Double, height: Int, glyphs: GlyphSet = .unicode) -> Int? {
        guard height > 0, fraction > -Self.tolerance, fraction < 1 + Self.tolerance else { return nil }
        let dots = DotGrid.dotsDown(glyphs)
        return Int(((1 - min(1, max(0, fraction))) * Double(height * dots - 1)).rounded()) / dots
    }

    /// Draws the chart.
    /// - Parameters:
    ///   - plot: the cells of the curves; only cells with something in them are written.
    ///   - labels: the columns of the y labels, right-aligned in the plot's rows; a label that is too wide is left out.
    package func draw(into buffer: inout CellBuffer, plot: Rect, labels: Rect?, glyphs: GlyphSet) {
        guard !plot.intersection(buffer.bounds).isEmpty else { return }
        var grid = DotGrid(width: plot.width, height: plot.height, glyphs: glyphs)
        for (index, layer) in layers.prefix(Int(UInt16.max)).enumerated() {
            grid.layer = UInt16(index + 1)
            draw(layer, glyphs: glyphs, on: &grid)
        }
        let styles = layers.map(\.style)
        grid.draw(into: &buffer, x: plot.x, y: plot.y) { layer, _ in styles[layer] }
        drawTicks(into: &buffer, plot: plot, labels: labels, glyphs: glyphs, grid: grid)
    }

    private func drawTicks(into buffer: inout CellBuffer, plot: Rect, labels: Rect?, glyphs: GlyphSet, grid: DotGrid) {
        let dot = Cell(glyphs.isASCII ? "." : "·", graticule)
        var labelled = -1
        for tick in yTicks {
            guard let fraction = y.fraction(tick.value),
                let row = Self.cellRow(fraction, height: plot.height, glyphs: glyphs)
            else { continue }
            for value in xTicks {
                guard let place = x.fraction(value),
                    let column = Self.cellColumn(place, width: plot.width, glyphs: glyphs),
                    column > 0, grid.isFree(column: column, row: row)
                else { continue }
                buffer[plot.x + column, plot.y + row] = dot
            }
            if let labels, row != labelled, displayWidth(tick.label) <= labels.width {
                buffer.write(tick.label, endX: labels.endX, y: plot.y + row, style: label)
                labelled = row
            }
        }
    }
}
