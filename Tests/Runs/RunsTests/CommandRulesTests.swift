import Runs
import Testing

@Suite struct CommandRulesTests {
    static let training: CommandRules = CommandRules(
        phase: .training, control: .planned, learningRate: 0.1, hasValidation: true, canResume: true,
        stepsLeft: 100, stepsPerEpoch: 20)

    static func rules(_ change: (inout CommandRules) -> Void) -> CommandRules {
        var rules = training
        change(&rules)
        return rules
    }

    static let paused: CommandRules = rules { $0.phase = .paused(.asked) }
    static let held: CommandRules = rules {
        $0.control = .held(0.01)
        $0.learningRate = 0.01
    }

    /// A command, who gives it in which situation, and the refusal; nil where it is done.
    struct Row: Sendable, CustomTestStringConvertible {
        let command: RunCommand
        var author = Author.person
        let rules: CommandRules
        let refusal: String?

        init(_ command: RunCommand, _ author: Author = .person, in rules: CommandRules, _ refusal: String?) {
            self.command = command
            self.author = author
            self.rules = rules
            self.refusal = refusal
        }

        var testDescription: String { "\(command) from \(author.name) in \(rules.phase)" }
    }

    static let schedules: [Row] = [
        Row(.setSchedule(ScheduleChange()), in: training, nil),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Cosine(to: 0), rate: 0.5, length: .epochs(2))), in: training, nil
        ),
        Row(.setSchedule(ScheduleChange(kind: Schedule.Constant())), in: held, nil),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Constant())), .policy("plateau"), in: held,
            "the rate is held at 0.01 by hand"),
        Row(.setSchedule(ScheduleChange()), in: rules { $0.stepsLeft = 0 }, "no update is left to make"),
        Row(
            .setSchedule(ScheduleChange(rate: -1)), in: training,
            "the first rate must be a number above 0 and at most 1e6, not -1"),
        Row(
            .setSchedule(ScheduleChange(rate: .nan)), in: training,
            "the first rate must be a number above 0 and at most 1e6, not NaN"),
        Row(.setSchedule(ScheduleChange(scale: 0)), in: training, "the scale must be a number above 0, not 0"),
        Row(
            .setSchedule(ScheduleChange(scale: 1e8)), in: training,
            "the rate would begin with 10000000; it must be above 0 and at most 1e6"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Constant())), in: rules { $0.learningRate = 0 },
            "the rate is 0 here: say with which rate to begin"),
        Row(
            .setSchedule(ScheduleChange(floor: 0.2)), in: training,
            "the floor 0.2 lies above the rate 0.1 it begins with"),
        Row(
            .setSchedule(ScheduleChange(floor: -1)), in: training, "the floor must be a number from 0 to 1e6, not -1"),
        Row(
            .setSchedule(ScheduleChange(length: .steps(5))), in: training,
            "the shape as planned keeps its length and has no warm-up"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Linear(to: 0), length: .steps(0))), in: training,
            "the length must be from 1 to 1000000000 steps, not 0"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Linear(to: 0), warmup: .epochs(1), length: .steps(20))),
            in: training,
            "the warm-up of 20 steps must be shorter than 20"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Cosine(to: .infinity))), in: training,
            "the rate to end with must be a number from 0 to 1e6, not Infinity"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Step(every: .steps(0), factor: 0.5))), in: training,
            "the length of a stair must be at least 1 step"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Step(every: .steps(5), factor: 0))), in: training,
            "the factor must be a number above 0, not 0"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.OneCycle(peak: 1e9, to: 0, rise: 0.3))), in: training,
            "the peak must be above 0 and give a rate of at most 1e6, not 1000000000"),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Exponential(factor: -1))), in: training,
            "the factor must be a number above 0, not -1"),
        // The same ranges as in a config.
        Row(.setSchedule(ScheduleChange(kind: Schedule.Exponential(factor: 1.01))), in: training, nil),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.Step(every: .steps(5), factor: 2_000))), in: training, nil),
        Row(
            .setSchedule(ScheduleChange(kind: Schedule.CosineRestarts(period: .steps(5), growth: 0.5))), in: training,
            "the growth must be a number from 1 to 1000, not 0.5"),
    ]

    @Test(arguments: schedules)
    func `the rest of a schedule is refused with its reason`(_ row: Row) {
        #expect(row.rules.refusal(of: row.command, from: row.author) == row.refusal)
    }

    static let rates: [Row] = [
        Row(.setLearningRate(0.5), in: training, nil),
        Row(.setLearningRate(1e6), in: training, nil),
        Row(.setLearningRate(.leastNonzeroMagnitude), in: training, nil),
        Row(.setLearningRate(0), in: training, "the rate must be a number above 0 and at most 1e6, not 0"),
        Row(.setLearningRate(-0.1), in: training, "the rate must be a number above 0 and at most 1e6, not -0.1"),
        Row(
            .setLearningRate(1_000_001), in: training, "the rate must be a number above 0 and at most 1e6, not 1000001"),
        Row(.setLearningRate(.nan), in: training, "the rate must be a number above 0 and at most 1e6, not NaN"),
        Row(
            .setLearningRate(.infinity), in: training,
            "the rate must be a number above 0 and at most 1e6, not Infinity"),
        Row(.scaleLearningRate(0.5), in: training, nil),
        Row(.scaleLearningRate(0), in: training, "the factor must be a number above 0, not 0"),
        Row(.scaleLearningRate(-2), in: training, "the factor must be a number above 0, not -2"),
        Row(.scaleLearningRate(.nan), in: training, "the factor must be a number above 0, not NaN"),
        Row(.scaleLearningRate(.infinity), in: training, "the factor must be a number above 0, not Infinity"),
        Row(.scaleLearningRate(2e7), in: training, "the rate would be 2000000; it must be above 0 and at most 1e6"),
        Row(
            .scaleLearningRate(0.25), in: rules { $0.learningRate = .leastNonzeroMagnitude },
            "the rate would be 0; it must be above 0 and at most 1e6"),
        Row(.followSchedule, in: training, nil),
        Row(.setLearningRate(0.5), in: paused, nil),
    ]

    static let heldRates: [Row] = [
        Row(.setLearningRate(0.5), in: held, nil),
        Row(.scaleLearningRate(2), .script, in: held, nil),
        Row(.rescaleSchedule(0.2), in: held, nil),
        Row(.rescaleSchedule(0), in: training, "the rate must be a number above 0 and at most 1e6, not 0"),
        Row(
            .rescaleSchedule(0.2), in: rules { $0.plannedRate = 0 },
            "the planned rate is 0 here: hold the rate instead"),
        Row(.holdLearningRate(0.5), in: training, nil),
        Row(.holdLearningRate(1e8), in: training, "the rate would be 10000000; it must be above 0 and at most 1e6"),
        Row(.undo, in: training, "no change by hand is left to undo"),
        Row(.undo, in: rules { $0.canUndo = true }, nil),
        Row(.restore(Restoration()), in: training, "no sound weights have been kept yet"),
        Row(.restore(Restoration(from: .best)), in: training, "there was no evaluation yet"),
        Row(.restore(Restoration()), in: rules { $0.snapshot = SnapshotPoint(step: 3, loss: 1) }, nil),
        Row(.restore(Restoration(from: .best)), in: rules { $0.hasBest = true }, nil),
        Row(
            .restore(Restoration(from: .best, scale: 0)), in: rules { $0.hasBest = true },
            "the rate would be 0; it must be above 0 and at most 1e6"),
        Row(.followSchedule, in: held, nil),
        Row(.scaleLearningRate(0.1), .policy("plateau"), in: training, nil),
        Row(.scaleLearningRate(0.1), .policy("plateau"), in: held, "the rate is held at 0.01 by hand"),
        Row(.setLearningRate(0.1), .policy("plateau"), in: held, "the rate is held at 0.01 by hand"),
        Row(.followSchedule, .policy("plateau"), in: held, "the rate is held at 0.01 by hand"),
        Row(.stop(keep: .best), .policy("earlyStopping"), in: held, nil),
    ]

    static let pausing: [Row] = [
        Row(.pause, in: training, nil),
        Row(.pause, in: rules { $0.phase = .evaluating }, nil),
        Row(.pause, in: paused, "already paused"),
        Row(.pause, in: rules { $0.phase = .paused(.notFinite) }, "already paused"),
        Row(.pause, .script, in: training, nil),
        Row(.pause, .script, in: rules { $0.canResume = false }, "nothing could ever resume this run"),
        Row(.resume, in: paused, nil),
        Row(.resume, in: rules { $0.phase = .paused(.notFinite) }, nil),
        Row(.resume, in: training, "training is not paused"),
        Row(.step(1), in: paused, nil),
        Row(.step(1_000_000), in: paused, nil),
        Row(.step(1), in: training, "single steps are made only while paused"),
        Row(.step(0), in: paused, "the number of steps must be from 1 to 1000000, not 0"),
        Row(.step(-1), in: paused, "the number of steps must be from 1 to 1000000, not -1"),
        Row(.step(1_000_001), in: paused, "the number of steps must be from 1 to 1000000, not 1000001"),
    ]

    static let others: [Row] = [
        Row(.evaluate, in: training, nil),
        Row(.evaluate, in: paused, nil),
        Row(.evaluate, in: rules { $0.hasValidation = false }, "there is no validation set"),
        Row(.stop(keep: .last), in: training, nil),
        Row(.stop(keep: .best), in: paused, nil),
        Row(.stop(keep: .best), .script, in: rules { $0.hasValidation = false }, nil),
    ]

    @Test(arguments: rates) func `a rate is above 0 and at most 1e6`(_ row: Row) { check(row) }

    @Test(arguments: heldRates) func `policies leave a held rate alone`(_ row: Row) { check(row) }

    @Test(arguments: pausing) func `pause, resume and single steps need the right phase`(_ row: Row) {
        check(row)
    }

    @Test(arguments: others) func `evaluate needs a validation set, stop nothing`(_ row: Row) { check(row) }

    @Test(arguments: rates + heldRates + pausing + others)
    func `after the end everything is refused`(_ row: Row) {
        var rules = row.rules
        rules.phase = .finished(.completed)
        #expect(rules.refusal(of: row.command, from: row.author) == "the run has ended")
    }

    private func check(_ row: Row) {
        #expect(row.rules.refusal(of: row.command, from: row.author) == row.refusal)
    }
}
