import Cells

/// The dots of a plot and which layer owns each cell: braille has 2 x 4 dots a cell, blocks 2 x 2, ASCII 1 x 4.
///
/// Layers draw from the top-most down; the first one to touch a cell owns it, and those below it draw nothing there.
struct DotGrid {
    let width: Int
    let height: Int
    /// Kept as flags: asking an enum of another module costs a call a dot.
    let isASCII: Bool
    private let isBlocks: Bool
    /// The power of two of the dots down a cell.
    private let downShift: Int
    /// Dots across and down the whole plot.
    let columns: Int
    let rows: Int
    /// Per cell: one bit a dot, in braille's order, row by row (blocks) or (ASCII) from the top, then the flags.
    private var masks: [UInt8]
    /// Per cell: the layer number from 1, or 0 for nobody.
    private var owners: [UInt16]
    /// Per cell: a glyph that replaces the dots, or 0.
    private var scalars: [UInt32]
    /// The layer that draws now, from 1.
    var layer: UInt16 = 1

    /// The slope of the line through an ASCII cell, beside its four dots.
    static let rising: UInt8 = 0x10
    static let falling: UInt8 = 0x20
    static let steep: UInt8 = 0x40
    /// A fill instead of a line.
    static let fill: UInt8 = 0x80

    init(width: Int, height: Int, glyphs: GlyphSet) {
        self.width = width
        self.height = height
        isASCII = glyphs.isASCII
        isBlocks = !glyphs.isASCII && !glyphs.hasBraille
        downShift = isBlocks ? 1 : 2
        columns = width * DotGrid.dotsAcross(glyphs)
        rows = height * DotGrid.dotsDown(glyphs)
        masks = Array(repeating: 0, count: width * height)
        owners = Array(repeating: 0, count: width * height)
        scalars = Array(repeating: 0, count: width * height)
    }

    /// How many dots stand side by side in a cell.
    static func dotsAcross(_ glyphs: GlyphSet) -> Int { glyphs.isASCII ? 1 : 2 }

    /// How many dots stand above each other in a cell.
    static func dotsDown(_ glyphs: GlyphSet) -> Int { glyphs.isASCII || glyphs.hasBraille ? 4 : 2 }

    func cellColumn(_ x: Int) -> Int { isASCII ? x : x >> 1 }

    func cellRow(_ y: Int) -> Int { y >> downShift }

    /// Whether nothing stands in a cell of the plot.
    func isFree(column: Int, row: Int) -> Bool {
        column >= 0 && column < width && row >= 0 && row < height && owners[row * width + column] == 0
    }

    /// Whether a glyph stands in the cell of a dot.
    func hasGlyph(_ x: Int, _ y: Int) -> Bool { scalars[cellRow(y) * width + cellColumn(x)] != 0 }

    /// Sets a dot, unless an upper layer owns the cell.
    mutating func set(_ x: Int, _ y: Int, flags: UInt8 = 0) {
        guard x >= 0, x < columns, y >= 0, y < rows else { return }
        let index = cellRow(y) * width + cellColumn(x)
        let owner = owners[index]
        guard owner == 0 || owner == layer else { return }
        owners[index] = layer
        if isASCII {
            masks[index] |= 1 << UInt8(y & 3) | flags
        } else {
            masks[index] |= isBlocks ? 1 << UInt8(x & 1 | (y & 1) << 1) : DotGrid.brailleBit(x & 1, y & 3)
        }
    }

    /// Puts a glyph into a cell, unless an upper layer owns it.
    mutating func put(_ scalar: Unicode.Scalar, column: Int, row: Int) {
        guard column >= 0, column < width, row >= 0, row < height else { return }
        let index = row * width + column
        guard owners[index] == 0 || owners[index] == layer else { return }
        owners[index] = layer
        scalars[index] = scalar.value
    }

    /// Copies every owned cell into a buffer; what nobody owns stays as it was.
    func draw(into buffer: inout CellBuffer, x: Int, y: Int, style: (_ layer: Int, _ column: Int) -> Style) {
        for row in 0..<height {
            for column in 0..<width {
                let index = row * width + column
                guard owners[index] > 0 else { continue }
                buffer[x + column, y + row] = Cell(scalar(at: index), style(Int(owners[index]) - 1, column))
            }
        }
    }

    private func scalar(at index: Int) -> Unicode.Scalar {
        if scalars[index] != 0, let scalar = Unicode.Scalar(scalars[index]) { return scalar }
        let mask = masks[index]
        if isASCII { return DotGrid.asciiScalar(mask) }
        return isBlocks ? DotGrid.quadrants[Int(mask & 15)] : Unicode.Scalar(0x2800 + UInt32(mask)) ?? " "
    }

    /// Quarters of a cell, by the bits upper left, upper right, lower left, lower right.
    private static let quadrants: [Unicode.Scalar] = [
        " ", "▘", "▝", "▀", "▖", "▌", "▞", "▛", "▗", "▚", "▐", "▜", "▄", "▙", "▟", "█",
    ]

    private static func brailleBit(_ x: Int, _ y: Int) -> UInt8 {
        y == 3 ? 0x40 << UInt8(x) : 0x01 << UInt8(y + 3 * x)
    }

    /// The printable glyph nearest to four dots above each other and the slope through them.
    static func asciiScalar(_ mask: UInt8) -> Unicode.Scalar {
        if mask & fill != 0 { return mask & 0b0011 == 0 ? "." : mask & 0b1100 == 0 ? "'" : ":" }
        switch mask & 0x0F {
        case 0: return " "
        case 0b0001, 0b0011: return "'"
        // No dot: that is what dotted lines are made of.
        case 0b0010, 0b0100, 0b0110: return "-"
        case 0b1000, 0b1100: return "_"
        case 0b0101, 0b1001, 0b1010: return ":"
        default:
            if mask & steep != 0 { return "|" }
            switch mask & (rising | falling) {
            case rising: return "/"
            case falling: return "\\"
            default: return "|"
            }
        }
    }
}
