import Glibc

/// Folders of the machine: what lies in them, and whether they are there.
package enum Folder {
    /// The names in a folder but `.` and `..`, in no order.
    ///
    /// - Parameter limit: how many at most, for who only asks whether there are any.
    /// - Throws: why it cannot be read.
    package static func names(in path: String, limit: Int = .max) throws(SystemError) -> [String] {
        guard let stream = opendir(path) else { throw SystemError(code: errno) }
        defer { closedir(stream) }
        var names: [String] = []
        while names.count < limit, let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names
    }

    /// Whether there is a folder, or a link to one, under a path.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
