import Files
import Glibc
import Machine
import Synchronization

/// The claim of a living process on a run directory; the system lets go of it when the process ends, however that is.
package final class RunLock: Sendable {
    private let descriptor: Atomic<Int32>
    /// Looks 20 ms apart before a directory counts as another's.
    private static let attempts = 40

    /// Takes the directory, and says who has it where another process does.
    package init(_ directory: RunDirectory) throws(FileError) {
        let descriptor = directory.lock.withPathBytes { open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o666) }
        guard descriptor >= 0 else { throw FileError(path: directory.lock, doing: "create") }
        var isHeld = flock(descriptor, LOCK_EX | LOCK_NB) == 0
        var code = errno
        // A process that was killed a moment ago may still be going.
        for _ in 0..<Self.attempts where !isHeld && code == EWOULDBLOCK {
            usleep(20_000)
            isHeld = flock(descriptor, LOCK_EX | LOCK_NB) == 0
            code = errno
        }
        guard isHeld else {
            close(descriptor)
            guard code == EWOULDBLOCK else { throw FileError(path: directory.lock, doing: "lock", code: code) }
            throw FileError(
                path: directory.path,
                .malformed(
                    "this run is alive in another process; sitter attach \(directory.path) opens it, or stop it first"))
        }
        // Who has it; the claim itself is the lock.
        _ = ftruncate(descriptor, 0)
        _ = "\(getpid())\n".withCString { write(descriptor, $0, strlen($0)) }
        self.descriptor = Atomic(descriptor)
    }

    deinit { release() }

    /// Lets another process have the directory.
    package func release() {
        let held = descriptor.exchange(-1, ordering: .acquiringAndReleasing)
        if held >= 0 { close(held) }
    }

    /// The living process that has the directory; nil where none has, or nobody knows which.
    package static func holder(of directory: RunDirectory) -> Int32? {
        guard isHeld(directory), let bytes = try? FileBytes.read(directory.lock, limit: 64) else { return nil }
        return Int32(String(decoding: bytes, as: UTF8.self).trimmed)
    }

    /// Whether a living process has the directory.
    package static func isHeld(_ directory: RunDirectory) -> Bool {
        let descriptor = directory.lock.withPathBytes { open($0, O_RDONLY | O_CLOEXEC | O_NOCTTY) }
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        if flock(descriptor, LOCK_SH | LOCK_NB) == 0 { return false }
        return errno == EWOULDBLOCK
    }
}
