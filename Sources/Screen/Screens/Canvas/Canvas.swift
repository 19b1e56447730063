import Cells
import Charts
import Themes

/// What everything is drawn on: a buffer of cells, written to in text and spans of colour roles, clipped at its edges. It knows
/// colours, glyphs and the widths of words, and nothing of runs or panels.
struct Canvas {
    var buffer: CellBuffer
    let look: Look

    var size: Size { buffer.size }
    var palette: Palette { look.palette }
    var glyphs: GlyphSet { look.glyphs }

    /// An empty canvas.
    init(size: Size, look: Look) {
        buffer = CellBuffer(size: size, filledWith: Cell(" ", look.palette[.background]))
        self.look = look
    }

    // MARK: Text

    /// Writes text in a role, clipped to `limit` columns.
    /// - Returns: the column after the last one written.
    @discardableResult
    mutating func write(_ text: String, x: Int, y: Int, _ role: ColorRole = .text, limit: Int = .max) -> Int {
        buffer.write(look.shown(text), x: x, y: y, style: palette[role], limit: limit)
    }

    /// Writes text so that it ends just before `endX`.
    @discardableResult
    mutating func write(_ text: String, endX: Int, y: Int, _ role: ColorRole = .text) -> Int {
        buffer.write(look.shown(text), endX: endX, y: y, style: palette[role])
    }

    /// Writes spans one after the other.
    /// - Returns: the column after the last one written.
    @discardableResult
    mutating func write(_ spans: [Span], x: Int, y: Int, limit: Int = .max) -> Int {
        var column = x
        for span in spans {
            let left = limit == .max ? Int.max : max(0, limit - (column - x))
            column = write(span.text, x: column, y: y, span.role, limit: left)
        }
        return column
    }

    /// Writes spans so that the last one ends just before `endX`.
    @discardableResult
    mutating func write(_ spans: [Span], endX: Int, y: Int) -> Int {
        let start = endX - look.width(of: spans)
        write(spans, x: start, y: y)
        return start
    }

    /// Writes lines of spans inside a rectangle.
    mutating func write(_ lines: [[Span]], in rect: Rect) {
        for (row, line) in lines.enumerated() where row < rect.height {
            write(line, x: rect.x, y: rect.y + row, limit: rect.width)
        }
    }

    mutating func put(_ glyph: Unicode.Scalar, x: Int, y: Int, _ role: ColorRole) {
        buffer[x, y] = Cell(glyph, palette[role])
    }

    // MARK: Figures

    /// A figure in 6 columns; words for what is not finite stand out, what was not measured is a dash.
    mutating func drawFigure(_ value: Double, endX: Int, y: Int, isOdd: Bool = false) {
        if value.isNaN {
            write("–", endX: endX, y: y, .dimText)
        } else {
            write(FigureField.figure(value), endX: endX, y: y, value.isFinite ? (isOdd ? .warn : .text) : .bad)
        }
    }

    /// A share in 5 columns; quiet while it is healthy.
    mutating func drawShare(_ share: Double, isOdd: Bool, endX: Int, y: Int) {
        let role: ColorRole = isOdd ? .warn : share >= 0.2 ? .text : .dimText
        write(percent(share, width: 5), endX: endX, y: y, share.isNaN ? .dimText : role)
    }

    // MARK: Surfaces

    /// Gives what stands on the plain background the selection's; with neither colour it becomes bold where that is asked for.
    mutating func highlight(_ rect: Rect, orBold: Bool = false) {
        let background = palette[.selection].background
        let plain = palette[.background].background
        guard background != plain || orBold else { return }
        buffer.restyle(rect) { style in
            if background == plain { return style.adding(.bold) }
            return style.background == plain ? style.on(background) : style
        }
    }

    /// A block cursor of one cell.
    mutating func drawCursor(x: Int, y: Int) {
        let style = palette[.brightText].adding(.reverse)
        buffer.restyle(Rect(x: x, y: y, width: 1, height: 1)) { _ in style }
    }

    /// An empty box with a title in its border, in the middle of the screen where nothing else is said.
    /// - Returns: the inside, a blank column on both sides left out.
    mutating func box(_ title: String, width: Int, rows: Int, top: Int? = nil, left: Int? = nil) -> Rect {
        let columns = min(size.width, width + 4)
        let height = min(size.height, rows + 2)
        let bounds = Rect(
            x: left.map { max(0, $0) } ?? (size.width - columns) / 2, y: top ?? max(0, (size.height - height) / 2),
            width: columns, height: height)
        buffer.fill(bounds, with: Cell(" ", palette[.background]))
        var frame = Frame(bounds: bounds, style: palette[.focusFrame])
        frame.headings = [
            Frame.Heading(
                y: bounds.y, from: bounds.x, through: bounds.endX - 1, title: look.shown(title),
                titleStyle: palette[.title])
        ]
        frame.draw(into: &buffer, glyphs: glyphs)
        return bounds.inset(columns: 2, rows: 1)
    }

    /// A terminal of plain ASCII gets no other byte, whatever a run, a layer or a file is called.
    mutating func replaceOthers() {
        guard look.isASCII else { return }
        for y in 0..<size.height {
            for x in 0..<size.width where buffer[x, y].glyph.value >= 0x7F {
                buffer[x, y].glyph = asciiGlyph(buffer[x, y].glyph)
            }
        }
    }
}
