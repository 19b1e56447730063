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

    /// A name in a folder that is no UTF-8, which no path of text leads to, with its bytes escaped: `caf\\xe9`; nil where there is none.
    /// Hidden ones do not count.
    package static func strayName(in path: String) -> String? {
        guard let stream = opendir(path) else { return nil }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let bytes = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: UInt8.self, capacity: 256) { name in
                    Array(UnsafeBufferPointer(start: name, count: 256).prefix { $0 != 0 })
                }
            }
            if bytes.first != UInt8(ascii: "."), let escaped = PathText.escaped(bytes) { return escaped }
        }
        return nil
    }

    /// Whether there is a folder, or a link to one, under a path.
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
