import Glibc

/// Folders of the machine: what lies in them, and whether they are there.
package enum Folder {
    /// The names in a folder but `.` and `..`, in no order.
    ///
    /// - Parameter limit: how many at most, for who only asks whether there are any.
    /// - Throws: why it cannot be read.
    package static func names(in path: String, limit: Int = .max) throws(SystemError) -> [String] {
        var names: [String] = []
        try walk(path) { name in
            if names.count < limit { names.append(String(pathBytes: name)) }
            return names.count < limit
        }
        return names
    }

    /// Hands on the bytes of each name but `.` and `..`, as long as the answer is that there is need of more.
    private static func walk(_ path: String, _ wantsMore: (_ name: [UInt8]) -> Bool) throws(SystemError) {
        guard let stream = path.withPathBytes({ opendir($0) }) else { throw SystemError(code: errno) }
        defer { closedir(stream) }
        while let entry = readdir(stream) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: UInt8.self, capacity: 256) { name in
                    Array(UnsafeBufferPointer(start: name, count: 256).prefix { $0 != 0 })
                }
            }
            guard name != Array(".".utf8), name != Array("..".utf8) else { continue }
            guard wantsMore(name) else { return }
        }
    }

    /// Whether there is a folder, or a link to one, under a path.
    package static func exists(_ path: String) -> Bool { FileStatus(path)?.isFolder == true }

    /// Makes a folder in one that is there.
    /// - Throws: why it cannot be made; `EEXIST` where something stands there.
    package static func make(_ path: String) throws(SystemError) {
        guard path.withPathBytes({ mkdir($0, 0o777) }) == 0 else { throw SystemError(code: errno) }
    }

    /// The path of the current folder; `/` where it is gone.
    package static var current: String {
        guard let path = getcwd(nil, 0) else { return "/" }
        defer { free(path) }
        return String(path: path)
    }
}
