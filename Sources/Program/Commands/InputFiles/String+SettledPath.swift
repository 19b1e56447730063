import Foundation

extension String {
    /// The absolute path of a file without links, `.` and `..`; what is not there yet stands as it is written.
    package var settledPath: String {
        func parts(_ path: String) -> [Substring] { path.split(separator: "/").filter { $0 != "." } }
        let files = FileManager.default
        var place = hasPrefix("/") ? [] : parts(files.currentDirectoryPath)
        var rest = parts(self)[...]
        // As many as Linux follows.
        var linksLeft = 40
        while let part = rest.popFirst() {
            if part == ".." {
                _ = place.popLast()
                continue
            }
            place.append(part)
            let path = "/" + place.joined(separator: "/")
            guard linksLeft > 0, let target = try? files.destinationOfSymbolicLink(atPath: path) else { continue }
            linksLeft -= 1
            place = target.hasPrefix("/") ? [] : Array(place.dropLast())
            rest = parts(target)[...] + rest
        }
        return "/" + place.joined(separator: "/")
    }
}
