/// One place of the screen: a glyph of display width 1 and its style.
package struct Cell: Hashable, Sendable {
    package var glyph: Unicode.Scalar
    package var style: Style

    package init(_ glyph: Unicode.Scalar, _ style: Style = .plain) {
        self.glyph = glyph
        self.style = style
    }

    /// A space in the terminal's own colours.
    package static let blank = Cell(" ")
}
