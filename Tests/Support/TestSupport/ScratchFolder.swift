import Foundation

/// A folder of its own for one test, removed with everything in it.
package final class ScratchFolder: Sendable {
    /// Where it is, without a slash at its end.
    package let path: String

    /// Makes the folder.
    package init() {
        path = FileManager.default.temporaryDirectory.appending(path: "sitter-tests-\(UUID().uuidString)").path
        do {
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        } catch {
            preconditionFailure("no folder for a test: \(error)")
        }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// The path of something in the folder.
    package static func / (folder: ScratchFolder, name: String) -> String { "\(folder.path)/\(name)" }

    /// Writes a file, with the folders above it, and returns its path.
    @discardableResult
    package func write(_ name: String, _ bytes: some Sequence<UInt8>) throws -> String {
        let file = URL(fileURLWithPath: self / name)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data(bytes).write(to: file)
        return self / name
    }

    /// Writes a file of text, with the folders above it, and returns its path.
    @discardableResult
    package func write(_ name: String, _ text: String) throws -> String { try write(name, text.utf8) }

    /// Whether there is a file or folder of this name.
    package func exists(_ name: String) -> Bool { FileManager.default.fileExists(atPath: self / name) }

    /// What a file holds.
    package func bytes(_ name: String) throws -> [UInt8] {
        [UInt8](try Data(contentsOf: URL(fileURLWithPath: self / name)))
    }

    /// What a file holds, as text.
    package func text(_ name: String) throws -> String { String(decoding: try bytes(name), as: UTF8.self) }

    /// The lines of a file; the last is empty where it ends with a line end.
    package func lines(_ name: String) throws -> [String] {
        try text(name).split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    }

    /// The names in the folder or in one of its folders, sorted; empty where there is none.
    package func names(in folder: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: self / folder)) ?? []).sorted()
    }
}
