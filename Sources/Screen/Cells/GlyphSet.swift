/// Which glyphs a terminal can show.
@usableFromInline package enum GlyphSet: Hashable, Sendable, CaseIterable {
    /// Braille, blocks and box drawing.
    case unicode
    /// Blocks and box drawing, for fonts whose braille is missing or hard to read.
    case blocks
    /// The printable part of ASCII.
    case ascii

    /// By the words that options, settings and commands take.
    package static let named: KeyValuePairs<String, GlyphSet> = [
        "ascii": .ascii, "blocks": .blocks, "braille": .unicode,
    ]

    /// Whether nothing but ASCII may be drawn.
    @inlinable package var isASCII: Bool {
        switch self {
        case .ascii: true
        case .unicode, .blocks: false
        }
    }

    /// Whether curves are dots of braille.
    @inlinable package var hasBraille: Bool {
        switch self {
        case .unicode: true
        case .blocks, .ascii: false
        }
    }
}
