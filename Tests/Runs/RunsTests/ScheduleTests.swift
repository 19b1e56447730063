import Foundation
import Runs
import Testing

@Suite struct ScheduleTests {
    /// A schedule and the rates that its formula gives, worked out by hand.
    struct Table: Sendable, CustomTestStringConvertible {
        let name: String
        let schedule: Schedule
        let rates: [(step: Int, rate: Double)]

        var testDescription: String { name }
    }

    static let tables = [
        Table(
            name: "constant", schedule: Schedule(base: 0.1, total: 100),
            rates: [(0, 0.1), (1, 0.1), (99, 0.1), (100, 0.1), (1000, 0.1)]),
        Table(
            name: "constant with warm-up", schedule: Schedule(base: 0.1, warmup: 4, total: 100),
            rates: [(0, 0.025), (1, 0.05), (2, 0.075), (3, 0.1), (4, 0.1), (99, 0.1)]),
        Table(
            name: "step", schedule: Schedule(kind: Schedule.Step(every: .steps(10), factor: 0.1), base: 1, total: 40),
            rates: [(0, 1), (9, 1), (10, 0.1), (19, 0.1), (20, 0.01), (39, 0.001), (40, 0.0001), (50, 0.0001)]),
        Table(
            name: "step counts from the end of the warm-up",
            schedule: Schedule(kind: Schedule.Step(every: .steps(10), factor: 0.5), base: 1, warmup: 4, total: 40),
            rates: [(0, 0.25), (3, 1), (4, 1), (13, 1), (14, 0.5), (23, 0.5), (24, 0.25)]),
        Table(
            name: "multiStep",
            schedule: Schedule(kind: Schedule.MultiStep(at: [.steps(5), .steps(8)], factor: 0.1), base: 2, total: 20),
            rates: [(0, 2), (4, 2), (5, 0.2), (7, 0.2), (8, 0.02), (19, 0.02), (25, 0.02)]),
        Table(
            name: "multiStep in any order counts from the end of the warm-up",
            schedule: Schedule(
                kind: Schedule.MultiStep(at: [.steps(8), .steps(5)], factor: 0.1), base: 2, warmup: 2, total: 20),
            rates: [(0, 1), (1, 2), (6, 2), (7, 0.2), (9, 0.2), (10, 0.02)]),
        Table(
            name: "linear", schedule: Schedule(kind: Schedule.Polynomial(to: 0, power: 1), base: 0.8, total: 8),
            rates: [(0, 0.8), (1, 0.7), (2, 0.6), (4, 0.4), (7, 0.1), (8, 0), (9, 0)]),
        Table(
            name: "polynomial to a rest",
            schedule: Schedule(kind: Schedule.Polynomial(to: 0.01, power: 2), base: 0.11, total: 10),
            rates: [(0, 0.11), (5, 0.035), (8, 0.014), (9, 0.011), (10, 0.01), (99, 0.01)]),
        Table(
            name: "linear after a warm-up",
            schedule: Schedule(kind: Schedule.Polynomial(to: 0, power: 1), base: 1, warmup: 2, total: 6),
            rates: [(0, 0.5), (1, 1), (2, 1), (3, 0.75), (4, 0.5), (5, 0.25), (6, 0)]),
        Table(
            // cos 0, 60, 90, 120, 180 degrees.
            name: "cosine", schedule: Schedule(kind: Schedule.Cosine(to: 0), base: 0.4, total: 12),
            rates: [(0, 0.4), (4, 0.3), (6, 0.2), (8, 0.1), (12, 0), (13, 0)]),
        Table(
            name: "cosine to a rest after a warm-up",
            schedule: Schedule(kind: Schedule.Cosine(to: 0.2), base: 1, warmup: 3, total: 15),
            rates: [(0, 1.0 / 3), (1, 2.0 / 3), (2, 1), (3, 1), (7, 0.8), (9, 0.6), (11, 0.4), (15, 0.2)]),
        Table(
            // (1 + cos 45 degrees) / 2 = (2 + sqrt 2) / 4
            name: "cosine with restarts",
            schedule: Schedule(kind: Schedule.CosineRestarts(period: .steps(4), growth: 1, to: 0), base: 1, total: 100),
            rates: [
                (0, 1), (1, (2 + 2.0.squareRoot()) / 4), (2, 0.5), (3, (2 - 2.0.squareRoot()) / 4), (4, 1), (6, 0.5),
                (8, 1), (98, 0.5),
            ]),
        Table(
            // Periods of 4, 8, 16: restarts at 4, 12, 28.
            name: "cosine with restarts that double",
            schedule: Schedule(kind: Schedule.CosineRestarts(period: .steps(4), growth: 2, to: 0), base: 1, total: 100),
            rates: [
                (0, 1), (2, 0.5), (4, 1), (8, 0.5), (10, (2 - 2.0.squareRoot()) / 4), (12, 1), (20, 0.5), (28, 1),
                (44, 0.5), (60, 1),
            ]),
        Table(
            // Periods of 4, 6, 9: restarts at 4, 10, 19; counted from the end of the warm-up.
            name: "cosine with restarts that grow by a half, after a warm-up",
            schedule: Schedule(
                kind: Schedule.CosineRestarts(period: .steps(4), growth: 1.5, to: 0.2), base: 1, warmup: 5, total: 100),
            rates: [(4, 1), (5, 1), (7, 0.6), (9, 1), (11, 0.8), (12, 0.6), (13, 0.4), (15, 1), (18, 0.8), (24, 1)]),
        Table(
            name: "exponential", schedule: Schedule(kind: Schedule.Exponential(factor: 0.5), base: 8, total: 5),
            rates: [(0, 8), (1, 4), (2, 2), (3, 1), (4, 0.5), (5, 0.25), (6, 0.25)]),
        Table(
            name: "exponential after a warm-up",
            schedule: Schedule(kind: Schedule.Exponential(factor: 0.5), base: 8, warmup: 2, total: 50),
            rates: [(0, 4), (1, 8), (2, 8), (3, 4), (5, 1)]),
        Table(
            name: "inverse square root",
            schedule: Schedule(kind: Schedule.InverseSquareRoot(), base: 0.6, warmup: 4, total: 100),
            rates: [(0, 0.15), (3, 0.6), (4, 0.6), (16, 0.3), (36, 0.2), (64, 0.15), (100, 0.12), (400, 0.12)]),
        Table(
            name: "inverse square root without warm-up",
            schedule: Schedule(kind: Schedule.InverseSquareRoot(), base: 0.6, total: 100),
            rates: [(0, 0.6), (1, 0.6), (4, 0.3), (9, 0.2), (36, 0.1)]),
        Table(
            // Up to 2 in the first 20 of 80 steps, down to 0.1 in the other 60.
            name: "one cycle",
            schedule: Schedule(kind: Schedule.OneCycle(peak: 10, to: 0.1, rise: 0.25), base: 0.2, total: 80),
            rates: [(0, 0.2), (10, 1.1), (20, 2), (40, 1.525), (50, 1.05), (60, 0.575), (80, 0.1), (90, 0.1)]),
        Table(
            name: "one cycle that only falls",
            schedule: Schedule(kind: Schedule.OneCycle(peak: 2, to: 0, rise: 0), base: 1, total: 10),
            rates: [(0, 2), (5, 1), (10, 0)]),
        Table(
            name: "one cycle that only rises",
            schedule: Schedule(kind: Schedule.OneCycle(peak: 2, to: 0, rise: 1), base: 1, total: 10),
            rates: [(0, 1), (5, 1.5)]),
    ]

