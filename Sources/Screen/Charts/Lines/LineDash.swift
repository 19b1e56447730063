import Cells

/// How a line is broken, so that series differ without colours.
package enum LineDash: Hashable, Sendable {
    case solid
    /// Strokes as long as the gaps between them: what is planned.
    case dashed
    /// Single dots: what was given up.
    case dotted

    /// The line as a legend shows it, 2 columns wide (dashed: 3).
    package func sample(glyphs: GlyphSet) -> String {
        switch (self, glyphs) {
        case (.solid, .unicode): "⠤⠤"
        case (.dashed, .unicode): "⠤ ⠤"
        case (.dotted, .unicode): "⠂⠂"
        case (.solid, .blocks): "▄▄"
        case (.dashed, .blocks): "▄ ▄"
        case (.dotted, .blocks): "▖▖"
        case (.solid, .ascii): "--"
        case (.dashed, .ascii): "- -"
        case (.dotted, .ascii): ".."
        }
    }
}
