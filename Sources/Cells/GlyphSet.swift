/// Which glyphs a terminal can show.
package enum GlyphSet: Hashable, Sendable {
    /// Braille, blocks and box drawing.
    case unicode
    /// The printable part of ASCII.
    case ascii
}
