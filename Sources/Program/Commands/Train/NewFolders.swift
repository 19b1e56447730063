import Foundation
import RunStore

/// The folders that are not there yet on the way to a run directory.
struct NewFolders {
    /// The outermost first.
    private let paths: [String]

    /// Looks which folders are missing, before anybody makes them.
    init(upTo path: String) {
        var missing: [String] = []
        var folder = RunDirectory.checkpoints(of: path)
        while !folder.isEmpty, folder != "/", !FileManager.default.fileExists(atPath: folder) {
            missing.append(folder)
            folder = folder.folder
        }
        paths = missing.reversed()
    }

    /// Takes them away again as far as they are empty.
    func remove() {
        for path in paths.reversed() { rmdir(path) }
    }
}
