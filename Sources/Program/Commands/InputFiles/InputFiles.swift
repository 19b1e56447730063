import Machine

/// The files and folders that a run reads, and so what nothing that it writes may lie on.
package struct InputFiles: Sendable {
    /// Something that is read.
    package struct Input: Hashable, Sendable {
        /// Where it is, as it was named.
        package let path: String
        /// What it is to the run.
        package let role: Role

        /// `the data pictures/train`
        package var words: String { "\(role.rawValue) \(path)" }
    }

    /// What a file is to a run.
    package enum Role: String, Hashable, Sendable {
        case config = "the config"
        case data = "the data"
        case weights = "the weights"
        case commands = "the commands"
        case settings = "the settings"
        case theme = "the theme"
        case compared = "the compared run"
        case output = "the run's own"
    }

    private var inputs: [Input] = []

    /// Nothing that is read.
    package init() {}

    /// Adds what is read under a path; nil is nothing. It need not exist yet.
    package mutating func add(_ path: String?, as role: Role) {
        if let path, !path.isEmpty { inputs.append(Input(path: path, role: role)) }
    }

    /// What would be lost or changed by writing a file, or making a folder, under a path; nil where nothing is.
    ///
    /// Files are compared by device and inode. A file that is new in a folder of data would become data: that counts
    /// too. O(inputs), and O(files of folders that are read) where something stands at the path.
    package func input(at path: String) -> Input? {
        if let there = FileIdentity(path) {
            return input(there) ?? folder(above: path)
        }
        return folder(above: path)
    }

    /// What is read from the file that a descriptor writes into; nil where nothing is.
    package func input(descriptor: Int32) -> Input? {
        guard let file = FileIdentity(descriptor: descriptor), file.isRegular else { return nil }
        return input(file)
    }

    private func input(_ file: FileIdentity) -> Input? {
        guard file.isRegular || file.isFolder else { return nil }
        return inputs.first { input in
            guard let identity = FileIdentity(input.path) else { return false }
            if identity == file { return true }
            var seen: Set<FileIdentity> = []
            return identity.isFolder && file.isRegular && Self.holds(file, in: input.path, &seen)
        }
    }

    /// Whether a file lies in a folder or in one below it, links followed, each folder looked into once.
    private static func holds(_ file: FileIdentity, in folder: String, _ seen: inout Set<FileIdentity>) -> Bool {
        guard let identity = FileIdentity(folder), seen.insert(identity).inserted else { return false }
        for name in (try? Folder.names(in: folder)) ?? [] {
            let path = "\(folder)/\(name)"
            guard let found = FileIdentity(path) else { continue }
            if found == file || found.isFolder && holds(file, in: path, &seen) { return true }
        }
        return false
    }

    /// The folder of data that a path lies in, at any depth.
    private func folder(above path: String) -> Input? {
        var folders: [FileIdentity: Input] = [:]
        for input in inputs where input.role == .data {
            if let identity = FileIdentity(input.path), identity.isFolder { folders[identity] = input }
        }
        guard !folders.isEmpty else { return nil }
        // Folders on the way may not be there yet.
        var whole = (path.folder.isEmpty ? "." : path.folder).settledPath
        while true {
            if let identity = FileIdentity(whole), let input = folders[identity] { return input }
            guard whole != "/" else { return nil }
            whole = whole.folder
        }
    }
}
