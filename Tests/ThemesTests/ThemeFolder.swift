import Foundation
import Themes

/// The theme files of this repository.
enum ThemeFolder {
    static let names = ["sitter-dark", "sitter-light", "sitter-contrast"]

    static func path(_ name: String) -> String {
        URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "themes/\(name).theme").path
    }

    static func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    static func theme(_ name: String) throws -> Theme { try Theme(contentsOfFile: path(name)) }
}
