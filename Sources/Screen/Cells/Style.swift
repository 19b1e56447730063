/// How a cell looks: two colours and the attributes every terminal knows.
@usableFromInline package struct Style: Hashable, Sendable {
    /// The colour of the glyph.
    @usableFromInline package var foreground: Color
    /// The colour behind it.
    @usableFromInline package var background: Color
    /// What the glyph is besides: bold, underlined and so on.
    @usableFromInline package var attributes: Attributes

    @inlinable package init(
        foreground: Color = .terminalDefault, background: Color = .terminalDefault, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own colours without attributes.
    @usableFromInline package static let plain = Style()

    /// The same style with `added` attributes switched on.
    @inlinable package func adding(_ added: Attributes) -> Style {
        var copy = self
        copy.attributes.formUnion(added)
        return copy
    }

    /// The same style on another background.
    @inlinable package func on(_ background: Color) -> Style {
        var copy = self
        copy.background = background
        return copy
    }

    /// Bold, dim, underlined, reversed.
    @usableFromInline package struct Attributes: OptionSet, Hashable, Sendable {
        @usableFromInline package let rawValue: UInt8

        @inlinable package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// Brighter or heavier strokes, as the terminal has it.
        package static let bold = Attributes(rawValue: 1)
        /// Fainter than usual.
        package static let dim = Attributes(rawValue: 2)
        /// A line below.
        package static let underline = Attributes(rawValue: 4)
        /// The two colours exchanged.
        package static let reverse = Attributes(rawValue: 8)
    }
}
