import Machine
import Runs

/// Where the time of a step goes: one look at the clock at each border between two of its parts, no allocation.
struct StepClock {
    private(set) var times = StepTimes()
    /// The same before the step under way.
    private var timesBefore = StepTimes()
    /// When the part under way began.
    private var began = 0.0
    /// When the last step ended; nil where a pause or an evaluation came since.
    private var ended: Double?
    /// What was measured in the step so far, in seconds.
    private(set) var measuringSeconds = 0.0

    /// A step begins; returns when the one before it ended, or now where something else came between them.
    mutating func begin() -> Double {
        began = MonotonicClock.seconds
        measuringSeconds = 0
        timesBefore = times
        guard let ended else { return began }
        times.waiting += began - ended
        return ended
    }

    /// The time until the next step is no part of it.
    mutating func interrupt() { ended = nil }

    /// The step that is over was held up from outside: where its time went tells nothing.
    mutating func forgetStep() { times = timesBefore }

    mutating func endData() { times.data += lap() }

    /// - Parameter measuring: seconds of the step so far that went into measuring.
    mutating func endForward(measuring: Double) { times.forward += lap() - takeMeasuring(measuring) }

    mutating func endBackward(measuring: Double) { times.backward += lap() - takeMeasuring(measuring) }

    mutating func endUpdate(isClipped: Bool) {
        times.update += lap()
        times.steps += 1
        if isClipped { times.clippedSteps += 1 }
    }

    /// The step is over; returns the moment.
    mutating func endStatistics() -> Double {
        let seconds = lap()
        times.statistics += seconds
        measuringSeconds += seconds
        ended = began
        return began
    }

    /// Seconds since the last border.
    private mutating func lap() -> Double {
        let now = MonotonicClock.seconds
        defer { began = now }
        return now - began
    }

    /// What of the measuring so far belongs to the part that ends; it counts as statistics.
    private mutating func takeMeasuring(_ soFar: Double) -> Double {
        let new = soFar - measuringSeconds
        measuringSeconds = soFar
        times.statistics += new
        return new
    }
}
