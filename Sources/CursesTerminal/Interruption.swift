import CTerminalRescue

/// SIGINT, SIGTERM and SIGHUP, with or without a terminal: a counter to look at between two steps, never an
/// action of its own.
///
/// A second SIGINT or SIGTERM that comes at least 100 ms after the first gives the terminal back and ends the process
/// with 128 + its number at once. (`timeout` and shells send twice within microseconds; that counts once.) Signals
/// that were ignored from outside, as under `nohup`, stay ignored. SIGPIPE is ignored: writes fail instead.
package enum Interruption {
    /// Starts to catch the signals. Further calls do nothing.
    package static func watch() { _ = rescue_watch_interrupts() }

    /// How often somebody asked to stop.
    package static var count: Int { Int(rescue_interrupt_count()) }

    /// The first signal, nil before one came; the exit code is 128 more.
    package static var signal: Int32? {
        let signal = rescue_last_signal()
        return signal == 0 ? nil : signal
    }

    /// Becomes readable at each caught signal, for `poll`; -1 before `watch`.
    package static var wakeDescriptor: Int32 { rescue_wake_descriptor() }

    /// Makes `wakeDescriptor` unreadable again; `Terminal.nextEvents` does so by itself.
    package static func drainWake() { rescue_drain_wake() }

    /// Lets a stack overflow of the calling thread still give the terminal back. For every thread that computes.
    package static func protectCurrentThread() { rescue_use_own_stack() }
}
