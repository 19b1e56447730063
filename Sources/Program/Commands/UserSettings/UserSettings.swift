import Cells
import Dashboard
import Files
import Machine
import Settings
import Themes

/// A person's habits, from `~/.config/sitter/config.json5`; what is absent is nil or the standard.
package struct UserSettings: Sendable {
    /// A name or a file, as `--theme` takes it.
    package var theme: String?
    /// How many colours are shown; nil for what the terminal has.
    package var colors: ColorDepth?
    /// What curves are made of; nil for what the terminal shows best.
    package var glyphs: GlyphSet?
    /// Frames a second while somebody is at the keys.
    package var frameRate = 10.0
    /// Where the dashboard opens.
    package var screen: Screen?
    /// The share of the steps so far that lines are averaged over.
    package var smoothing: Double?
    /// Whether the loss has a logarithmic axis.
    package var logarithmicLoss: Bool?
    /// What the x axes count; nil for steps.
    package var xAxis: ChartSettings.XAxis?
    /// Whether the mouse is the dashboard's; else the terminal selects text with it.
    package var mouse: Bool?
    /// What the terminal's bell rings for.
    package var bell: Set<BellOccasion> = [.notFinite]
    /// Whether the window's title tells how far the run is.
    package var title = true
    /// Whether what was looked at last is remembered.
    package var remembersView = true
    /// Steering keys do nothing.
    package var isReadOnly = false
    /// Whether every training keeps its run in a folder under `runs`, as with `--save`.
    package var saves = false
    /// What a run with a directory does when its terminal goes.
    package var onHangup = Hangup.detach
    /// What each key does, with the person's changes.
    package var keys = KeyTable.standard

    /// The habits of somebody who wrote no file.
    package init() {}

    /// Reads the settings of this person.
    ///
    /// - Parameters:
    ///   - path: a file that has to be there; nil for the usual one, which need not.
    package static func load(
        _ path: String? = nil, folders: UserFolders = UserFolders()
    ) throws -> UserSettings {
        if let path { return try UserSettings(Setting.parse(FileBytes.read(path, limit: 1 << 20), file: path)) }
        guard let path = folders.settingsFile, FileStatus.exists(path) else {
            return UserSettings()
        }
        return try UserSettings(Setting.parse(FileBytes.read(path, limit: 1 << 20), file: path))
    }
}
