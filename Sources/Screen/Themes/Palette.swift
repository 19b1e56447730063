import Cells

/// A theme at the depth of a terminal: ready styles for drawing.
package struct Palette: Hashable, Sendable {
    /// How many colours the styles use.
    package let depth: ColorDepth
    private let styles: [Style]
    private let heatStyles: [Style]
    private let heatMapStyles: [Style]
    private let neverStyles: [Style]

    /// Steps of the ramps; finer differences nobody sees.
    private static let steps = 64

    /// The styles of a theme, each reduced to the depth. O(roles + steps of the ramps).
    package init(theme: Theme, depth: ColorDepth) {
        self.depth = depth
        // In order of declaration, as `place` counts.
        styles = ColorRole.allCases.map { Self.style($0, theme, depth) }
        precondition(ColorRole.allCases.map(\.place) == Array(ColorRole.allCases.indices), "a role has lost its place")
        let background = depth <= .ansi16 ? Color.terminalDefault : depth.reduce(theme[.background])
        heatStyles = (0..<Self.steps).map {
            Self.ramp(theme.heat, AnsiColors.heat(light: theme.isLight), $0, depth).on(background)
        }
        heatMapStyles = (0..<Self.steps).map {
            Self.ramp(theme.heatMap, AnsiColors.heat(light: theme.isLight), $0, depth).on(background)
        }
        neverStyles = (0..<Self.steps).map {
            Self.ramp(theme.never, AnsiColors.never(light: theme.isLight), $0, depth).on(background)
        }
    }

    /// How a role looks: its colour on the theme's background.
    package subscript(role: ColorRole) -> Style {
        styles[role.place]
    }

    /// The style of a role for a curve or a stroke, which whole cells in reverse would bury, and lines below its cells make a
    /// ladder of.
    package func line(_ role: ColorRole) -> Style {
        var style = self[role]
        style.attributes.remove([.reverse, .underline])
        return style
    }

    /// The colour of a heat strip at a share of its range, clamped to 0...1; NaN counts as 0.
    package func heat(_ share: Double) -> Style { heatStyles[Self.step(share)] }

    /// The colour of a heat map at a share of its range, clamped to 0...1: it begins at the background's, where that is known. NaN
    /// counts as 0.
    package func heatMap(_ share: Double) -> Style { heatMapStyles[Self.step(share)] }

    /// The colour of a never-fire strip at a share of units, clamped to 0...1; NaN counts as 0.
    package func never(_ share: Double) -> Style { neverStyles[Self.step(share)] }

    private static func step(_ share: Double) -> Int {
        share > 0 ? Int(min(share, 1) * Double(steps - 1) + 0.5) : 0
    }

    private static func style(_ role: ColorRole, _ theme: Theme, _ depth: ColorDepth) -> Style {
        switch depth {
        case .mono: return Style(attributes: MonoAttributes.of(role))
        case .ansi16: return AnsiColors.style(role, light: theme.isLight)
        case .palette256, .trueColor:
            let background = depth.reduce(theme[.background])
            let color = depth.reduce(theme[role])
            switch role {
            case .selection:
                // On the terminal's own colours only turning them over is seen.
                guard color != .terminalDefault else { return Style(attributes: .reverse) }
                return Style(
                    foreground: depth.reduce(theme[.text]), background: selection(color, theme, depth, on: background))
            case .background: return Style(foreground: depth.reduce(theme[.text]), background: background)
            case .brightText, .title, .focusFrame:
                return Style(
                    foreground: color, background: background, attributes: color == .terminalDefault ? .bold : [])
            case .dimText, .frame:
                return Style(
                    foreground: color, background: background, attributes: color == .terminalDefault ? .dim : [])
            default: return Style(foreground: color, background: background)
            }
        }
    }

    /// The row under the cursor, moved towards the text where few colours would make it one with the background.
    private static func selection(_ color: Color, _ theme: Theme, _ depth: ColorDepth, on background: Color) -> Color {
        guard color == background, let wanted = Components(theme[.selection]) else { return color }
        let text = Components(theme[.text]) ?? (theme.isLight ? Components(0, 0, 0) : Components(255, 255, 255))
        for step in 1...10 {
            let moved = depth.reduce(wanted.mixed(with: text, share: 0.05 * Double(step)).color)
            if moved != background { return moved }
        }
        return color
    }

    private static func ramp(_ stops: [Components], _ ansi: [Style], _ step: Int, _ depth: ColorDepth) -> Style {
        let share = Double(step) / Double(steps - 1)
        switch depth {
        case .mono: return Style(attributes: share < 0.34 ? .dim : share < 0.67 ? [] : .bold)
        case .ansi16: return ansi[min(Int(share * Double(ansi.count)), ansi.count - 1)]
        case .palette256, .trueColor:
            let place = share * Double(stops.count - 1)
            let index = min(Int(place), stops.count - 2)
            let color = stops[index].mixed(with: stops[index + 1], share: place - Double(index))
            return Style(foreground: depth.reduceRamp(color.color))
        }
    }
}

extension ColorRole {
    /// The place in `allCases`. Spelled out, because a lookup by the raw text costs more than drawing a cell.
    fileprivate var place: Int {
        switch self {
        case .train: 0
        case .validation: 1
        case .best: 2
        case .rate: 3
        case .planned: 4
        case .ghost: 5
        case .raw: 6
        case .you: 7
        case .warn: 8
        case .bad: 9
        case .good: 10
        case .key: 11
        case .text: 12
        case .brightText: 13
        case .dimText: 14
        case .frame: 15
        case .focusFrame: 16
        case .title: 17
        case .selection: 18
        case .background: 19
        }
    }
}
