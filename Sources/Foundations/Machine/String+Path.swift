import Glibc

/// The parts of a path. They are told by its bytes: a slash before a combining mark is no character of its own, and yet a slash.
extension String {
    private static let slash = UInt8(ascii: "/")

    /// Whether a path begins at the root.
    package var isAbsolutePath: Bool { utf8.first == Self.slash }

    /// The path from the root, from the current folder where it is relative.
    package var absolutePath: String { isAbsolutePath ? self : "\(Folder.current)/\(self)" }

    /// The names in a path but `.`, in order.
    package var pathParts: [String] {
        utf8.split(separator: Self.slash).map { String(Substring($0)) }.filter { $0 != "." }
    }

    /// The absolute path without `.` and `..`, which are followed as they are written, links or not.
    package var standardizedPath: String {
        var place: [String] = []
        for part in absolutePath.pathParts {
            if part == ".." { _ = place.popLast() } else { place.append(part) }
        }
        return "/" + place.joined(separator: "/")
    }

    /// The last name of a path; all of it where there is none.
    package var lastPathPart: String {
        utf8.split(separator: Self.slash).last.map { String(Substring($0)) } ?? self
    }

    /// The folder of a path: `a` of `a/b`, nothing of `b`, `/` of `/b`.
    package var folder: String {
        var path = utf8[...]
        while path.count > 1, path.last == Self.slash { path.removeLast() }
        guard let slash = path.lastIndex(of: Self.slash) else { return "" }
        var folder = path[..<slash]
        while folder.last == Self.slash { folder.removeLast() }
        return folder.isEmpty ? "/" : String(Substring(folder))
    }
}
