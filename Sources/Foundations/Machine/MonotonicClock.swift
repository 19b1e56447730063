import Foundation

/// Seconds of a clock that never jumps; only differences mean something.
package enum MonotonicClock {
    package static var seconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }
}
