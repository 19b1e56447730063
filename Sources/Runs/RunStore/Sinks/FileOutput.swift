import Files
import Glibc

/// A file, pipe or standard output that bytes are appended to; a pipe that nobody reads never makes `flush()` wait.
///
/// Where SIGPIPE is not blocked, a closed pipe ends the program: the recorder's thread blocks it.
struct FileOutput: Sendable {
    /// Bytes that may wait for a slow reader.
    static let mostPending = 256 << 20
    /// What a pipe with any room takes without waiting, POSIX's PIPE_BUF.
    private static let pipePiece = 4096

    let path: String
    /// What is to be written next; callers append to it.
    var pending: [UInt8] = []
    private let descriptor: Int32
    /// Regular files take everything at once.
    private let isRegular: Bool

    /// Opens the file for writing, emptied; `-` is standard output.
    init(_ path: String) throws(FileError) {
        self.path = path == "-" ? "standard output" : path
        if path.isEmpty || path.utf8.contains(0) { throw FileError(path: path, .missing) }
        descriptor =
            path == "-"
            ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)
            : open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOCTTY, 0o666)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR, let slash = path.lastIndex(of: "/") {
                throw FileError(path: path, .missingFolder(String(path[..<slash])))
            }
            throw FileError(path: self.path, doing: "create")
        }
        var status = stat()
        isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        pending.reserveCapacity(1 << 16)
    }

    /// Writes what can be written without waiting; all of it to a regular file. After an error the file is closed.
    mutating func flush() throws(FileError) {
        do throws(FileError) {
            try write(waiting: false)
            guard pending.count <= Self.mostPending else {
                throw FileError(path: path, .malformed("its reader takes too little; \(pending.count) bytes wait"))
            }
        } catch {
            Glibc.close(descriptor)
            pending = []
            throw error
        }
    }

    /// Writes everything and closes.
    mutating func close() throws(FileError) {
        defer { Glibc.close(descriptor) }
        try write(waiting: true)
    }

    private mutating func write(waiting: Bool) throws(FileError) {
        var written = 0
        defer { pending.removeFirst(written) }
        while written < pending.count {
            if !isRegular, try !isReady(timeout: waiting ? -1 : 0) { return }
            let most = isRegular ? pending.count - written : min(Self.pipePiece, pending.count - written)
            let count = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, most) }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN, !waiting {
                return
            } else if errno != EINTR, errno != EAGAIN {
                throw FileError(path: path, doing: "write")
            }
        }
    }

    /// Whether the reader's end has room, or an error that the next write will tell.
    private func isReady(timeout: Int32) throws(FileError) -> Bool {
        var request = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        while true {
            let count = poll(&request, 1, timeout)
            if count >= 0 { return count > 0 }
            if errno != EINTR { throw FileError(path: path, doing: "write") }
        }
    }
}
