import Glibc
import Synchronization

/// The end of the program where the machine gives no more of what it cannot go on without.
package enum Exhaustion {
    /// What is done before: gives a terminal back. Runs on whatever thread found nothing left.
    package static let farewell = Mutex<(@Sendable () -> Void)?>(nil)

    /// Says one line on the standard error and ends the program with exit code 1.
    package static func end(_ line: String) -> Never {
        farewell.withLock { $0 }?()
        let bytes = Array("sitter: \(line)\n".utf8)
        _ = write(STDERR_FILENO, bytes, bytes.count)
        // Not `exit`: other threads still work on what that would tear down.
        _exit(1)
    }
}
