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
            if names.count < limit { names.append(String(decoding: name, as: UTF8.self)) }
            return names.count < limit
        }
        return names
    }

    /// A name in a folder that is no UTF-8, which no path of text leads to, with its bytes escaped: `caf\\xe9`; nil where there is none.
    /// Hidden ones do not count.
    package static func strayName(in path: String) -> String? {
        var stray: String?
        try? walk(path) { name in
            if name.first != UInt8(ascii: ".") { stray = PathText.escaped(name) }
            return stray == nil
        }
        return stray
    }

    /// Hands on the bytes of each name but `.` and `..`, as long as the answer is that there is need of more.
    private static func walk(_ path: String, _ wantsMore: (_ name: [UInt8]) -> Bool) throws(SystemError) {
        guard let stream = opendir(path) else { throw SystemError(code: errno) }
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
    package static func exists(_ path: String) -> Bool {
        var status = stat()
        return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }
}
