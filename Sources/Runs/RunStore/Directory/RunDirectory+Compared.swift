import Files
import Machine
import Settings

extension RunDirectory {
    /// The runs that charts draw behind this one, beside those of its config: who attaches again finds them there.
    package var comparedFile: String { path + "/compared.json" }

    /// Absolute paths of the runs that somebody wanted behind this one; none where nothing is written.
    package var compared: [String] {
        guard let bytes = try? FileBytes.read(comparedFile, limit: 1 << 20),
            let list = try? Setting.parse(bytes, file: comparedFile).array()
        else { return [] }
        return list.compactMap { try? $0.string() }
    }

    /// Remembers runs beside those that are known; those that are known already change nothing.
    package func compare(with paths: [String]) throws(FileError) {
        let known = compared
        var all = known
        for path in paths.map(\.standardizedPath) where !all.contains(path) { all.append(path) }
        guard all != known else { return }
        try AtomicFile.write((JSON.array(all.map { .string($0) }).compact + "\n").utf8, to: comparedFile)
    }
}
