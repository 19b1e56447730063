import Files
import Foundation
import History
import RunStore
import Runs
import TestSupport
import Testing

/// Event files of others: TensorFlow's and Keras' scalars, several tags for one number, several files of one run, damaged ones.
@Suite struct EventFilesTests {
    private let folder = ScratchFolder()

    // MARK: Writing

    private static func tensor(_ tag: String, _ content: [UInt8]) -> [UInt8] {
        Event.field(
            1,
            Event.field(1, Array(tag.utf8)) + Event.field(9, Event.field(1, Event.field(1, Array("scalars".utf8))))
                + Event.field(8, content))
    }

    private func steps(_ run: RecordedRun) -> [(step: Int, loss: Double)] {
        guard let range = run.history.series.stepRange else { return [] }
        return range.compactMap { step in
            guard let values = run.history.series.values(at: Double(step)), values.step == step else { return nil }
            return (step, values[.loss])
        }
    }

    private func parse(_ bytes: [UInt8], path: String = "run") throws -> RecordedRun {
        try RecordedRun.parse(bytes, name: "run", path: path)
    }

    // MARK: Tensors

    @Test func `tensors of one number are numbers, whatever their type and form`() throws {
        let contents: [[UInt8]] = [
            [8, 1] + Event.field(2, []) + Event.field(4, Event.raw(Float(0.5).bitPattern.littleEndian)),
            [8, 2] + Event.field(4, Event.raw(0.5.bitPattern.littleEndian)),
            [8, 1] + Event.field(5, Event.raw(Float(0.5).bitPattern.littleEndian)),
            [8, 1, 5 << 3 | 5] + Event.raw(Float(0.5).bitPattern.littleEndian),
            [8, 2, 6 << 3 | 1] + Event.raw(0.5.bitPattern.littleEndian),
            [8, 19] + Event.field(4, Event.raw(Float16(0.5).bitPattern.littleEndian)),
            [8, 19] + Event.field(13, Event.varint(UInt64(Float16(0.5).bitPattern))),
            [8, 14] + Event.field(4, [0, 0x3F]),
        ]
        for content in contents {
            #expect(steps(try parse(Event.bytes(7, [Self.tensor("epoch_loss", content)]))).map(\.loss) == [0.5])
        }
        for content in [[8, 3, 7 << 3, 12], [8, 9] + Event.field(10, [12]), [8, 3] + Event.field(4, [12, 0, 0, 0])] {
            #expect(
                steps(try parse(Event.bytes(0, [Self.tensor("loss", content.map { UInt8($0) })]))).map(\.loss) == [12])
        }
        // Words and several numbers are none.
        let none = [8, 7] + Event.field(8, Array("text".utf8))
        let both = [8, 1] + Event.field(4, [UInt8](repeating: 0, count: 8))
        for content in [none, both] {
            #expect(throws: FileError.self) { try parse(Event.bytes(0, [Self.tensor("loss", content)])) }
        }
    }

    @Test func `a run of Keras is read, and its validation folder as validation`() throws {
        func epoch(_ step: Int, _ loss: Float) -> [UInt8] {
            func scalar(_ tag: String, _ value: Float) -> [UInt8] {
                Self.tensor(tag, [8, 1] + Event.field(4, Event.raw(value.bitPattern.littleEndian)))
            }
            return Event.bytes(step, [scalar("epoch_loss", loss), scalar("epoch_accuracy", 1 - loss / 4)])
        }
        let bytes = (0..<3).flatMap { epoch($0, Float(2 - $0)) }
        for part in ["train", "validation"] { try folder.write("keras/\(part)/events.out.tfevents.1.host.v2", bytes) }
        let training = try RecordedRun.read(folder / "keras/train")
        #expect(steps(training).map(\.loss) == [2, 1, 0] && training.history.evaluations.isEmpty)
        #expect(
            training.warnings.map(\.sentence) == [
                "\(folder.path)/keras/train/events.out.tfevents.1.host.v2: loss is epoch_loss, accuracy is epoch_accuracy"
            ])
        let validation = try RecordedRun.read(folder / "keras/validation")
        #expect(validation.history.evaluations.map(\.loss) == [2, 1, 0])
        #expect(validation.history.evaluations.map(\.accuracy) == [0.5, 0.75, 1] && steps(validation).isEmpty)
        let error = #expect(throws: FileError.self) { try RecordedRun.read(folder / "keras") }
        #expect(
            error?.description
                == "\(folder.path)/keras: no event file in this folder; it holds the runs train, validation: give one of them, as in "
                + "\(folder.path)/keras/train")
    }

    // MARK: Long files

    @Test func `a file longer than what is read at once is read whole, and its damage has its place`() throws {
        let filler = Event.field(9, [UInt8](repeating: 7, count: 70_001))
        let records = (0..<150).map { Event.bytes($0, [Event.simple("loss", Float($0)), filler]) }
        let path = try folder.write("events.out.tfevents.1.box", records.flatMap { $0 })
        #expect(try steps(RecordedRun.read(path)).map(\.loss) == (0..<150).map(Double.init))
        var bytes = records.flatMap { $0 }
        let place = records[..<120].reduce(0) { $0 + $1.count }
        bytes[place + 200] ^= 1
        let damaged = try RecordedRun.read(try folder.write("events.out.tfevents.2.box", bytes))
        #expect(steps(damaged).count == 120)
        #expect(damaged.warnings.first?.sentence.contains("at byte \(place) of \(bytes.count)") == true)
    }

    // MARK: Numbers that are missing

    @Test func `what nobody recorded at a step is no trouble there, and what went wrong is`() throws {
        let bytes = (0..<3_000).flatMap { step in
            Event.bytes(
                step,
                [Event.simple("lr", 0.1)] + (step % 10 == 0 ? [Event.simple("loss", step == 50 ? .nan : 1)] : []))
        }
        let run = try parse(bytes)
        for history in [run.history, RunHistory(of: run)] {
            #expect(history.series.notFiniteSteps == [50])
            let edges = (0...30).map { Double($0) * 100 }
            let bad = history.series.trouble(.loss, edges: edges).indices.filter {
                history.series.trouble(.loss, edges: edges)[$0] != nil
            }
            #expect(bad == [0])
            #expect(history.series.trouble(.gradientNorm, edges: edges).allSatisfy { $0 == nil })
            #expect(history.series.values(at: 7)?[.loss].recorded == nil)
            #expect(history.series.values(at: 50)?[.loss].wentWrong == true)
        }
    }

    @Test func `a validation accuracy without a loss has none, which is no trouble`() throws {
        let bytes = (0..<3).flatMap {
            Event.bytes($0, [Event.simple("val_acc", 0.5), Event.simple("loss", 1)])
        }
        let evaluations = try parse(bytes).history.evaluations
        #expect(evaluations.count == 3)
        #expect(evaluations.allSatisfy { $0.loss.recorded == nil && !$0.loss.wentWrong && $0.accuracy == 0.5 })
    }

    // MARK: Tags

    @Test func `each number is one tag, and the others go on beside it`() throws {
        var bytes = (0..<40).flatMap { Event.bytes($0, [Event.simple("Loss/train", Float(100 - $0))]) }
        bytes += Event.bytes(1, [Event.simple("Loss/train_epoch", 7), Event.simple("Loss/valid", 8)])
        let run = try parse(bytes)
        #expect(steps(run).map(\.step) == Array(0..<40) && steps(run)[30].loss == 70)
        #expect(run.history.evaluations.map(\.loss) == [8])
        #expect(
            run.warnings.map(\.sentence) == [
                "run: loss is Loss/train, validation loss is Loss/valid; not shown: Loss/train_epoch"
            ])
    }

    @Test(
        arguments: [
            ("train/acc", "accuracy"), ("val_acc", "validation accuracy"), ("Accuracy/test", "validation accuracy"),
            ("valAccuracy", "validation accuracy"), ("epoch_sparse_categorical_accuracy", "accuracy"),
            ("lr-Adam", "rate"),
            ("lr-SGD/pg1", "rate"), ("opt/learning_rate", "rate"), ("learningRate", "rate"),
            ("grad_norm", "gradient norm"),
            ("train/total_loss", "loss"), ("eval/loss", "validation loss"), ("trainLoss", "loss"),
            ("system/gpu.accelerator_memory", nil), ("accumulated", nil), ("loss_scale", nil), ("color", nil),
            ("blr", nil),
            ("test_speed", nil), ("lr_decay_steps", nil),
        ] as [(String, String?)])
    func `tags are read by whole words`(tag: String, number: String?) throws {
        let bytes = (0..<3).flatMap { Event.bytes($0, [Event.simple(tag, 0.5), Event.simple("train/loss", 1)]) }
        let said = try parse(bytes).warnings.map(\.sentence)
        // What is taken for the loss stands back behind our own tag.
        let words = number == "loss" ? "run: not shown: \(tag)" : number.map { "run: \($0) is \(tag)" }
        #expect(said == (words.map { [$0] } ?? []))
    }

    @Test func `no accuracy is above 1`() throws {
        func accuracies(_ tag: String, _ values: [Float]) throws -> [Double] {
            let bytes = values.enumerated().flatMap {
                Event.bytes($0, [Event.simple(tag, $1), Event.simple("train/loss", 1)])
            }
            let run = try parse(bytes)
            return values.indices.compactMap { run.history.series.values(at: Double($0))?[.accuracy] }.filter {
                !$0.isNaN
            }
        }
        #expect(try accuracies("acc", [0.25, 0.5, 1]) == [0.25, 0.5, 1])
        #expect(try accuracies("acc", [25, 50, 87.5]) == [0.25, 0.5, 0.875])
        #expect(try accuracies("acc", [25, 5000, 3]).isEmpty && accuracies("acc", [-1, 0.5, 0.25]).isEmpty)
        #expect(try accuracies("accelerator_memory", [0.4, 0.4, 0.4]).isEmpty)
    }

    @Test func `of several losses the total is taken, else the one with the most points`() throws {
        func taken(_ tags: [(String, Int)]) throws -> String? {
            let bytes = tags.flatMap { tag, count in (0..<count).flatMap { Event.bytes($0, [Event.simple(tag, 1)]) } }
            return try parse(bytes).warnings.first?.sentence
        }
        #expect(
            try taken([("train/box_loss", 3), ("train/loss_total", 3), ("train/cls_loss", 3)])
                == "run: loss is train/loss_total; not shown: train/box_loss, train/cls_loss")
        #expect(
            try taken([("train/box_loss", 3), ("train/cls_loss", 5)])
                == "run: loss is train/cls_loss; not shown: train/box_loss")
    }

    // MARK: Files

    @Test func `the files of a folder are one run, in the order of their times`() throws {
        let first = (0..<8).flatMap { Event.bytes($0, [Event.simple("train/loss", Float($0))]) }
        let second = (5..<12).flatMap { Event.bytes($0, [Event.simple("train/loss", Float(100 + $0))]) }
        // By number, not by letters.
        try folder.write("run/events.out.tfevents.999.host", first)
        try folder.write("run/events.out.tfevents.1000.host", second)
        let run = try RecordedRun.read(folder / "run")
        #expect(steps(run).map(\.step) == Array(0..<12))
        let due: [Double] = (0..<12).map { $0 < 5 ? Double($0) : Double(100 + $0) }
        #expect(steps(run).map(\.loss) == due)
    }

    @Test func `a damaged record ends the reading, once said`() throws {
        let records = (0..<10).map { Event.bytes($0, [Event.simple("train/loss", Float($0))]) }
        let whole = records.flatMap { $0 }
        var flipped = whole
        let start = records[0].count * 6
        for offset in [12, 20, records[0].count - 1, 0] {
            flipped = whole
            flipped[start + offset] ^= 4
            let run = try parse(flipped)
            #expect(steps(run).map(\.step) == Array(0..<6), "\(offset)")
            #expect(
                run.warnings.map(\.sentence) == [
                    "run: the record at byte \(start) of \(whole.count) is damaged (its check sum is wrong); what comes before it is "
                        + "shown"
                ])
        }
        #expect(try parse(whole).warnings.isEmpty)
        #expect(steps(try parse(Array(whole.dropLast(5)))).count == 9)
    }

    @Test func `what was recorded as no number is a gap, what was not recorded is none`() throws {
        var bytes: [UInt8] = []
        for step in 0..<100 {
            let loss: Float = step == 0 || step == 99 ? 1 : .nan
            bytes += Event.bytes(
                step, [Event.simple("train/loss", loss)] + (step % 10 == 0 ? [Event.simple("acc", 0.5)] : []))
        }
        let run = try parse(bytes)
        #expect(run.notFinite == [.loss: Array(1...98)])
        let infinite = try parse(
            Event.bytes(0, [Event.simple("loss", 1)]) + Event.bytes(5, [Event.simple("loss", .infinity)]))
        #expect(infinite.notFinite == [.loss: [5]])
    }

    @Test func `what has no losses names its tags, and another file its kind`() throws {
        let error = #expect(throws: FileError.self) { try parse(Event.bytes(0, [Event.simple("fps", 60)])) }
        #expect(
            error?.description
                == "run: no losses in it (its tags are fps); a run directory, an event file or a file of --log is due")
        let page = #expect(throws: FileError.self) { try parse(Array("<html></html>".utf8)) }
        #expect(
            page?.description
                == "run: is a web page (HTML), and an event file, a run directory or a log is due; download the file itself"
        )
    }
}
