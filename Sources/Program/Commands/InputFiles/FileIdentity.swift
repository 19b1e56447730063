import Machine

/// Which file it is, whatever it is called: links and hard links to one are equal.
package struct FileIdentity: Hashable, Sendable {
    private let device: UInt64
    private let inode: UInt64
    /// Whether it is a folder.
    package let isFolder: Bool
    /// Whether bytes that stand in it can be lost.
    package let isRegular: Bool

    /// The file under a path, links followed; nil where there is none.
    package init?(_ path: String) {
        guard let status = FileStatus(path) else { return nil }
        self.init(status)
    }

    /// The file that a descriptor is open on; nil where it is closed.
    package init?(descriptor: Int32) {
        guard let status = FileStatus(descriptor: descriptor) else { return nil }
        self.init(status)
    }

    private init(_ status: FileStatus) {
        device = status.device
        inode = status.inode
        isFolder = status.isFolder
        isRegular = status.isRegular
    }
}
