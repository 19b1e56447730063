import Machine
import Training

/// How long one run of something takes: the median of many runs within a given time.
struct KernelClock: Sendable {
    /// Seconds that each measurement may take; there are at least three runs, whatever they take.
    let seconds: Double

    /// Seconds of one run; the first, a warm-up, does not count.
    func time(_ run: () -> Void) -> Double {
        run()
        var durations: [Double] = []
        let end = MonotonicClock.seconds + seconds
        repeat {
            let began = MonotonicClock.seconds
            run()
            durations.append(MonotonicClock.seconds - began)
        } while durations.count < 3 || MonotonicClock.seconds < end
        return Spread(durations).median
    }
}
