import Glibc

/// Seconds of a clock that never jumps.
package enum MonotonicClock {
    /// Seconds since the machine started or so: only differences mean something.
    package static var seconds: Double { secondsOf(CLOCK_MONOTONIC) }
}

/// The time for which processors have computed, which waiting does not lengthen.
package enum ProcessorClock {
    /// Seconds for which the calling thread has computed.
    package static var secondsOfThread: Double { secondsOf(CLOCK_THREAD_CPUTIME_ID) }
}

private func secondsOf(_ clock: clockid_t) -> Double {
    var time = timespec()
    clock_gettime(clock, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
}
