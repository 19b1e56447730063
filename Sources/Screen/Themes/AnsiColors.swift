import Cells

/// Roles in the 16 colours that every terminal shows in its own way.
///
/// The nearest entries of a palette nobody can see would put several roles on the same one, so each has its place here, on the
/// terminal's own background.
enum AnsiColors {
    static func style(_ role: ColorRole, light: Bool) -> Style {
        switch role {
        case .train: color(4, light)
        case .validation: Style(foreground: .indexed(3))
        case .best, .good: color(2, light)
        case .rate: color(6, light)
        case .planned: Style(foreground: .indexed(6), attributes: light ? .dim : [])
        case .ghost: Style(foreground: .indexed(5), attributes: .dim)
        // Grey, not a fainter blue: many terminals show dim as it is, and 4 and 12 alike.
        case .raw: Style(foreground: .indexed(8))
        case .you: color(5, light)
        case .warn: light ? Style(foreground: .indexed(3), attributes: .bold) : Style(foreground: .indexed(11))
        case .bad: color(1, light)
        case .key: Style(foreground: .indexed(3), attributes: .bold)
        case .text, .background: .plain
        case .brightText, .title: Style(attributes: .bold)
        case .dimText: Style(attributes: .dim)
        case .frame: Style(foreground: .indexed(8))
        case .focusFrame: .plain
        case .selection: Style(attributes: .reverse)
        }
    }

    static func heat(light: Bool) -> [Style] {
        (light ? [7, 14, 6, 4] : [4, 12, 14, 15]).map { Style(foreground: .indexed($0)) }
    }

    static func never(light: Bool) -> [Style] {
        light
            ? [Style(foreground: .indexed(11)), Style(foreground: .indexed(3)), Style(foreground: .indexed(1))]
            : [
                Style(foreground: .indexed(3), attributes: .dim), Style(foreground: .indexed(3)),
                Style(foreground: .indexed(11)),
            ]
    }

    /// One of the six colours, in its bright form on dark backgrounds.
    private static func color(_ index: UInt8, _ light: Bool) -> Style {
        Style(foreground: .indexed(light ? index : index + 8))
    }
}
