import Cells
import CursesTerminal
import Dashboard
import Foundation
import Themes

/// What the dashboard will be drawn with; made before anything runs, so that a theme or settings that do not parse stop
/// everything.
struct ScreenChoice {
    let capabilities: TerminalCapabilities
    let theme: Theme
    let glyphs: GlyphSet
    let settings: UserSettings
    let isReadOnly: Bool
    let memory: ViewMemory
    /// What was remembered, under what the settings say.
    let view: RememberedView

    /// Nil where there is to be no dashboard: asked so, no terminal, or one that cannot place its cursor.
    /// - Parameter isWanted: whether the dashboard is asked for at all.
    init?(_ options: ScreenOptions, isWanted: Bool = true) throws {
        // What the command line names has to be right even where nobody will see it.
        let asked = try options.theme.map { try InstalledThemes.named($0) }
        let given = try options.settings.map { try UserSettings.load($0) }
        let environment = ProcessInfo.processInfo.environment
        guard isWanted, isatty(STDIN_FILENO) == 1, isatty(STDOUT_FILENO) == 1 else {
            return nil
        }
        guard var found = TerminalCapabilities.detect(environment: environment) else {
            // Who sits at a terminal expects the dashboard.
            let name = environment["TERM"] ?? ""
            let reason = name.isEmpty ? "TERM is not set" : "TERM=\(OneLine.of(name)) is no terminal to draw on"
            FileHandle.standardError.say("sitter: no dashboard, \(reason); TERM=xterm-256color suits most\n")
            return nil
        }
        let folders = UserFolders()
        settings = try given ?? UserSettings.load()
        memory = ViewMemory(path: settings.remembersView ? folders.viewFile : nil)
        var view = memory.load()
        // A remembered theme may have gone meanwhile.
        let remembered = settings.theme == nil ? view.theme.flatMap { try? InstalledThemes.named($0) } : nil
        theme =
            try asked ?? settings.theme.map { try InstalledThemes.named($0, option: "the settings' theme") }
            ?? remembered
            ?? .sitterDark
        view.screen = settings.screen ?? view.screen
        view.smoothing = settings.smoothing ?? view.smoothing
        view.logarithmicLoss = settings.logarithmicLoss ?? view.logarithmicLoss
        view.xAxis = settings.xAxis ?? view.xAxis
        view.mouse = settings.mouse ?? view.mouse
        self.view = view
        let hasNoColor = !(environment["NO_COLOR"] ?? "").isEmpty
        // NO_COLOR is for this moment, the settings for all: only the command line is stronger.
        if let depth = options.colors ?? (hasNoColor ? nil : settings.colors) { found.colors = depth }
        if let glyphs = options.isASCII ? .ascii : options.glyphs ?? settings.glyphs { found.glyphs = glyphs }
        capabilities = found
        glyphs = found.glyphs
        isReadOnly = options.isReadOnly || settings.isReadOnly
    }
}
