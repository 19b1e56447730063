import Machine

/// Keeps a run to so many steps a second, for whoever explains what is seen.
struct StepPace {
    /// At most so many, above 0.
    let stepsPerSecond: Double
    /// When the next step is due, in monotonic seconds.
    private var due = -Double.infinity

    init(stepsPerSecond: Double) { self.stepsPerSecond = stepsPerSecond }

    /// Seconds until the next step may begin, 0 where it may now.
    var secondsToWait: Double { max(0, due - MonotonicClock.seconds) }

    /// A step begins: the next one is due a step's time after this one was, or after now where the run is late.
    mutating func begin() {
        let (now, length) = (MonotonicClock.seconds, 1 / stepsPerSecond)
        due = now - due < length ? due + length : now + length
    }
}
