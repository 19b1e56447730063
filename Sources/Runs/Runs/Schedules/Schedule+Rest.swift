extension Schedule {
    /// What stands in the place of the rest of a schedule from some update on.
    package struct Rest: Hashable, Sendable, Codable {
        /// The first update it is for.
        package let start: Int
        /// Its rates, counted from `start`; nil where the shape before it goes on.
        package let schedule: Schedule?
        /// What the rates before it are multiplied with where their shape goes on.
        package let factor: Double
        /// No rate of it lies below this.
        package let floor: Double
        /// The rate of its first update where somebody typed one: a formula may miss it by its last bit; nil for the formula's.
        package let first: Double?

        /// A rest from a step on.
        package init(start: Int, schedule: Schedule?, factor: Double = 1, floor: Double = 0, first: Double? = nil) {
            self.start = start
            // Rests lie side by side in one list, never inside each other.
            precondition(schedule?.rests.isEmpty ?? true, "the rest of a schedule has rests of its own")
            self.schedule = schedule
            self.factor = factor
            self.floor = floor
            self.first = first
        }
    }

    /// The schedule as it was planned in the beginning.
    package var original: Schedule { with([]) }

    /// The schedule with everything from update `step` on replaced.
    /// - Parameters:
    ///   - control: what decides the rate until then; its multiplier becomes part of a shape that goes on.
    package func replacingRest(
        from step: Int, by change: ScheduleChange, control: LearningRateControl, stepsPerEpoch: Int
    ) -> Schedule {
        with(rests + [rest(from: step, by: change, control: control, stepsPerEpoch: stepsPerEpoch)])
    }

    private func rest(
        from step: Int, by change: ScheduleChange, control: LearningRateControl, stepsPerEpoch: Int
    ) -> Rest {
        let now = control.rate(at: step, schedule: self)
        guard let kind = change.kind else {
            let own = rate(at: step)
            var factor = change.scale
            if let rate = change.rate {
                factor = own > 0 ? rate / own : 1
            } else if let multiplier = control.multiplier {
                factor *= multiplier
            }
            return Rest(start: step, schedule: nil, factor: factor, floor: change.floor, first: change.rate)
        }
        let length = change.length?.steps(stepsPerEpoch: stepsPerEpoch) ?? total - step
        let shape = ScheduleSpecification(kind: kind, warmup: change.warmup)
            .resolved(base: change.rate ?? now * change.scale, total: max(1, length), stepsPerEpoch: stepsPerEpoch)
        // A warm-up rises to the rate that was typed.
        return Rest(start: step, schedule: shape, floor: change.floor, first: shape.warmup == 0 ? change.rate : nil)
    }
}
