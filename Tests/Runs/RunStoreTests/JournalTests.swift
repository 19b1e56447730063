import RunStore
import Runs
import Settings
import TestSupport
import Testing

@Suite struct JournalTests {
    private let folder = ScratchFolder()

    private func write(_ reports: [Report]) throws {
        var journal = try Journal(folder / "journal", description: Sample.description, began: 1_760_000_000.5)
        for report in reports { journal.record(report, at: 12.3456) }
        try journal.close()
    }

    @Test
    func `it tells who asked for what, what was noted, and how it ended`() throws {
        try write([
            .step(Sample.step(0)), .evaluation(Sample.evaluation(1)), .phase(.training, Position(step: 1)),
            .receipt(Sample.receipt(5, .setLearningRate(0.01), .accepted(old: 0.1, new: 0.01))),
            .note(.disk, "full", Position(step: 6)),
            .notFinite(Position(step: 7), loss: .nan, gradientNorm: 2),
            .end(Sample.end),
        ])
        #expect(
            try folder.lines("journal") == [
                #"{"event":"begin","name":"digits","host":"box","seed":1,"time":1760000000.5}"#,
                #"{"event":"evaluation","step":1,"branch":0,"epoch":0,"loss":0.125,"accuracy":0.875,"seconds":12.346}"#,
                #"{"event":"command","step":5,"branch":0,"author":"person","command":{"setLearningRate":0.01},"#
                    + #""accepted":true,"old":0.1,"new":0.01,"reason":null,"seconds":12.346}"#,
                #"{"event":"note","step":6,"branch":0,"author":"disk","text":"full","seconds":12.346}"#,
                #"{"event":"notFinite","step":7,"branch":0,"loss":"NaN","gradientNorm":2,"seconds":12.346}"#,
                #"{"event":"end","step":200,"branch":0,"reason":"earlyStopping","kept":"best","#
                    + #""bestStep":100,"bestLoss":0.125,"bestAccuracy":0.875,"seconds":12.346}"#,
                "",
            ])
    }

    static let receipts = [
        Sample.receipt(0, .setLearningRate(0.1 + 0.2), .accepted(old: 0.1, new: 0.1 + 0.2)),
        Sample.receipt(1, .scaleLearningRate(0.5), by: .policy("plateau"), .accepted(old: 1, new: 0.5)),
        Sample.receipt(2, .setLearningRate(.infinity), by: .script, .refused("the rate must be finite, \"please\"\n")),
        Sample.receipt(3, .followSchedule, .accepted(old: 0.2, new: 0.1)),
        Sample.receipt(3, .setSchedule(ScheduleChange(scale: 0.1 + 0.2, floor: 1e-300)), .accepted(old: 0.2, new: 0.1)),
        Sample.receipt(
            3,
            .setSchedule(
                ScheduleChange(
                    kind: Schedule.CosineRestarts(period: .epochs(1.5), growth: 2, to: 1e-3), rate: 1.0 / 3,
                    warmup: .steps(3),
                    length: .steps(900))), .accepted(old: 0.2, new: 1.0 / 3)),
        Sample.receipt(
            3, .setSchedule(ScheduleChange(kind: Schedule.Step(every: .steps(9), factor: 0.5))),
            .accepted(old: 1, new: 1)),
        Sample.receipt(
            3, .setSchedule(ScheduleChange(kind: Schedule.MultiStep(at: [.steps(9), .epochs(2)], factor: 0.5))),
            .accepted(old: 1, new: 1)),
        Sample.receipt(
            3, .setSchedule(ScheduleChange(kind: Schedule.Polynomial(to: 0, power: 3))), .accepted(old: 1, new: 1)),
        Sample.receipt(3, .setSchedule(ScheduleChange(kind: Schedule.Linear(to: -1))), .refused("no")),
        Sample.receipt(
            3, .setSchedule(ScheduleChange(kind: Schedule.Exponential(factor: 0.99))), .accepted(old: 1, new: 1)),
        Sample.receipt(3, .setSchedule(ScheduleChange(kind: Schedule.InverseSquareRoot())), .accepted(old: 1, new: 1)),
        Sample.receipt(
            3, .setSchedule(ScheduleChange(kind: Schedule.OneCycle(peak: 4, to: 0.1, rise: 0.25))),
            .accepted(old: 1, new: 1)),
        Sample.receipt(3, .setSchedule(ScheduleChange(kind: Schedule.Constant(), rate: .infinity)), .refused("no")),
        Sample.receipt(3, .rescaleSchedule(1.0 / 3), .accepted(old: 1, new: 1.0 / 3)),
        Sample.receipt(3, .holdLearningRate(0.5), .accepted(old: 1, new: 0.5)),
        Sample.receipt(3, .undo, .accepted(old: 1, new: 2)), Sample.receipt(3, .undo, .refused("no")),
        Receipt(
            position: Position(step: 9), author: .person, command: .restore(Restoration(from: .best, scale: 1.0 / 3)),
            outcome: .accepted(old: 1, new: 1.0 / 3), restored: 5),
        Sample.receipt(3, .setWeightDecay(1.0 / 3), .accepted(old: 0, new: 1.0 / 3)),
        Sample.receipt(3, .setMomentum(0.95), .accepted(old: 0.9, new: 0.95)),
        Sample.receipt(3, .setBeta1(0.95), .refused("no")),
        Sample.receipt(3, .setGradientClipping(0.5), .accepted(old: 0, new: 0.5)),
        Sample.receipt(3, .setDropout(DropoutChange(p: 0.3)), .accepted(old: 0.5, new: 0.3)),
        Sample.receipt(3, .setDropout(DropoutChange(p: 0.3, layer: "4")), .accepted(old: 0.5, new: 0.3)),
        Sample.receipt(3, .setPatience(9), .accepted(old: 5, new: 9)),
        Sample.receipt(3, .freeze("0"), .accepted(old: nil, new: nil)),
        Sample.receipt(3, .unfreeze("3.body.0"), .refused("no")),
        Sample.receipt(3, .reinitialize("0"), .accepted(old: nil, new: nil)),
        Sample.receipt(3, .reinitializeDeadUnits("0"), .accepted(old: nil, new: 4)),
        Sample.receipt(3, .clearOptimizerState, .accepted(old: nil, new: nil)),
        Sample.receipt(3, .setEvaluationInterval(200), .accepted(old: 15, new: 200)),
        Sample.receipt(3, .setEvaluationInterval(0), .accepted(old: 200, new: 15)),
        Sample.receipt(3, .setEvaluationInterval(-1), .refused("no")),
        Sample.receipt(3, .setEpochs(20), .accepted(old: 10, new: 20)),
        Sample.receipt(3, .setBatchSize(128), .accepted(old: 64, new: 128)),
        Sample.receipt(4, .pause), Sample.receipt(4, .step(20)), Sample.receipt(24, .step(-1), .refused("no")),
        Sample.receipt(24, .resume), Sample.receipt(25, .evaluate, by: .script),
        Sample.receipt(26, .stop(keep: .best), by: .policy("earlyStopping")),
        Sample.receipt(26, .stop(keep: .last), .refused("the run has ended")),
    ]

    @Test(arguments: receipts)
    func `every command reads back, with its argument, author and answer`(_ receipt: Receipt) throws {
        try write([.receipt(receipt), .note(.run, "between", Position(step: 1)), .receipt(receipt)])
        let read = try Journal.receipts(in: try folder.bytes("journal"), file: "journal")
        #expect(read == [receipt, receipt])
    }

    @Test
    func `a line that a crash cut short does not count`() throws {
        try write(Self.receipts.map { .receipt($0) })
        let bytes = try folder.bytes("journal")
        for length in 0...bytes.count {
            let read = try Journal.receipts(in: Array(bytes.prefix(length)), file: "journal")
            #expect(read == Array(Self.receipts.prefix(read.count)))
        }
    }

    @Test
    func `a damaged line is an error with its place`() {
        let text = #"{"event":"command","step":1,"branch":0,"author":"person","command":{"setRate":1},"accepted":true}"#
        #expect(throws: SettingsError.self) {
            try Journal.receipts(in: Array((text + "\n").utf8), file: "journal")
        }
    }

    @Test
    func `no mutation of a journal crashes its reader`() throws {
        try write(Self.receipts.map { .receipt($0) })
        var mutations = Mutations(of: try folder.text("journal"), seed: 11)
        for _ in 0..<2000 {
            do throws(SettingsError) {
                let receipts = try Journal.receipts(in: mutations.next(), file: "journal")
                #expect(receipts.allSatisfy { $0.position.step >= 0 })
            } catch {
                #expect(error.place.line >= 1 && !error.description.contains("\n"))
            }
        }
    }
}
