import Glibc

/// What the system knows of a file, links followed.
package struct FileStatus: Sendable {
    private let status: stat

    /// The file under a path; nil with `errno` where there is none.
    package init?(_ path: String) {
        var status = stat()
        guard !path.utf8.contains(0), path.withPathBytes({ stat($0, &status) }) == 0 else { return nil }
        self.status = status
    }

    /// The file that a descriptor is open on; nil with `errno` where it is closed.
    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.status = status
    }

    /// Whether something stands under a path.
    package static func exists(_ path: String) -> Bool { FileStatus(path) != nil }

    /// Which kind it is, as in `S_IFREG`.
    package var kind: mode_t { status.st_mode & S_IFMT }
    /// Whether it is a folder.
    package var isFolder: Bool { kind == S_IFDIR }
    /// Whether bytes that stand in it can be lost.
    package var isRegular: Bool { kind == S_IFREG }
    /// Its permission bits.
    package var mode: mode_t { status.st_mode & 0o7777 }
    /// Bytes; files of /proc say 0.
    package var size: Int { Int(status.st_size) }
    /// When its bytes changed last, since 1970.
    package var changedAt: (seconds: Int, nanoseconds: Int) { (status.st_mtim.tv_sec, status.st_mtim.tv_nsec) }
    /// The device it lies on.
    package var device: UInt64 { UInt64(status.st_dev) }
    /// Its number there.
    package var inode: UInt64 { UInt64(status.st_ino) }
}