    @Test(arguments: tables)
    func `the rate follows the kind's formula`(_ table: Table) {
        for (step, rate) in table.rates {
            let found = table.schedule.rate(at: step)
            #expect(abs(found - rate) < 1e-12, "step \(step): \(found), not \(rate)")
        }
    }

    @Test(arguments: tables)
    func `a step before the beginning has the first rate`(_ table: Table) {
        #expect(table.schedule.rate(at: -5) == table.schedule.rate(at: 0))
    }

    @Test
    func `odd lengths and factors give a finite rate at every step`() {
        let kinds: [any ScheduleShape] = [
            Schedule.Constant(), Schedule.Step(every: .steps(0), factor: 0.5), Schedule.MultiStep(at: [], factor: 0.1),
            Schedule.Polynomial(to: 0, power: 0),
            Schedule.Cosine(to: 1), Schedule.CosineRestarts(period: .steps(0), growth: 1, to: 0),
            Schedule.CosineRestarts(period: .steps(3), growth: 0.5, to: 0),
            Schedule.CosineRestarts(period: .steps(3), growth: 0, to: 0),
            Schedule.CosineRestarts(period: .steps(3), growth: 1e300, to: 0), Schedule.Exponential(factor: 0),
            Schedule.InverseSquareRoot(),
            Schedule.OneCycle(peak: 1, to: 0, rise: 0),
        ]
        for kind in kinds {
            for schedule in [
                Schedule(kind: kind, base: 1, total: 50), Schedule(kind: kind, base: 1, warmup: 50, total: 10),
                Schedule(kind: kind, base: 1, total: 0), Schedule(kind: kind, base: 1, warmup: -3, total: .max),
            ] {
                for step in [0, 1, 2, 5, 6, 10, 49, 50, 51, 1_000_000, .max] {
                    #expect(schedule.rate(at: step).isFinite, "\(schedule) at \(step)")
                }
            }
        }
    }

    @Test(arguments: [(1.0, 100), (0.5, 50), (2.25, 225), (0.004, 0), (0.006, 1)])
    func `epochs become steps, rounded`(_ epochs: Double, steps: Int) {
        #expect(ScheduleLength.epochs(epochs).steps(stepsPerEpoch: 100) == steps)
    }

    @Test
    func `a number of steps stays what it is`() {
        #expect(ScheduleLength.steps(7).steps(stepsPerEpoch: 100) == 7)
    }

    @Test
    func `epochs beyond every number of steps stay in range`() {
        #expect(ScheduleLength.epochs(1e300).steps(stepsPerEpoch: 100) == 1 << 53)
        #expect(ScheduleLength.epochs(.nan).steps(stepsPerEpoch: 100) == 0)
        #expect(ScheduleLength.epochs(-1).steps(stepsPerEpoch: 100) == 0)
    }
}

@Suite struct RestartTests {
    @Test func `periods end where the rate restarts`() {
        let even = Schedule.CosineRestarts(period: .steps(4))
        #expect(even.ends(upTo: 12) == [4, 8, 12])
        #expect(even.ends(upTo: 11) == [4, 8])
        for growth in [1.5, 2, 3] {
            let shape = Schedule.CosineRestarts(period: .steps(5), growth: growth)
            let schedule = Schedule(kind: shape, base: 1, total: 400)
            // The rate jumps up there and nowhere else.
            let jumps = (1..<400).filter { schedule.rate(at: $0) > schedule.rate(at: $0 - 1) }
            #expect(shape.ends(upTo: 399) == jumps)
        }
    }
}
