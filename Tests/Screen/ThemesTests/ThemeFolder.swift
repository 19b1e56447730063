import Foundation
import TestSupport
import Themes

/// The theme files of this repository.
enum ThemeFolder {
    static let root = SourceTree.root

    /// All of them, in order.
    static let names: [String] = {
        let files = (try? FileManager.default.contentsOfDirectory(atPath: root.appending(path: "themes").path)) ?? []
        return files.filter { $0.hasSuffix(".theme") }.map { String($0.dropLast(6)) }.sorted()
    }()

    static func path(_ name: String) -> String { root.appending(path: "themes/\(name).theme").path }

    static func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    static func theme(_ name: String) throws -> Theme { try Theme(contentsOfFile: path(name)) }
}
