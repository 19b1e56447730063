import Files
import Foundation
import Machine
import Plans
import Settings
import Training

/// A config with the changes of the command line, and the plan it makes.
package enum ConfigFile {
    /// Reads a config file, or the demo where there is none, and applies `KEY=VALUE` texts to it.
    package static func plan(_ path: String?, changes: [String]) throws -> RunPlan {
        try decoder(path).plan(settings(path, changes: changes))
    }

    /// A config as it is written, with `KEY=VALUE` texts applied to it.
    static func settings(_ path: String?, changes: [String]) throws -> Setting {
        var settings: Setting
        if let path {
            settings = try Setting.parse(FileBytes.read(path, limit: 64 << 20), file: path)
        } else {
            settings = try Setting.parse(text: DemoConfig.text, file: DemoConfig.file)
        }
        for change in changes { settings = try apply(change, to: settings) }
        return settings
    }

    /// What reads the config of a file: relative paths start from its folder.
    static func decoder(_ path: String?) -> PlanDecoder {
        PlanDecoder(folderOf: { file in
            // The command line's settings and the demo's are relative to the current folder.
            guard let path, file == path else { return "" }
            return path.folder
        })
    }

    /// `data.idx.images=FILE`: the value is JSON5, or a string where it does not parse.
    private static func apply(_ change: String, to settings: Setting) throws -> Setting {
        guard let equals = change.firstIndex(of: "="), equals != change.startIndex else {
            throw UsageError("--set \(change): KEY=VALUE is due, as in --set batchSize=32")
        }
        let key = String(change[..<equals])
        let text = String(change[change.index(after: equals)...])
        var value = Setting.parseOrString(text: text, file: "--set \(key)")
        // A name may look like a number: that of a job, or a date.
        if key == "name", case .number = value.value { value = Setting(.string(text), at: value.place) }
        return try settings.replacing(path: key, with: value)
    }
}
