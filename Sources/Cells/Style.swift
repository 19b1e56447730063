/// How a cell looks: two colours and the attributes every terminal knows.
package struct Style: Hashable, Sendable {
    package var foreground: Color
    package var background: Color
    package var attributes: Attributes

    package init(
        foreground: Color = .terminalDefault, background: Color = .terminalDefault, attributes: Attributes = []
    ) {
        self.foreground = foreground
        self.background = background
        self.attributes = attributes
    }

    /// The terminal's own colours without attributes.
    package static let plain = Style()

    /// The same style with `added` attributes switched on.
    package func adding(_ added: Attributes) -> Style {
        var copy = self
        copy.attributes.formUnion(added)
        return copy
    }

    /// The same style on another background.
    package func on(_ background: Color) -> Style {
        var copy = self
        copy.background = background
        return copy
    }

    /// Bold, dim, underlined, reversed.
    package struct Attributes: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let bold = Attributes(rawValue: 1)
        package static let dim = Attributes(rawValue: 2)
        package static let underline = Attributes(rawValue: 4)
        package static let reverse = Attributes(rawValue: 8)
    }
}
