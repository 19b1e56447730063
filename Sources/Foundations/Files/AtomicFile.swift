import Glibc
import Machine
import Synchronization

/// Writes files so that a reader, a crash or a full disk never leaves half of one in its place.
package enum AtomicFile {
    /// Takes the content of a file piece by piece.
    package struct Writer: ~Copyable {
        fileprivate let file: OpenFile

        /// Writes all of `bytes`, unbuffered.
        package func append(_ bytes: UnsafeRawBufferPointer) throws(FileError) {
            try file.write(bytes)
        }

        /// Writes all of `bytes`, unbuffered.
        package func append(_ bytes: some Collection<UInt8>) throws(FileError) {
            let done: Result<Void, FileError>? = bytes.withContiguousStorageIfAvailable { buffer in
                Result { () throws(FileError) in try file.write(UnsafeRawBufferPointer(buffer)) }
            }
            if let done { return try done.get() }
            try append(Array(bytes))
        }
    }

    /// Puts `bytes` in the place of the file at `path`, or leaves that untouched and throws.
    package static func write(_ bytes: some Collection<UInt8>, to path: String) throws(FileError) {
        try write(to: path) { writer throws(FileError) in try writer.append(bytes) }
    }

    /// Makes a file that must not be there (O_EXCL), synced; false where it is. Nothing is left of it where writing fails.
    package static func create(_ bytes: some Collection<UInt8>, at path: String) throws(FileError) -> Bool {
        do throws(FileError) {
            let writer = Writer(file: try OpenFile.creating(path, mode: 0o666))
            do throws(FileError) {
                try writer.append(bytes)
                guard fsync(writer.file.descriptor) == 0 else { throw FileError(path: path, doing: "sync") }
            } catch {
                _ = path.withPathBytes { unlink($0) }
                throw error
            }
        } catch {
            if case .system(_, EEXIST) = error.problem { return false }
            throw error
        }
        return true
    }

    /// Puts what `body` writes in the place of the file at `path`, or leaves that untouched and throws.
    ///
    /// The bytes go to a temporary file in the same folder, which is synced and renamed; then the folder is synced. A
    /// link stays a link, an existing file's mode stays, and the temporary is removed when something fails.
    package static func write(
        to path: String, _ body: (borrowing Writer) throws(FileError) -> Void
    ) throws(FileError) {
        guard !path.isEmpty, !path.utf8.contains(0) else { throw FileError(path: path, .missing) }
        let target = resolved(path)
        let slash = target.utf8.lastIndex(of: UInt8(ascii: "/"))
        let folder = slash.map { $0 == target.startIndex ? "/" : String(target[..<$0]) } ?? "."
        let mode = try existingMode(of: target, folder: folder, path: path)
        let temporary = "\(folder)/\(temporaryPrefix)\(getpid())-\(nextNumber())\(temporarySuffix)"
        do throws(FileError) {
            do {
                let writer = Writer(file: try OpenFile.creating(temporary, mode: 0o666))
                if let mode { fchmod(writer.file.descriptor, mode) }
                try body(writer)
                guard fsync(writer.file.descriptor) == 0 else { throw FileError(path: path, doing: "sync") }
            }
            let code = temporary.withPathBytes { from in target.withPathBytes { rename(from, $0) } }
            guard code == 0 else { throw FileError(path: path, doing: "rename") }
        } catch {
            _ = temporary.withPathBytes { unlink($0) }
            // The person asked for `path`, not for the temporary beside it.
            throw FileError(path: error.path == temporary ? path : error.path, error.problem)
        }
        sync(folder: folder)
    }

    /// Takes away the temporaries in a folder of processes that were killed while they wrote.
    /// - Precondition: no living process writes there.
    package static func removeLeftovers(in folder: String) {
        for name in (try? Folder.names(in: folder)) ?? []
        where name.hasPrefix(temporaryPrefix) && name.hasSuffix(temporarySuffix) {
            _ = "\(folder)/\(name)".withPathBytes { unlink($0) }
        }
    }

    private static let temporaryPrefix = ".sitter-"
    private static let temporarySuffix = ".tmp"

    /// Where a link at `path` leads, or `path` itself.
    private static func resolved(_ path: String) -> String {
        guard let real = path.withPathBytes({ realpath($0, nil) }) else { return path }
        defer { free(real) }
        return String(path: real)
    }

    /// The permission bits of the file that is to be replaced; nil if there is none.
    private static func existingMode(of target: String, folder: String, path: String) throws(FileError) -> mode_t? {
        guard Folder.exists(folder) else {
            throw FileError(path: path, .missingFolder(folder))
        }
        guard let status = FileStatus(target) else {
            guard target.utf8.last != UInt8(ascii: "/") else { throw FileError(path: path, .isFolder) }
            return nil
        }
        switch status.kind {
        case S_IFREG: return status.mode
        case S_IFDIR: throw FileError(path: path, .isFolder)
        default: throw FileError(path: path, .notRegular)
        }
    }

    /// Makes the rename itself survive a crash; some file systems cannot, and the file is complete either way.
    private static func sync(folder: String) {
        let descriptor = folder.withPathBytes { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static let counter = Atomic<Int>(0)

    private static func nextNumber() -> Int { counter.add(1, ordering: .relaxed).newValue }
}
