import Files
import Foundation
import Machine
import Settings
import Themes

/// Finds the themes of this machine and this person.
package enum InstalledThemes {
    /// A path to a file in btop's format, or the name of one: the person's, ours, or btop's.
    ///
    /// - Parameter option: what errors call the place that named it.
    package static func named(
        _ name: String, option: String = "--theme", folders: UserFolders = UserFolders()
    ) throws -> Theme {
        if let path = file(of: name, folders: folders) { return try theme(in: path) }
        let plain = plain(name)
        if plain == Theme.sitterDark.name { return .sitterDark }
        let known = names(folders: folders)
        let hint =
            Setting.nearestName(to: plain, in: known).map { "did you mean \($0)?" }
            ?? "known are \(known.joined(separator: ", ")), or give the path of a file"
        throw UsageError("\(option): there is no theme \"\(name)\"; \(hint)")
    }

    /// Reads a theme file of at most 1 MB.
    private static func theme(in path: String) throws -> Theme {
        try Theme(text: String(decoding: FileBytes.read(path, limit: 1_000_000), as: UTF8.self), file: path)
    }

    /// The file that a path or a name of a theme means; nil where there is none, as for the theme that is built in.
    package static func file(of name: String, folders: UserFolders = UserFolders()) -> String? {
        if name.contains("/") || name.hasSuffix(".theme") && FileStatus.exists(name) {
            return name
        }
        return Self.folders(folders).lazy.map { "\($0)/\(plain(name)).theme" }
            .first { FileStatus.exists($0) }
    }

    private static func plain(_ name: String) -> String {
        name.hasSuffix(".theme") ? String(name.dropLast(6)) : name
    }

    /// All themes by name, each once, in order.
    package static func names(folders: UserFolders = UserFolders()) -> [String] {
        let found = SharedFolder.names(in: Self.folders(folders), suffix: ".theme")
        return Set(found + [Theme.sitterDark.name]).sorted()
    }

    /// Where themes lie, nearest first: the person's, ours, and btop's own.
    private static func folders(_ user: UserFolders) -> [String] {
        user.themes + SharedFolder.candidates("themes") + ["/usr/local/share/btop/themes", "/usr/share/btop/themes"]
    }
}
