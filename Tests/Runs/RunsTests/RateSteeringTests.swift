import Runs
import TestSupport
import Testing

/// Commands about the rate: what was typed is the rate of the update before which the command acts, to its last bit.
@Suite struct RateSteeringTests {
    /// A shape of each kind with options drawn from a seed.
    private static func shapes(_ noise: inout Noise) -> [any ScheduleShape] {
        let to = noise.next() * 0.01
        let steps = ScheduleLength.steps(1 + Int(noise.next() * 40))
        let factor = 0.2 + noise.next()
        return [
            Schedule.Constant(), Schedule.Step(every: steps, factor: factor),
            Schedule.MultiStep(at: [.steps(3), steps], factor: factor), Schedule.Linear(to: to),
            Schedule.Polynomial(to: to, power: 1 + noise.next()), Schedule.Cosine(to: to),
            Schedule.CosineRestarts(period: steps, growth: 1 + noise.next(), to: to),
            Schedule.Exponential(factor: 0.9 + noise.next() * 0.1), Schedule.InverseSquareRoot(),
            Schedule.OneCycle(peak: 1 + noise.next() * 9, to: to, rise: 0.1 + noise.next() * 0.8),
        ]
    }

    /// A steered run under way: its schedule, and what somebody has made of it before.
    private struct Case {
        let schedule: Schedule
        let step: Int
        let rate: Double
        var steering = RateSteering()

        init(_ shape: any ScheduleShape, _ noise: inout Noise) {
            schedule = ScheduleSpecification(kind: shape, warmup: .steps(Int(noise.next() * 30)))
                .resolved(base: 0.001 + noise.next(), total: 200, stepsPerEpoch: 20)
            step = Int(noise.next() * 190)
            rate = 1e-5 + noise.next() * 0.5
            let earlier: [RunCommand] = [
                .scaleLearningRate(0.1 + noise.next()), .setLearningRate(noise.next() + 1e-3),
                .rescaleSchedule(noise.next() + 1e-3), .followSchedule,
                .setSchedule(
                    ScheduleChange(kind: Schedule.Cosine(to: 1e-3), rate: 0.1 + noise.next(), warmup: .steps(5))),
                .setSchedule(ScheduleChange(scale: 0.3 + noise.next())),
            ]
            for _ in 0..<Int(noise.next() * 3) {
                take(earlier[Int(noise.next() * Double(earlier.count))], at: Int(noise.next() * Double(step)))
            }
        }

        mutating func take(_ command: RunCommand, at step: Int, from author: Author = .person) {
            _ = steering.take(command, from: author, at: step, schedule: schedule, stepsPerEpoch: 20)
        }

        func rate(at step: Int) -> Double { steering.rate(at: step, schedule: schedule) }
    }

    @Test(arguments: 0..<60)
    func `what was typed is what is set, held or with the plan rescaled, whatever the schedule`(seed: UInt64) {
        var noise = Noise(seed: seed + 1)
        for shape in Self.shapes(&noise) {
            let begun = Case(shape, &noise)
            let rate = begun.rate
            for command in [RunCommand.setLearningRate(rate), .rescaleSchedule(rate)] {
                var steered = begun
                steered.take(command, at: steered.step)
                #expect(steered.rate(at: steered.step) == rate, "\(command) at \(steered.step) of \(shape)")
            }
        }
    }

    @Test(arguments: 0..<60)
    func `the rest of a schedule begins with the rate that was typed, whatever its shape`(seed: UInt64) {
        var noise = Noise(seed: seed + 1)
        for shape in Self.shapes(&noise) {
            let begun = Case(Schedule.Cosine(to: 0.001), &noise)
            for kind in [shape, nil] as [(any ScheduleShape)?] {
                var steered = begun
                steered.take(.setSchedule(ScheduleChange(kind: kind, rate: begun.rate)), at: begun.step)
                #expect(steered.rate(at: begun.step) == begun.rate, "\(String(describing: kind)) at \(begun.step)")
            }
        }
    }

    @Test(arguments: 0..<40)
    func `a rescaled plan goes on with its shape`(seed: UInt64) {
        var noise = Noise(seed: seed + 1)
        for shape in Self.shapes(&noise) {
            var steered = Case(shape, &noise)
            steered.take(.rescaleSchedule(steered.rate), at: steered.step)
            let plan = steered.schedule.with(steered.steering.rests)
            for step in stride(from: steered.step, to: 200, by: 7) {
                let expected = plan.rate(at: step) / plan.rate(at: steered.step) * steered.rate
                #expect(abs(steered.rate(at: step) - expected) <= 1e-12 * expected)
            }
        }
    }

