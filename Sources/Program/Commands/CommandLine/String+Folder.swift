extension String {
    /// The folder of a path: `a` of `a/b`, nothing of `b`, `/` of `/b`.
    ///
    /// Foundation's `deletingLastPathComponent` traps on relative paths of one character (Swift 6.3 on Linux).
    package var folder: String {
        var path = Substring(self)
        while path.count > 1, path.last == "/" { path.removeLast() }
        guard let slash = path.lastIndex(of: "/") else { return "" }
        var folder = path[..<slash]
        while folder.last == "/" { folder.removeLast() }
        return folder.isEmpty ? "/" : String(folder)
    }
}
