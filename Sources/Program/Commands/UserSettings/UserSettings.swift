import Cells
import Dashboard
import Files
import Foundation
import Settings
import Themes

/// A person's habits, from `~/.config/sitter/config.json5`; what is absent is nil or the standard.
package struct UserSettings: Sendable {
    /// A name or a file, as `--theme` takes it.
    package var theme: String?
    package var colors: ColorDepth?
    package var glyphs: GlyphSet?
    /// Frames a second while somebody is at the keys.
    package var frameRate = 10.0
    /// Where the dashboard opens.
    package var screen: Screen?
    /// The share of the steps so far that lines are averaged over.
    package var smoothing: Double?
    /// Whether the loss has a logarithmic axis.
    package var logarithmicLoss: Bool?
    package var xAxis: ChartSettings.XAxis?
    /// What the terminal's bell rings for.
    package var bell: Set<BellOccasion> = [.notFinite]
    /// Whether the window's title tells how far the run is.
    package var title = true
    /// Whether what was looked at last is remembered.
    package var remembersView = true
    /// Steering keys do nothing.
    package var isReadOnly = false
    package var keys = KeyTable.standard

    package init() {}

    /// Reads the settings of this person.
    ///
    /// - Parameters:
    ///   - path: a file that has to be there; nil for the usual one, which need not.
    package static func load(
        _ path: String? = nil, folders: UserFolders = UserFolders()
    ) throws -> UserSettings {
        if let path { return try UserSettings(Setting.parse(FileBytes.read(path, limit: 1 << 20), file: path)) }
        guard let path = folders.settingsFile, FileManager.default.fileExists(atPath: path) else {
            return UserSettings()
        }
        return try UserSettings(Setting.parse(FileBytes.read(path, limit: 1 << 20), file: path))
    }
}
