import Glibc
import Machine

/// An open file descriptor that closes itself.
struct OpenFile: ~Copyable {
    let descriptor: Int32
    let path: String

    private init(descriptor: Int32, path: String) {
        self.descriptor = descriptor
        self.path = path
    }

    /// Opens a regular file for reading; refuses everything else without waiting for it or reading from it.
    static func reading(_ path: String) throws(FileError) -> OpenFile {
        // A path with a NUL would be cut there by C and name another file.
        guard !path.utf8.contains(0) else { throw FileError(path: path, .missing) }
        // Without O_NONBLOCK a pipe nobody writes to would hang the program here.
        let descriptor = path.withPathBytes { open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY) }
        guard descriptor >= 0 else {
            throw errno == ENXIO ? FileError(path: path, .notRegular) : FileError(path: path, doing: "open")
        }
        let file = OpenFile(descriptor: descriptor, path: path)
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw FileError(path: path, doing: "read") }
        switch status.st_mode & S_IFMT {
        case S_IFREG: return file
        case S_IFDIR: throw FileError(path: path, .isFolder)
        default: throw FileError(path: path, .notRegular)
        }
    }

    /// Creates a file that must not exist.
    static func creating(_ path: String, mode: mode_t) throws(FileError) -> OpenFile {
        let descriptor = path.withPathBytes { open($0, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode) }
        guard descriptor >= 0 else { throw FileError(path: path, doing: "create") }
        return OpenFile(descriptor: descriptor, path: path)
    }

    deinit {
        close(descriptor)
    }

    /// The file's size as the folder says; files of /proc say 0.
    var size: Int {
        var status = stat()
        return fstat(descriptor, &status) == 0 ? Int(status.st_size) : 0
    }

    /// Fills the buffer as far as the file goes and returns how far; less than all of it only at the file's end.
    func read(into buffer: inout [UInt8]) throws(FileError) -> Int {
        var filled = 0
        while filled < buffer.count {
            let count = buffer.withUnsafeMutableBytes { bytes in
                Glibc.read(descriptor, bytes.baseAddress! + filled, bytes.count - filled)
            }
            if count == 0 { break }
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, doing: "read")
            }
            filled += count
        }
        return filled
    }

    func write(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
        var written = 0
        while written < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress! + written, bytes.count - written)
            if count < 0 {
                if errno == EINTR { continue }
                throw FileError(path: path, doing: "write")
            }
            written += count
        }
    }
}
