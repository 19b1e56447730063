import Machine

/// Finds folders that come with the program.
enum SharedFolder {
    /// Where a folder such as `themes` may lie, nearest first: the current folder, installed beside the program, and the
    /// source tree.
    static func candidates(_ name: String) -> [String] {
        let program = ProcessFacts.program ?? ""
        let installed = program.folder.folder + "/share/sitter/" + name
        // In the source tree the program lies in .build/CONFIGURATION/ or .build/TRIPLE/CONFIGURATION/.
        var above = program.folder
        var sources: [String] = []
        for _ in 0..<4 {
            above = above.folder
            sources.append("\(above)/\(name)")
        }
        return [name, installed] + sources
    }

    /// The names of the files in these folders that end in `suffix`, without it, each once, in order.
    static func names(in folders: [String], suffix: String) -> [String] {
        let names = folders.flatMap { folder in
            ((try? Folder.names(in: folder)) ?? []).filter { $0.hasSuffix(suffix) }
        }
        return Set(names.map { String($0.dropLast(suffix.count)) }).sorted()
    }
}
