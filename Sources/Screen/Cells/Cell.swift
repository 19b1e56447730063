/// One place of the screen: a glyph and its style.
@usableFromInline package struct Cell: Hashable, Sendable {
    /// What is shown, no control character and no combining one: of display width 1, or of width 2 before a `secondHalf`.
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

    /// The glyph of the place that the wide letter before it covers too.
    package static let secondHalf: Unicode.Scalar = "\0"
}
