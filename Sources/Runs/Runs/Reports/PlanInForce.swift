/// What of a run's description may change while it is alive.
package struct PlanInForce: Hashable, Sendable, Codable {
    /// Updates in all.
    package var totalSteps: Int
    /// Which examples each update takes; nil from programs that know nothing else than what was planned.
    package var course: EpochCourse?
    /// The schedule as planned for them, without what was put in place of its rest.
    package var schedule: Schedule
    /// What gradients are cut to.
    package var gradientBounds: GradientBounds
    /// The numbers that commands set, by the commands' words; see `RunDescription.numbers`.
    package var numbers: [String: Double]?

    /// A run of so many updates.
    package init(
        totalSteps: Int, schedule: Schedule, gradientBounds: GradientBounds, course: EpochCourse? = nil,
        numbers: [String: Double]? = nil
    ) {
        self.numbers = numbers
        self.totalSteps = totalSteps
        self.course = course
        self.schedule = schedule
        self.gradientBounds = gradientBounds
    }
}