    @Test
    func `a factor is of the rate where the command acts`() {
        var steered = RateSteering()
        let line = Schedule(kind: Schedule.Linear(to: 0), base: 0.1, total: 100)
        _ = steered.take(.holdLearningRate(0.5), from: .person, at: 50, schedule: line, stepsPerEpoch: 10)
        #expect(steered.control == .held(line.rate(at: 50) * 0.5))
    }

    @Test(arguments: 0..<60)
    func `undo takes back one change after the other, to the last bit`(seed: UInt64) {
        var noise = Noise(seed: seed + 1)
        var steered = Case(Schedule.Cosine(to: 0.001), &noise)
        steered.steering = RateSteering()
        var before: [[Double]] = []
        let commands: [RunCommand] = [
            .scaleLearningRate(0.5), .setLearningRate(0.2), .rescaleSchedule(0.03), .holdLearningRate(0.3),
            .followSchedule, .setSchedule(ScheduleChange(kind: Schedule.Linear(to: 0), rate: 0.2)),
            .restore(Restoration(scale: 1.0 / 3)),
        ]
        for step in 0..<12 {
            let (rates, count) = ((0..<200).map { steered.rate(at: $0) }, steered.steering.undoable.count)
            steered.take(commands[Int(noise.next() * 7)], at: step * 10, from: step % 3 == 0 ? .script : .person)
            if steered.steering.undoable.count > count { before.append(rates) }
        }
        #expect(!before.isEmpty)
        for rates in before.reversed() {
            steered.take(.undo, at: 150)
            #expect((0..<200).map { steered.rate(at: $0) } == rates)
        }
        #expect(steered.steering.undoable.isEmpty)
    }

    @Test
    func `what changes nothing can't be undone`() {
        var steered = RateSteering()
        let schedule = Schedule(kind: Schedule.Cosine(to: 0), base: 0.1, total: 100)
        func undoable(after command: RunCommand) -> Int {
            _ = steered.take(command, from: .person, at: 10, schedule: schedule, stepsPerEpoch: 10)
            return steered.undoable.count
        }
        let nothing: [RunCommand] = [
            .followSchedule, .scaleLearningRate(1), .restore(Restoration(from: .best)), .pause, .evaluate, .note("so"),
        ]
        for command in nothing { #expect(undoable(after: command) == 0, "\(command)") }
        #expect(undoable(after: .setLearningRate(0.2)) == 1)
        #expect(undoable(after: .setLearningRate(0.2)) == 1, "the rate is that already")
        #expect(undoable(after: .holdLearningRate(1)) == 1)
        #expect(undoable(after: .restore(Restoration(scale: 0.5))) == 2)
        #expect(undoable(after: .undo) == 1 && undoable(after: .undo) == 0)
        #expect(steered.control == .planned)
    }

    @Test
    func `what a policy scaled meanwhile stays scaled when a change by hand is undone`() {
        var steered = RateSteering()
        let schedule = Schedule(base: 0.4, total: 100)
        for (command, author) in [
            (RunCommand.scaleLearningRate(0.5), Author.person), (.scaleLearningRate(0.1), .policy("plateau")),
            (.undo, .person),
        ] {
            _ = steered.take(command, from: author, at: 10, schedule: schedule, stepsPerEpoch: 10)
        }
        #expect(steered.rate(at: 20, schedule: schedule) == 0.4 * 0.1)
        #expect(steered.undoable.isEmpty)
    }

    @Test
    func `as many changes are kept as can be undone, the oldest go first`() {
        var steered = RateSteering()
        let schedule = Schedule(base: 1, total: 10)
        for count in 0...RateSteering.mostUndone {
            _ = steered.take(
                .setLearningRate(Double(count + 1)), from: .person, at: 0, schedule: schedule, stepsPerEpoch: 10)
        }
        #expect(steered.undoable.count == RateSteering.mostUndone && steered.undoable[0].control == .held(1))
    }

    @Test
    func `the peak of a plan in its warm-up is what it leads to`() {
        let rising = Schedule(kind: Schedule.Cosine(to: 0), base: 0.1, warmup: 100, total: 100_000)
        let rescaled = LearningRateControl.rescaled(rate: 0.05, planned: rising.rate(at: 36))
        let peak = rescaled.peak(from: 36, total: 100_000, schedule: rising)
        #expect(peak.isAbove && abs(peak.rate - 0.05 / 0.037 * 0.1) < 1e-12)
        #expect(!LearningRateControl.held(0.05).peak(from: 36, total: 100_000, schedule: rising).isAbove)
        #expect(!LearningRateControl.planned.peak(from: 100, total: 100_000, schedule: rising).isAbove)
    }
}
