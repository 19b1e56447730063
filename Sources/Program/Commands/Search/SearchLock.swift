import Files
import Glibc
import Machine
import Searching

/// The claim on the folder of a search: of the process that searches, and of those that train for it, which inherit it. Whoever goes on
/// with a search that was killed so has it to itself.
final class SearchLock {
    /// What its processes inherit.
    let descriptor: Int32

    /// Seconds in which the processes of a search that was killed save their runs.
    private static let patience = 60.0

    /// Takes the folder; waits for processes that a killed search has left.
    init(_ directory: SearchDirectory) throws {
        descriptor = directory.lock.withPathBytes { open($0, O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o666) }
        guard descriptor >= 0 else { throw FileError(path: directory.lock, doing: "create") }
        let end = MonotonicClock.seconds + Self.patience
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            guard errno == EWOULDBLOCK || errno == EINTR else { throw FileError(path: directory.lock, doing: "lock") }
            let holder = (try? FileBytes.read(directory.lock, limit: 64)).flatMap {
                Int32(String(decoding: $0, as: UTF8.self).trimmed)
            }
            let isAlive = holder.map { kill($0, 0) == 0 || errno == EPERM } ?? false
            guard !isAlive, MonotonicClock.seconds < end else {
                close(descriptor)
                throw UsageError(
                    "\(directory.path): another process searches there; wait for its end, or stop it first")
            }
            usleep(20_000)
        }
        _ = ftruncate(descriptor, 0)
        _ = "\(getpid())\n".withCString { write(descriptor, $0, strlen($0)) }
    }

    deinit { close(descriptor) }
}
