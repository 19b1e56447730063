import Foundation

/// A folder of its own for one test, removed with everything in it.
package final class ScratchFolder: Sendable {
    package let path: String

    package init() {
        path = NSTemporaryDirectory() + "sitter-tests-\(UUID().uuidString)"
        try? FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    package static func / (folder: ScratchFolder, name: String) -> String { "\(folder.path)/\(name)" }
}
