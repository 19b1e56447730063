import Foundation

/// The checkout that the tests were built from, for the files that lie there.
package enum SourceTree {
    /// The folder of Package.swift.
    package static let root: URL = {
        var folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        while !FileManager.default.fileExists(atPath: folder.appendingPathComponent("Package.swift").path) {
            precondition(folder.path != "/", "there is no Package.swift above \(#filePath)")
            folder.deleteLastPathComponent()
        }
        return folder
    }()
}
