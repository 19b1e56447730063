import Files
import Glibc
import Machine

/// A file, pipe or standard output that records are appended to; a pipe that nobody reads never makes `flush()` wait, and a
/// full disk only makes the records wait.
///
/// A regular file always ends with a whole record: what found no room is taken back and stays in memory until there is
/// some. Where SIGPIPE is not blocked, a closed pipe ends the program: the recorder's thread blocks it.
struct FileOutput: Sendable {
    /// What to do with a file that is there.
    enum Opening: Hashable, Sendable {
        /// It is emptied.
        case emptied
        /// It is refused where it holds anything.
        case unlessOlder
        /// It is refused (O_EXCL).
        case new
        /// It is cut to so many bytes and goes on from there.
        case continued(at: Int)
    }

    /// Bytes that may wait for a slow reader.
    static let mostPending = 256 << 20
    /// Bytes that may wait for room on a disk.
    static let mostWithoutRoom = 64 << 20
    /// What a pipe with any room takes without waiting, POSIX's PIPE_BUF.
    private static let pipePiece = 4096

    let path: String
    /// What is to be written next, whole records; callers append to it.
    var pending: [UInt8] = []
    /// Why nothing could be written the last time, though there may be room again; nil where all was.
    private(set) var trouble: FileError?
    private let records: RecordForm
    private let descriptor: Int32
    /// Regular files take everything at once.
    private let isRegular: Bool
    /// Bytes that a regular file holds.
    private var written = 0

    /// Bytes that a regular file will hold once everything pending is written; nil for pipes and terminals.
    var length: Int? { isRegular ? written + pending.count : nil }

    /// Opens the file for writing; `-` is standard output.
    init(_ path: String, _ records: RecordForm, _ opening: Opening) throws(FileError) {
        self.path = path == "-" ? "standard output" : path
        self.records = records
        if path.isEmpty || path.utf8.contains(0) { throw FileError(path: path, .missing) }
        let mode =
            switch opening {
            case .new: O_CREAT | O_EXCL
            case .continued: Int32(0)
            case .emptied, .unlessOlder: O_CREAT
            }
        let flags = O_WRONLY | O_APPEND | O_CLOEXEC | O_NOCTTY | mode
        descriptor = path == "-" ? fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3) : try Self.open(path, flags)
        guard descriptor >= 0 else {
            if errno == ENOENT || errno == ENOTDIR, !path.folder.isEmpty {
                throw FileError(path: path, .missingFolder(path.folder))
            }
            if errno == EEXIST { throw FileError(path: path, .malformed("another run writes this file")) }
            throw FileError(path: self.path, doing: "create")
        }
        var status = stat()
        isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        do throws(FileError) {
            try cut(opening, holding: Int(status.st_size), isOurs: path != "-")
        } catch {
            Glibc.close(descriptor)
            throw error
        }
        pending.reserveCapacity(1 << 16)
    }

    /// Opens a file; waits for the reader of a pipe where it has none yet, as long as somebody wants that. -1 with `errno`.
    private static func open(_ path: String, _ flags: Int32) throws(FileError) -> Int32 {
        let progress = WorkProgress.current
        while true {
            // Without O_NONBLOCK a pipe that nobody reads would hold the program here, deaf to signals.
            let descriptor = path.withPathBytes { Glibc.open($0, flags | O_NONBLOCK, 0o666) }
            guard descriptor < 0, errno == ENXIO, isPipe(path) else {
                if descriptor >= 0 { _ = fcntl(descriptor, F_SETFL, flags & O_APPEND) }
                return descriptor
            }
            progress?.begin("waiting for a reader of \(path)")
            if progress?.isCancelled == true { throw FileError(path: path, .malformed("nobody has read from it")) }
            usleep(20_000)
        }
    }

    private static func isPipe(_ path: String) -> Bool {
        FileStatus(path)?.kind == S_IFIFO
    }

    /// Makes a regular file hold what it begins with.
    private mutating func cut(_ opening: Opening, holding size: Int, isOurs: Bool) throws(FileError) {
        guard isRegular else { return }
        guard isOurs else {
            written = size
            return
        }
        switch opening {
        case .emptied: break
        case .continued(let length):
            guard length <= size else {
                throw FileError(
                    path: path,
                    .malformed("holds \(size) bytes, but the run had written \(length); it was cut or replaced"))
            }
            written = length
        case .unlessOlder, .new:
            if size > 0 { throw Self.older(path, bytes: size) }
        }
        guard size == written || ftruncate(descriptor, off_t(written)) == 0 else {
            throw FileError(path: path, doing: "empty")
        }
    }

    /// Refuses a file that holds anything, as `.unlessOlder` does.
    static func refuseOlder(_ path: String) throws(FileError) {
        guard let status = FileStatus(path), status.isRegular, status.size > 0 else { return }
        throw older(path, bytes: status.size)
    }

    private static func older(_ path: String, bytes: Int) -> FileError {
        FileError(
            path: path,
            .malformed("is there already, with \(bytes) bytes; choose another name, or replace it with --overwrite"))
    }

    /// Writes what can be written without waiting; all of it to a regular file with room. After an error the file is closed.
    mutating func flush() throws(FileError) {
        do throws(FileError) {
            try write(waiting: false)
            if let trouble, pending.count > Self.mostWithoutRoom { throw trouble }
            guard pending.count <= Self.mostPending else {
                throw FileError(path: path, .malformed("its reader takes too little; \(pending.count) bytes wait"))
            }
        } catch {
            Glibc.close(descriptor)
            pending = []
            throw error
        }
    }

    /// Writes everything and closes; an error where there is no room for the rest even now.
    mutating func close() throws(FileError) {
        defer { Glibc.close(descriptor) }
        try write(waiting: true)
        if let trouble { throw trouble }
    }

    private mutating func write(waiting: Bool) throws(FileError) {
        var written = 0
        defer {
            pending.removeFirst(written)
            self.written += written
        }
        trouble = nil
        while written < pending.count {
            if !isRegular, try !isReady(timeout: waiting ? -1 : 0) { return }
            let most = isRegular ? pending.count - written : min(Self.pipePiece, pending.count - written)
            let count = pending.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress! + written, most) }
            if count >= 0 {
                written += count
            } else if errno == EAGAIN, !waiting {
                return
            } else if isRegular, [ENOSPC, EDQUOT, EFBIG].contains(errno) {
                trouble = FileError(path: path, doing: "write")
                written = takeBack(to: records.lastEnd(in: pending, atMost: written), from: written)
                return
            } else if errno != EINTR, errno != EAGAIN {
                throw FileError(path: path, doing: "write")
            }
        }
    }

    /// Cuts half a record off the file's end and says how much of `pending` the file then has.
    private func takeBack(to end: Int, from written: Int) -> Int {
        guard end < written else { return written }
        var status = stat()
        guard fstat(descriptor, &status) == 0,
            ftruncate(descriptor, max(0, status.st_size - off_t(written - end))) == 0
        else { return written }
        // A standard output that is a file need not append: its next bytes would leave a hole.
        lseek(descriptor, 0, SEEK_END)
        return end
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
