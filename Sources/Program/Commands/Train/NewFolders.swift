import Glibc
import Machine
import RunStore

/// The folders that are not there yet on the way to a run directory.
struct NewFolders {
    /// The outermost first.
    private let paths: [String]
    private let config: String

    /// Looks which folders are missing, before anybody makes them.
    init(upTo path: String) {
        config = RunDirectory.config(of: path)
        var missing: [String] = []
        var folder = RunDirectory.checkpoints(of: path)
        while !folder.isEmpty, folder != "/", !FileStatus.exists(folder) {
            missing.append(folder)
            folder = folder.folder
        }
        paths = missing.reversed()
    }

    /// Takes them away again as far as they are empty, and as far as no other run has taken the folder meanwhile.
    func remove() {
        if FileStatus.exists(config) { return }
        for path in paths.reversed() { _ = path.withPathBytes { rmdir($0) } }
    }
}
