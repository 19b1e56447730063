/// One place of the screen: a glyph of display width 1 and its style.
@usableFromInline package struct Cell: Hashable, Sendable {
    /// What is shown, of display width 1: no control character, no combining one.
    @usableFromInline package var glyph: Unicode.Scalar
    /// The colours and attributes that it is shown in.
    @usableFromInline package var style: Style

    /// A glyph, in the terminal's own colours unless said.
    @inlinable package init(_ glyph: Unicode.Scalar, _ style: Style = .plain) {
        self.glyph = glyph
        self.style = style
    }

    /// A space in the terminal's own colours.
    @usableFromInline package static let blank = Cell(" ")
}
