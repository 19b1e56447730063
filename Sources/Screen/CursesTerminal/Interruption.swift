import CTerminalRescue
import Machine

/// SIGINT, SIGTERM, SIGHUP and SIGQUIT, and SIGUSR1, SIGUSR2 and SIGXCPU, which batch systems send ahead of the end: with or
/// without a terminal a counter to look at between two steps, never an action of its own.
///
/// A second SIGINT, SIGTERM or SIGQUIT that comes at least 100 ms after the first gives the terminal back and ends the process
/// with 128 + its number at once. (`timeout` and shells send twice within microseconds; that counts once.) Signals
/// that were ignored from outside, as under `nohup`, stay ignored. SIGPIPE is ignored: writes fail instead.
package enum Interruption {
    /// Starts to catch the signals. Further calls do nothing.
    package static func watch() {
        _ = rescue_watch_interrupts()
        Exhaustion.farewell.withLock { $0 = { rescue_give_back() } }
    }

    /// How often somebody asked to stop.
    package static var count: Int { Int(rescue_interrupt_count()) }

    /// The first signal, nil before one came; the exit code is 128 more.
    package static var signal: Int32? {
        let signal = rescue_last_signal()
        return signal == 0 ? nil : signal
    }

    /// Goes on after a SIGHUP as if it had not come, and ignores further ones; false where something else asked to stop.
    /// - Parameter isTerminalLost: whether the terminal's end was seen, which may be before its signal comes.
    package static func outliveHangup(isTerminalLost: Bool = false) -> Bool {
        rescue_outlive_hangup(isTerminalLost ? 1 : 0) != 0
    }

    /// A pipe that a standard stream can lead into: its ends to read, which never waits, and to write; nil where there is none.
    package static func openPipe() -> (reader: Int32, writer: Int32)? {
        var ends: [Int32] = [-1, -1]
        return rescue_open_pipe(&ends) == 0 ? (ends[0], ends[1]) : nil
    }

    /// While the error stream leads into a pipe: after a crash what is kept of it, and what the pipe still holds, is
    /// printed where the stream led before. -1 and -1 end that.
    package static func printAfterCrash(from pipe: Int32, to stream: Int32) { rescue_capture(pipe, stream) }

    /// Keeps the newest bytes of the error stream for a crash.
    package static func keepForCrash(_ bytes: [UInt8]) { rescue_keep(bytes, bytes.count) }

    /// Lets a stack overflow of the calling thread still give the terminal back. For every thread that computes.
    package static func protectCurrentThread() { rescue_use_own_stack() }
}
