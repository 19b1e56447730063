import Cells
import Charts

/// The rows that a drawing leaves in a buffer of this size; trailing spaces and empty last rows are dropped.
func drawn(_ width: Int, _ height: Int, _ draw: (inout CellBuffer) -> Void) -> [String] {
    var buffer = CellBuffer(size: Size(width: width, height: height))
    draw(&buffer)
    var rows = buffer.text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    while rows.last == "" { rows.removeLast() }
    return rows
}

/// A style that tests can tell apart by number.
func style(_ number: UInt8) -> Style { Style(foreground: .indexed(number)) }

extension LineChart {
    /// A chart over 0...1 on both axes with layers in styles 1, 2, ...
    static func unit(_ layers: ChartLayer..., y: AxisScale = AxisScale(kind: .linear, low: 0, high: 1)) -> LineChart {
        LineChart(
            x: AxisScale(kind: .linear, low: 0, high: 1), y: y, layers: layers, graticule: style(9), label: style(8))
    }

    /// The rows of the chart in a plot that fills the buffer.
    func rows(_ width: Int, _ height: Int, _ glyphs: GlyphSet) -> [String] {
        drawn(width, height) {
            draw(into: &$0, plot: Rect(x: 0, y: 0, width: width, height: height), labels: nil, glyphs: glyphs)
        }
    }
}

/// Points of a series over equal steps of x from 0 to 1.
func points(_ values: Double...) -> [ChartPoint] {
    values.enumerated().map { ChartPoint(x: Double($0.offset) / Double(max(1, values.count - 1)), y: $0.element) }
}
