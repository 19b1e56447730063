import Fields

/// A schedule as a config writes it, its lengths in steps or epochs, before the length of the run is known.
package struct ScheduleSpecification: Hashable, Sendable {
    private var held: Schedule.AnyShape
    package var warmup: ScheduleLength

    package init(kind: any ScheduleShape = Schedule.Constant(), warmup: ScheduleLength = .steps(0)) {
        held = .of(kind)
        self.warmup = warmup
    }

    /// How the rate goes on after the warm-up.
    package var kind: any ScheduleShape {
        get { held.shape }
        set { held = .of(newValue) }
    }

    /// The same schedule with what follows from the optimizer's rate written out; lengths stay as they are.
    package func completed(base: Double) -> ScheduleSpecification {
        guard var cycle = kind as? Schedule.OneCycle else { return self }
        cycle.to = cycle.to ?? base / 1e4
        return ScheduleSpecification(kind: cycle, warmup: warmup)
    }

    /// The schedule of a run of `total` updates.
    package func resolved(base: Double, total: Int, stepsPerEpoch: Int) -> Schedule {
        Schedule(
            kind: kind.resolved(base: base, stepsPerEpoch: stepsPerEpoch), base: base,
            warmup: warmup.steps(stepsPerEpoch: stepsPerEpoch), total: total)
    }
}

extension ScheduleSpecification: Alternatives {
    package static let alternatives = Schedule.shapes.alternatives { ScheduleSpecification(kind: $0) }
    package static let commonFields: [Field<ScheduleSpecification>] = [
        Field("warmup", \.warmup, .length(from: 0), "how long the rate rises in a line before that")
    ]
    package var chosen: any Written { kind }
}
