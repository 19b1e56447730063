import Files
import Glibc
import Machine

/// The socket in the directory of a living run, at which it is watched and steered from other processes of the same user.
///
/// A path to a socket may have 107 bytes at most; through `/proc/self/fd` that of any directory is short.
enum RunSocket {
    /// Opens the socket of a directory that this process holds locked, in place of one that a crash left; mode 0600.
    /// - Returns: a descriptor to accept from.
    static func listen(in directory: RunDirectory) throws(FileError) -> Int32 {
        let descriptor = try make(directory)
        // On Linux the file gets the mode that the descriptor has.
        fchmod(descriptor, 0o600)
        _ = directory.socket.withPathBytes { unlink($0) }
        try address(directory, descriptor) { bind(descriptor, $0, $1) }
        guard Glibc.listen(descriptor, 16) == 0 else {
            let code = errno
            close(descriptor)
            throw FileError(path: directory.socket, doing: "listen", code: code)
        }
        return descriptor
    }

    /// Reaches the run of a directory.
    static func connect(to directory: RunDirectory) throws(FileError) -> Int32 {
        let descriptor = try make(directory)
        try address(directory, descriptor) { Glibc.connect(descriptor, $0, $1) }
        return descriptor
    }

    /// Whether who is at the other end is this user, or root.
    static func isOwn(_ descriptor: Int32) -> Bool {
        // The system's `struct ucred`: process, user and group.
        var peer: [UInt32] = [0, .max, 0]
        var size = socklen_t(MemoryLayout<UInt32>.size * peer.count)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0 else { return false }
        return peer[1] == geteuid() || peer[1] == 0
    }

    private static func make(_ directory: RunDirectory) throws(FileError) -> Int32 {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw FileError(path: directory.socket, doing: "open a socket") }
        return descriptor
    }

    /// Does something with the address; where that fails the descriptor is closed.
    private static func address(
        _ directory: RunDirectory, _ descriptor: Int32, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32
    ) throws(FileError) {
        let folder = directory.path.withPathBytes { open($0, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        var code = errno
        if folder >= 0 {
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "/proc/self/fd/\(folder)/socket".utf8) }
            let result = withUnsafePointer(to: &address) {
                $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
                }
            }
            code = result == 0 ? 0 : errno
            close(folder)
        }
        guard code != 0 || folder < 0 else { return }
        close(descriptor)
        throw FileError(path: directory.socket, doing: "reach", code: code)
    }
}
