import Foundation
import Machine
import Synchronization
import Training

/// Bytes that somebody waits for in what a terminal is sent, and when they came.
final class AwaitedOutput: Sendable {
    private struct State {
        var wanted: [UInt8] = []
        /// The end of what came before, in which the wanted bytes may begin.
        var rest: [UInt8] = []
        var seenAt: Double?
    }

    private let state = Mutex(State())
    private let seen = DispatchSemaphore(value: 0)

    /// Begins to look out for bytes, at least one.
    func expect(_ bytes: [UInt8]) {
        while seen.wait(timeout: .now()) == .success {}
        state.withLock { $0 = State(wanted: bytes) }
    }

    /// What the terminal was sent next.
    func take(_ bytes: ArraySlice<UInt8>) {
        let now = MonotonicClock.seconds
        let isSeen = state.withLock { state in
            guard !state.wanted.isEmpty, state.seenAt == nil else { return false }
            let text = state.rest + bytes
            // As fast as can be: a reader that lags behind makes the line look slow.
            if Self.contains(text, state.wanted) {
                state.seenAt = now
                return true
            }
            state.rest = text.suffix(state.wanted.count - 1)
            return false
        }
        if isSeen { seen.signal() }
    }

    private static func contains(_ text: [UInt8], _ wanted: [UInt8]) -> Bool {
        text.withUnsafeBytes { text in
            guard let start = text.baseAddress else { return false }
            var from = 0
            while let found = memchr(start + from, Int32(wanted[0]), text.count - from) {
                let place = UnsafeRawPointer(found) - start
                if text[place...].starts(with: wanted) { return true }
                from = place + 1
            }
            return false
        }
    }

    /// When the bytes came; nil where they did not within so many seconds.
    func wait(timeout: Double) -> Double? {
        guard seen.wait(timeout: .now() + timeout) == .success else { return nil }
        return state.withLock { $0.seenAt }
    }
}
