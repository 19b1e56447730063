import Glibc
import Machine

extension String {
    /// The absolute path of a file without links, `.` and `..`; what is not there yet stands as it is written.
    package var settledPath: String {
        var place = isAbsolutePath ? [] : Folder.current.pathParts
        var rest = pathParts[...]
        // As many as Linux follows.
        var linksLeft = 40
        while let part = rest.popFirst() {
            if part == ".." {
                _ = place.popLast()
                continue
            }
            place.append(part)
            let path = "/" + place.joined(separator: "/")
            guard linksLeft > 0, let target = Self.target(ofLink: path) else { continue }
            linksLeft -= 1
            place = target.isAbsolutePath ? [] : Array(place.dropLast())
            rest = target.pathParts[...] + rest
        }
        return "/" + place.joined(separator: "/")
    }

    private static func target(ofLink path: String) -> String? {
        var target = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = path.withPathBytes { readlink($0, &target, target.count) }
        return count > 0 ? String(pathBytes: target[..<count]) : nil
    }
}
