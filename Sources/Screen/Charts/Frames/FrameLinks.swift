import Cells

/// Which neighbours each cell of a frame is joined to.
struct FrameLinks {
    static let up: UInt8 = 1
    static let right: UInt8 = 2
    static let down: UInt8 = 4
    static let left: UInt8 = 8

    let bounds: Rect
    private var links: [UInt8]

    init(bounds: Rect) {
        self.bounds = bounds
        links = Array(repeating: 0, count: bounds.width * bounds.height)
    }

    /// Adds a ruling; its part outside of the bounds is left out.
    mutating func add(_ ruling: Frame.Ruling) {
        switch ruling {
        case .horizontal(let y, let from, let through):
            let (first, last) = (max(bounds.x, min(from, through)), min(bounds.endX - 1, max(from, through)))
            guard first < last else { return }
            for x in first..<last {
                join(x, y, FrameLinks.right)
                join(x + 1, y, FrameLinks.left)
            }
        case .vertical(let x, let from, let through):
            let (first, last) = (max(bounds.y, min(from, through)), min(bounds.endY - 1, max(from, through)))
            guard first < last else { return }
            for y in first..<last {
                join(x, y, FrameLinks.down)
                join(x, y + 1, FrameLinks.up)
            }
        }
    }

    private mutating func join(_ x: Int, _ y: Int, _ link: UInt8) {
        guard bounds.contains(x: x, y: y) else { return }
        links[(y - bounds.y) * bounds.width + x - bounds.x] |= link
    }

    /// The places of a ruling inside of the bounds.
    func cells(of ruling: Frame.Ruling) -> [(x: Int, y: Int)] {
        switch ruling {
        case .horizontal(let y, let from, let through):
            let (first, last) = (max(bounds.x, min(from, through)), min(bounds.endX - 1, max(from, through)))
            guard y >= bounds.y, y < bounds.endY, first <= last else { return [] }
            return (first...last).map { ($0, y) }
        case .vertical(let x, let from, let through):
            let (first, last) = (max(bounds.y, min(from, through)), min(bounds.endY - 1, max(from, through)))
            guard x >= bounds.x, x < bounds.endX, first <= last else { return [] }
            return (first...last).map { (x, $0) }
        }
    }

    /// The glyph of a cell, nil where no line is.
    func glyph(x: Int, y: Int, glyphs: GlyphSet) -> Unicode.Scalar? {
        let links = links[(y - bounds.y) * bounds.width + x - bounds.x]
        return glyphs.isASCII ? FrameLinks.asciiGlyph(links) : FrameLinks.unicodeGlyph(links)
    }

    static func unicodeGlyph(_ links: UInt8) -> Unicode.Scalar? {
        switch links {
        case 0: nil
        case up, down, up | down: "│"
        case left, right, left | right: "─"
        case down | right: "╭"
        case down | left: "╮"
        case up | right: "╰"
        case up | left: "╯"
        case up | down | right: "├"
        case up | down | left: "┤"
        case down | left | right: "┬"
        case up | left | right: "┴"
        default: "┼"
        }
    }

    static func asciiGlyph(_ links: UInt8) -> Unicode.Scalar? {
        switch links {
        case 0: nil
        case up, down, up | down: "|"
        case left, right, left | right: "-"
        default: "+"
        }
    }
}
