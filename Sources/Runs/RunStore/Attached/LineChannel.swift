import Glibc

/// One end of a connection over which lines go in both ways. Used by one thread; others may only `shutDown()`.
final class LineChannel: @unchecked Sendable {
    private let descriptor: Int32
    private let longest: Int
    private var received: [UInt8] = []
    /// Where the part of `received` begins that has not been searched for a line's end.
    private var searched = 0

    /// - Parameters:
    ///   - descriptor: closed with the channel.
    ///   - longest: bytes of a line that the other end may send.
    ///   - patience: seconds after which a write that nobody reads fails; nil waits for ever.
    init(_ descriptor: Int32, longest: Int, patience: Int? = nil) {
        self.descriptor = descriptor
        self.longest = longest
        if let patience {
            var time = timeval(tv_sec: patience, tv_usec: 0)
            setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        }
    }

    deinit { close(descriptor) }

    /// Ends both ways; who waits at either end is woken.
    func shutDown() { shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// What came of waiting for a line.
    enum Answer: Equatable {
        case line([UInt8])
        /// None came within the time.
        case nothing
        /// The other end has gone.
        case gone
        /// The other end sent more than a line may have.
        case tooLong
    }

    /// Waits for a line, without its end.
    /// - Parameter milliseconds: how long; nil for ever.
    func readLine(within milliseconds: Int? = nil) -> Answer {
        while true {
            if let end = received[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                searched = 0
                guard end == received.count - 1 else {
                    let line = Array(received[..<end])
                    received.removeSubrange(...end)
                    return .line(line)
                }
                // Of a long answer there are no two.
                var line: [UInt8] = []
                swap(&line, &received)
                line.removeLast()
                return .line(line)
            }
            searched = received.count
            guard received.count <= longest else { return .tooLong }
            if let milliseconds {
                var poll = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                let found = Glibc.poll(&poll, 1, Int32(milliseconds))
                if found == 0 { return .nothing }
            }
            guard receive() else { return .gone }
        }
    }

    private func receive() -> Bool {
        // More at once where much is coming.
        let size = min(1 << 20, max(16 << 10, received.count))
        let before = received.count
        received.append(contentsOf: repeatElement(0, count: size))
        let count = received.withUnsafeMutableBytes { bytes in
            var count = -1
            repeat { count = recv(descriptor, bytes.baseAddress! + before, size, 0) } while count < 0 && errno == EINTR
            return count
        }
        received.removeLast(size - max(0, count))
        return count > 0
    }

    /// Sends a line; false where the other end has gone or does not read.
    func write(line: [UInt8]) -> Bool {
        var bytes = line[...]
        bytes.append(UInt8(ascii: "\n"))
        while !bytes.isEmpty {
            let sent = bytes.withUnsafeBytes { send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if sent < 0, errno == EINTR { continue }
            guard sent > 0 else { return false }
            bytes = bytes.dropFirst(sent)
        }
        return true
    }
}
