import Glibc

/// A regular file that is read by position, by any number of threads at once.
package final class RandomAccessFile: Sendable {
    /// The path as the caller gave it.
    package let path: String
    /// Bytes when it was opened.
    package let size: Int
    private let file: OpenFile

    /// Opens a regular file; folders, devices and pipes are refused.
    package init(_ path: String) throws(FileError) {
        let file = try OpenFile.reading(path)
        self.path = path
        size = file.size
        self.file = file
    }

    /// Fills all of `target` from `offset` on; a file that ends before is an error.
    package func read(_ target: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileError) {
        guard let base = target.baseAddress else { return }
        var filled = 0
        while filled < target.count {
            let count = pread(file.descriptor, base + filled, target.count - filled, off_t(offset + filled))
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, doing: "read")
            }
            guard count > 0 else {
                throw FileError(
                    path: path,
                    .malformed(
                        "ends at byte \(file.size), and \(target.count) bytes from \(offset) on are due; "
                            + "it was \(size) bytes long before"))
            }
            filled += count
        }
    }
}
