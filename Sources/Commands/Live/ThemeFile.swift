import Foundation
import Themes

/// Finds the theme that a person names.
package enum ThemeFile {
    /// A path to a file in btop's format, or the name of one in `themes/`: beside the program, or where it was installed.
    package static func named(_ name: String) throws -> Theme {
        if name.contains("/") || name.hasSuffix(".theme") {
            return try Theme(contentsOfFile: name)
        }
        for folder in folders {
            let path = "\(folder)/\(name).theme"
            guard FileManager.default.fileExists(atPath: path) else { continue }
            return try Theme(contentsOfFile: path)
        }
        let known = SharedFolder.names(in: folders, suffix: ".theme")
        throw UsageError(
            "--theme: there is no theme \"\(name)\"; "
                + (known.isEmpty ? "give the path of a file" : "known are \(known.joined(separator: ", "))"))
    }

    /// Where themes lie: ours, and btop's own.
    private static var folders: [String] { SharedFolder.candidates("themes") + ["/usr/share/btop/themes"] }
}
