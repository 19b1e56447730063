import Files
import Glibc
import Machine

/// The open file of a search's lines: each is written whole with one call, and on the disk before anything follows from it.
package final class SearchJournal {
    private let path: String
    private let descriptor: Int32

    /// Opens the file of a search, or makes it; what a killed process left of a line is cut off.
    package init(_ directory: SearchDirectory) throws(FileError) {
        path = directory.trials
        let length = FileStatus.exists(path) ? try Self.wholeLines(path) : 0
        descriptor = path.withPathBytes { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666) }
        guard descriptor >= 0 else { throw FileError(path: path, doing: "open") }
        guard ftruncate(descriptor, off_t(length)) == 0 else { throw FileError(path: path, doing: "write") }
    }

    deinit { close(descriptor) }

    private static func wholeLines(_ path: String) throws(FileError) -> Int {
        let bytes = try FileBytes.read(path)
        return bytes.lastIndex(of: UInt8(ascii: "\n")).map { $0 + 1 } ?? 0
    }

    /// Appends lines.
    package func append(_ lines: [UInt8]) throws(FileError) {
        let count = lines.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
        guard count == lines.count else { throw FileError(path: path, doing: "write") }
        fdatasync(descriptor)
    }
}
