/// One place of the screen: a glyph of display width 1 and its style.
@usableFromInline package struct Cell: Hashable, Sendable {
    @usableFromInline package var glyph: Unicode.Scalar
    @usableFromInline package var style: Style

    @inlinable package init(_ glyph: Unicode.Scalar, _ style: Style = .plain) {
        self.glyph = glyph
        self.style = style
    }

    /// A space in the terminal's own colours.
    @usableFromInline package static let blank = Cell(" ")
}
