import Cells
import CursesTerminal
import Foundation
import Themes

/// What the dashboard will be drawn with; made before anything runs, so that a theme that does not parse stops everything.
struct ScreenChoice {
    let capabilities: TerminalCapabilities
    let palette: Palette
    let glyphs: GlyphSet

    /// Nil where there is to be no dashboard: asked so, no terminal, or one that cannot place its cursor.
    init?(_ options: TrainOptions) throws {
        let theme = try options.theme.map { try ThemeFile.named($0) } ?? .sitterDark
        guard !options.isHeadless, options.log != "-", isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1,
            var found = TerminalCapabilities.detect(environment: ProcessInfo.processInfo.environment)
        else { return nil }
        if let asked = options.colors { found.colors = Self.colors(asked) }
        if options.isASCII || options.glyphs == .ascii {
            found.glyphs = .ascii
        } else if let asked = options.glyphs {
            found.glyphs = asked
        }
        capabilities = found
        glyphs = found.glyphs
        palette = Palette(theme: theme, depth: Self.depth(found.colors))
    }

    private static func colors(_ depth: ColorDepth) -> TerminalCapabilities.Colors {
        switch depth {
        case .mono: .none
        case .ansi16: .ansi16
        case .palette256: .palette256
        case .trueColor: .trueColor
        }
    }

    private static func depth(_ colors: TerminalCapabilities.Colors) -> ColorDepth {
        switch colors {
        case .none: .mono
        case .ansi16: .ansi16
        case .palette256: .palette256
        case .trueColor: .trueColor
        }
    }
}
