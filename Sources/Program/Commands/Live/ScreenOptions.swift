import Cells
import CursesTerminal
import Themes

/// What a command line asks for of the dashboard.
package struct ScreenOptions: Sendable {
    /// A theme's name or file; nil for the person's own.
    package var theme: String?
    /// How many colours are shown; nil for what the terminal has.
    package var colors: ColorDepth?
    /// Whether only ASCII characters are drawn.
    package var isASCII: Bool
    /// What curves are made of, nil for what the terminal shows best.
    package var glyphs: GlyphSet?
    /// A settings file in place of the person's usual one.
    package var settings: String?
    /// Whether keys that would change the run do nothing.
    package var isReadOnly: Bool

    /// The options of every command that opens the dashboard.
    package static let options = [
        CommandOption(
            "--theme", value: "THEME",
            "the dashboard's colours: a name of ours or of btop's, or a file in btop's format"),
        CommandOption("--colors", value: "DEPTH", "truecolor, 256, 16 or mono; found out without it"),
        CommandOption("--glyphs", value: "GLYPHS", "what curves are made of: braille, blocks or ascii"),
        CommandOption("--ascii", "draw with ASCII characters only"),
        CommandOption("--readonly", "only watch: keys that would change the run do nothing and say so"),
        CommandOption("--settings", value: "FILE", "your habits, in place of ~/.config/sitter/config.json5"),
    ]

    /// Takes the options' values.
    /// - Throws: one line with the words that would be right.
    package init(_ arguments: ParsedArguments) throws(UsageError) {
        theme = arguments.value("--theme")
        isASCII = arguments.has("--ascii")
        if let name = arguments.value("--glyphs") {
            guard let known = GlyphSet.named.first(where: { $0.key == name })?.value else {
                throw UsageError("--glyphs: \"\(name)\" are no glyphs; write braille, blocks or ascii")
            }
            glyphs = known
        }
        settings = arguments.value("--settings")
        isReadOnly = arguments.has("--readonly")
        if let depth = arguments.value("--colors") {
            guard let known = UserSettings.depths[depth] else {
                throw UsageError("--colors: \"\(depth)\" is no colour depth; write truecolor, 256, 16 or mono")
            }
            colors = known
        }
    }
}
