import Cells
import CursesTerminal
import Themes

/// What the command line of `sitter train` asks for.
package struct TrainOptions: Sendable {
    package var config: String?
    package var runDirectory: String?
    package var isHeadless: Bool
    /// `KEY=VALUE` texts, in order.
    package var changes: [String]
    package var weights: String?
    package var log: String?
    package var commands: String?
    package var theme: String?
    package var colors: ColorDepth?
    package var isASCII: Bool
    /// What curves are made of, nil for what the terminal shows best.
    package var glyphs: GlyphSet?
    /// Runs to draw behind this one.
    package var compared: [String]
    /// A settings file in place of the person's usual one.
    package var settings: String?
    package var isReadOnly: Bool

    package init(_ arguments: ParsedArguments) throws(UsageError) {
        config = arguments.operands.first
        runDirectory = arguments.value("--run")
        isHeadless = arguments.has("--headless")
        changes = arguments.all("--set")
        weights = arguments.value("--weights")
        log = arguments.value("--log")
        commands = arguments.value("--commands")
        theme = arguments.value("--theme")
        isASCII = arguments.has("--ascii")
        compared = arguments.all("--compare")
        if let name = arguments.value("--glyphs") {
            guard let known = GlyphSet.named[name] else {
                throw UsageError("--glyphs: \"\(name)\" are no glyphs; write braille, blocks or ascii")
            }
            glyphs = known
        }
        settings = arguments.value("--settings")
        isReadOnly = arguments.has("--readonly")
        guard let depth = arguments.value("--colors") else {
            colors = nil
            return
        }
        guard let known = UserSettings.depths[depth] else {
            throw UsageError("--colors: \"\(depth)\" is no colour depth; write truecolor, 256, 16 or mono")
        }
        colors = known
    }
}
