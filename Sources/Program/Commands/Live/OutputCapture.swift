import CursesTerminal
import Dashboard
import Foundation
import Machine
import Synchronization

/// Takes what the process prints to its standard streams while a screen is up, and prints it afterwards.
///
/// Both streams lead into pipes. A thread of its own empties them as fast as they fill, so that nobody who prints waits
/// for the screen; what is kept is bounded, the middle of a flood is dropped with a word about it.
package final class OutputCapture: Sendable {
    /// A piece that came in one go.
    struct Piece: Sendable {
        let stream: PrintedStream
        let bytes: [UInt8]
    }

    private struct State {
        /// What the dashboard has not taken yet.
        var fresh: [Piece] = []
        var freshBytes = 0
        /// What is printed afterwards: the beginning, and the newest of the rest.
        var beginning: [Piece] = []
        var beginningBytes = 0
        var newest: [Piece] = []
        var newestBytes = 0
        var dropped = 0
        var isFinished = false
    }

    /// Bytes that are kept of the beginning, and as many of the end.
    static let half = 4 << 20
    /// Bytes that wait for the dashboard at most; a screen shows the newest lines anyway.
    private static let mostFresh = 4 << 20

    private let state = Mutex(State())
    private let done = DispatchSemaphore(value: 0)
    /// The streams as they were, in the order output, error.
    private let originals: [Int32]
    private let readers: [Int32]
    private static let streams: [(stream: PrintedStream, descriptor: Int32)] = [
        (.standardOutput, STDOUT_FILENO), (.standardError, STDERR_FILENO),
    ]

    /// Turns both streams into the pipes; nil where the system has no descriptors left, and nothing is changed then.
    init?() {
        fflush(nil)
        var originals: [Int32] = []
        var readers: [Int32] = []
        var writers: [Int32] = []
        for (_, descriptor) in Self.streams {
            let original = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
            guard original >= 0, let ends = Interruption.openPipe() else {
                for opened in originals + readers + writers + [original] where opened >= 0 { close(opened) }
                return nil
            }
            originals.append(original)
            readers.append(ends.reader)
            writers.append(ends.writer)
        }
        (self.originals, self.readers) = (originals, readers)
        for ((_, descriptor), writer) in zip(Self.streams, writers) {
            dup2(writer, descriptor)
            close(writer)
        }
        Interruption.printAfterCrash(from: readers[1], to: originals[1])
        SystemThread.start("output") { [self] in work() }
    }

    /// What came since the last call, oldest first.
    func take() -> [Piece] {
        state.withLock { state in
            defer {
                state.fresh = []
                state.freshBytes = 0
            }
            return state.fresh
        }
    }

    /// Gives the streams back and prints on them what was kept, in the order in which it came.
    /// - Parameter turn: done before, where the streams are to lead elsewhere.
    func finish(after turn: () -> Void = {}) {
        fflush(nil)
        // The pipes have no writer any more once the streams lead elsewhere, and the thread comes to their end.
        for ((_, descriptor), original) in zip(Self.streams, originals) { dup2(original, descriptor) }
        Interruption.printAfterCrash(from: -1, to: -1)
        state.withLock { $0.isFinished = true }
        done.wait()
        turn()
        let (pieces, dropped, rest) = state.withLock { ($0.beginning, $0.dropped, $0.newest) }
        for piece in pieces { write(piece) }
        if dropped > 0 {
            write(Piece(stream: .standardError, bytes: Array("[\(dropped) bytes of output dropped]\n".utf8)))
        }
        for piece in rest { write(piece) }
        for descriptor in originals + readers { close(descriptor) }
    }

    private func write(_ piece: Piece) {
        let descriptor = Self.streams.first { $0.stream == piece.stream }!.descriptor
        var rest = piece.bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return }
        }
    }

    private func work() {
        var isOpen = readers.map { _ in true }
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while isOpen.contains(true) {
            var requests = zip(readers, isOpen).map { pollfd(fd: $1 ? $0 : -1, events: Int16(POLLIN), revents: 0) }
            // A child that still holds a pipe must not keep us at the end.
            let count = poll(&requests, nfds_t(requests.count), 200)
            if count == 0, state.withLock({ $0.isFinished }) { break }
            for index in readers.indices where requests[index].revents != 0 {
                let count = read(readers[index], &buffer, buffer.count)
                if count > 0 {
                    keep(Piece(stream: Self.streams[index].stream, bytes: Array(buffer[..<count])))
                } else if count == 0 || errno != EAGAIN && errno != EINTR {
                    isOpen[index] = false
                }
            }
        }
        done.signal()
    }

    private func keep(_ piece: Piece) {
        if piece.stream == .standardError { Interruption.keepForCrash(piece.bytes) }
        state.withLock { state in
            state.fresh.append(piece)
            state.freshBytes += piece.bytes.count
            if state.freshBytes > Self.mostFresh {
                Self.shorten(&state.fresh, &state.freshBytes, to: Self.mostFresh / 2)
            }
            if state.newest.isEmpty, state.beginningBytes < Self.half {
                state.beginning.append(piece)
                state.beginningBytes += piece.bytes.count
                return
            }
            state.newest.append(piece)
            state.newestBytes += piece.bytes.count
            guard state.newestBytes > 2 * Self.half else { return }
            let before = state.newestBytes
            Self.shorten(&state.newest, &state.newestBytes, to: Self.half)
            state.dropped += before - state.newestBytes
        }
    }

    /// Drops the oldest pieces until at most so many bytes are left.
    private static func shorten(_ pieces: inout [Piece], _ bytes: inout Int, to most: Int) {
        var count = 0
        while bytes > most, count < pieces.count {
            bytes -= pieces[count].bytes.count
            count += 1
        }
        pieces.removeFirst(count)
    }
}
