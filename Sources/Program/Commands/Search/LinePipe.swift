import Glibc

/// The lines that come out of a pipe, as many as are there.
final class LinePipe {
    let descriptor: Int32
    private var received: [UInt8] = []
    /// Whether the other end is closed.
    private(set) var isClosed = false

    /// - Parameter descriptor: closed with the object.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    deinit { close(descriptor) }

    /// Takes what is there now, after `poll` has said that something is, and gives the lines without their ends.
    func read() -> [[UInt8]] {
        var chunk = [UInt8](repeating: 0, count: 65_536)
        let count = Glibc.read(descriptor, &chunk, chunk.count)
        if count == 0 || (count < 0 && errno != EINTR && errno != EAGAIN) { isClosed = true }
        guard count > 0 else { return [] }
        received += chunk[..<count]
        var lines: [[UInt8]] = []
        while let end = received.firstIndex(of: UInt8(ascii: "\n")) {
            lines.append(Array(received[..<end]))
            received.removeSubrange(...end)
        }
        return lines
    }

    /// Waits until one of some pipes has something, or the time is over.
    static func wait(for descriptors: [Int32], milliseconds: Int32) -> Set<Int32> {
        var polls = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        guard poll(&polls, nfds_t(polls.count), milliseconds) > 0 else { return [] }
        return Set(polls.filter { $0.revents != 0 }.map(\.fd))
    }
}
