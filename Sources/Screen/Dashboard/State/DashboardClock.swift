/// The two times that the dashboard knows; they come in with the actions, and are read nowhere else.
package struct DashboardClock: Hashable, Sendable {
    /// Monotonic seconds of the frame or of the input.
    package var now = 0.0
    /// Seconds since midnight, local time, for "ends 14:07".
    package var timeOfDay = 0.0

    /// A clock that stands at 0.
    package init() {}

    /// Goes on to a moment; clocks do not go back.
    mutating func advance(to moment: Double) { if moment > now { now = moment } }
}
