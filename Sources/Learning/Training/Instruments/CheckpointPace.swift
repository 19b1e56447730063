import Machine
import Plans

/// When the whole state of a run is due to be written.
///
/// What clocks say here decides when a file is written, never what is in it.
struct CheckpointPace {
    private let plan: CheckpointPlan
    private let began = MonotonicClock.seconds
    /// When the last one was taken, by the monotonic clock.
    private var lastAt = MonotonicClock.seconds
    /// Updates before the last one; nil before the first.
    private var lastStep: Int?
    /// Seconds that copying took at most.
    private var cost = 0.0

    /// Copying may take a two-hundredth of the time at most.
    private static let leastPause = 200.0
    /// Seconds to the second one; the pauses grow from there, since a young run is soon worth twice as much.
    private static let firstPause = 5.0

    init(_ plan: CheckpointPlan) { self.plan = plan }

    /// Whether one is due before update `step`: the first at once, later ones as the plan has it, each step once.
    mutating func isDue(at step: Int) -> Bool {
        guard let lastStep else { return true }
        guard step != lastStep else { return false }
        if let steps = plan.steps, step % steps == 0 { return true }
        let pause = min(60 * plan.minutes, max(Self.firstPause, lastAt - began))
        return MonotonicClock.seconds - lastAt >= max(pause, Self.leastPause * cost)
    }

    /// Counts one that was taken in the time since `began`, by the monotonic clock.
    mutating func note(at step: Int, began: Double) {
        lastAt = MonotonicClock.seconds
        lastStep = step
        cost = max(cost, lastAt - began)
    }
}
