import Files
import Foundation
import History
import RunStore
import Runs
import TestSupport
import Testing

/// What was written is read back, from event files and from logs.
@Suite struct RecordedRunTests {
    private let folder = ScratchFolder()

    /// Every step that a reader is given.
    private static func steps(_ run: RecordedRun) -> [StepReport] {
        var cursor = RunCursor()
        var (sealed, tail): ([StepReport], [StepReport]) = ([], [])
        while let changes = run.changes(since: cursor) {
            sealed += changes.steps.sealed.flatMap(\.steps)
            (tail, cursor) = (changes.steps.tail, changes.cursor)
        }
        return sealed + tail
    }

    private var reports: [Report] {
        [
            .step(Sample.step(0, loss: 2)), .step(Sample.step(1, loss: .nan)), .evaluation(Sample.evaluation(2)),
            .step(Sample.step(2, loss: 0.5, accuracy: .nan)), .layers(Sample.layersReport(2), logged: true),
            .evaluation(Sample.evaluation(3, accuracy: nil)), .step(Sample.step(5, loss: 0.25)), .end(Sample.end),
        ]
    }

    private func writeEvents(_ reports: [Report], to name: String = "events.out.tfevents.1760000000.box") throws {
        var writer = try EventFileWriter(folder / name, layers: Sample.layers, began: 1_760_000_000)
        for (index, report) in reports.enumerated() { writer.record(report, at: Double(index)) }
        try writer.close()
    }

    private func writeLog(_ reports: [Report], to name: String) throws {
        var log = try LogWriter(folder / name, layers: Sample.layers)
        for report in reports { log.record(report, at: 0) }
        try log.close()
    }

    private func error(_ path: String) -> String? {
        do throws(FileError) {
            _ = try RecordedRun.read(path)
            return nil
        } catch { return error.description }
    }

    private func expectReports(_ series: RecordedRun) {
        #expect(Self.steps(series).map(\.step) == [0, 1, 2, 5])
        #expect(Self.steps(series).map { "\($0.loss)" } == ["2.0", "nan", "0.5", "0.25"])
        #expect(Self.steps(series).map { "\($0.accuracy)" } == ["0.75", "0.75", "nan(0x5172)", "0.75"])
        #expect(Self.steps(series).allSatisfy { abs($0.learningRate - 0.1) < 1e-7 && $0.gradientNorm == 1.5 })
        #expect(series.history.evaluations.map(\.position.step) == [2, 3])
        #expect(series.history.evaluations.map(\.loss) == [0.125, 0.125])
        #expect(series.history.evaluations.map(\.accuracy) == [0.875, nil])
    }

    @Test
    func `a log`() throws {
        try writeLog(reports, to: "log.ndjson")
        let series = try RecordedRun.read(folder / "log.ndjson")
        #expect(series.name == "log.ndjson")
        expectReports(series)
    }

    @Test
    func `an event file, with the seconds since it began`() throws {
        try writeEvents(reports)
        let series = try RecordedRun.read(folder / "events.out.tfevents.1760000000.box")
        expectReports(series)
        #expect(Self.steps(series).map(\.trainingSeconds) == [0, 1, 3, 6])
    }

    @Test
    func `the event files of a run directory are one run, the newest last, with its own name`() throws {
        try writeEvents([.step(Sample.step(0, loss: 9))], to: "events.out.tfevents.1750000000.box")
        try writeEvents(reports)
        let series = try RecordedRun.read(folder.path + "/")
        #expect(series.name == folder.path.split(separator: "/").last.map(String.init))
        expectReports(series)
    }

    @Test
    func `steps taken again replace what was recorded from there on`() throws {
        let losses = [(0, 4.0), (1, 3), (2, 2), (1, 8), (2, 7), (3, 6)]
        try writeEvents(losses.map { .step(Sample.step($0.0, loss: $0.1)) })
        let series = try RecordedRun.read(folder.path)
        #expect(Self.steps(series).map(\.step) == [0, 1, 2, 3])
        #expect(Self.steps(series).map(\.loss) == [4, 8, 7, 6])
    }

    @Test
    func `a log of a run that went back keeps both branches, and a reader of the run finds them`() throws {
        let back = (1..<4).map { step in
            var report = Sample.step(step, loss: 9)
            report.branch = 1
            return Report.step(report)
        }
        try writeLog((0..<6).map { .step(Sample.step($0, loss: 1)) } + back + [.end(Sample.end)], to: "log")
        let run = try RecordedRun.read(folder / "log")
        for history in [run.history, RunHistory(of: run)] {
            #expect(history.series(of: 0)?.summary(.loss, over: 0...9).sum == 6)
            #expect(history.series(of: 1)?.summary(.loss, over: 0...9).sum == 28)
            #expect(history.series.stepRange == 0...3)
            #expect(history.status.phase == .finished(.earlyStopping))
            #expect(history.description.lengths.totalSteps == 6 && history.description.task.hasAccuracy)
        }
    }

    @Test
    func `where nobody told the end, nobody says that there was one`() throws {
        try writeLog([.step(Sample.step(0))], to: "open")
        try writeLog([.step(Sample.step(0)), .end(Sample.end)], to: "ended")
        try writeEvents([.step(Sample.step(0))])
        #expect(try RecordedRun.read(folder / "open").history.status.untold == .recorded)
        #expect(try RecordedRun.read(folder / "ended").history.status.untold == nil)
        #expect(
            try RecordedRun.read(folder / "events.out.tfevents.1760000000.box").history.status.untold == .recorded)
    }

    @Test
    func `numbers recorded one after the other, each over all steps, meet at their steps`() throws {
        var numbers = RecordedRunTests.protobufEvents(tag: "Loss/train", [(0, 1), (10, 0.5), (20, 0.25)])
        numbers += RecordedRunTests.protobufEvents(tag: "acc", [(10, 0.75), (20, 1), (30, 0)])
        numbers += RecordedRunTests.protobufEvents(tag: "Loss/test", [(20, 2)])
        numbers += RecordedRunTests.protobufEvents(tag: "histogram of nobody's concern", [(1, 2)])
        let series = try RecordedRun.parse(numbers, name: "peer", path: "peer")
        #expect(Self.steps(series).map(\.step) == [0, 10, 20, 30])
        #expect(
            Self.steps(series).map { [$0.loss.recorded, $0.accuracy.recorded] }
                == [[1, nil], [0.5, 0.75], [0.25, 1], [nil, 0]])
        #expect(series.history.evaluations.map(\.loss) == [2])
    }

    @Test
    func `a last record or line that was cut off does not count`() throws {
        try writeEvents(reports)
        try writeLog(reports, to: "log")
        for name in ["events.out.tfevents.1760000000.box", "log"] {
            let whole = try folder.bytes(name)
            let most = Self.steps(try RecordedRun.parse(whole, name: name, path: name)).count
            var counts: Set<Int> = []
            for length in 0..<whole.count {
                let cut = try? RecordedRun.parse(Array(whole[..<length]), name: name, path: name)
                counts.insert(cut.map { Self.steps($0).count } ?? 0)
            }
            #expect(counts.union([most]) == Set(0...most))
        }
    }

    @Test
    func `what is no record of a run is refused with what is due`() throws {
        #expect(error(folder / "missing")?.contains("missing: ") == true)
        #expect(error(folder.path)?.hasSuffix("no event file in this folder; a run directory is due") == true)
        try "{}\n".write(toFile: folder / "empty", atomically: true, encoding: .utf8)
        #expect(error(folder / "empty")?.contains("no losses in it; a run directory") == true)
        try "a picture, say, of some length".write(toFile: folder / "picture", atomically: true, encoding: .utf8)
        #expect(error(folder / "picture")?.contains("no event file, or a damaged one") == true)
    }

    @Test
    func `whatever the bytes, the answer is a series or one line`() throws {
        try writeEvents(reports)
        try writeLog(reports, to: "log")
        for name in ["events.out.tfevents.1760000000.box", "log"] {
            let whole = try folder.bytes(name)
            var random = SplitMix64(seed: 1)
            for _ in 0..<2000 {
                var bytes = whole
                for _ in 0..<Int.random(in: 1...4, using: &random) {
                    bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
                }
                do throws(FileError) {
                    let series = try RecordedRun.parse(bytes, name: name, path: name)
                    let steps = Self.steps(series).map(\.step)
                    #expect(zip(steps, steps.dropFirst()).allSatisfy { $0 < $1 } && steps.allSatisfy { $0 >= 0 })
                } catch { #expect(!error.description.contains("\n")) }
            }
        }
    }

    /// Records of one number, as TensorBoard's own writer makes them.
    private static func protobufEvents(tag: String, _ points: [(step: UInt8, value: Float)]) -> [UInt8] {
        points.flatMap { step, value in
            func field(_ number: UInt8, _ content: [UInt8]) -> [UInt8] {
                [number << 3 | 2, UInt8(content.count)] + content
            }
            let bits = withUnsafeBytes(of: value.bitPattern.littleEndian, Array.init)
            let summary = field(5, field(1, field(1, Array(tag.utf8)) + [2 << 3 | 5] + bits))
            let event = [1 << 3 | 1] + [UInt8](repeating: 0, count: 8) + [2 << 3 | 0, step] + summary
            let length = withUnsafeBytes(of: UInt64(event.count).littleEndian, Array.init)
            func sum(_ bytes: [UInt8]) -> [UInt8] {
                let sum = bytes.withUnsafeBytes { CRC32C.masked(CRC32C.checksum(of: $0)) }
                return withUnsafeBytes(of: sum.littleEndian, Array.init)
            }
            return length + sum(length) + event + sum(event)
        }
    }

    @Test func `a run directory knows the loss of guessing and what weight decay added`() throws {
        try writeEvents(reports)
        try #"{ "loss": { "hinge": {} }, "recorded": { "classes": 10 } }"#
            .write(toFile: folder / "config.json", atomically: true, encoding: .utf8)
        let run = try RecordedRun.read(folder.path)
        #expect(run.history.description.task.chanceLoss == 9)
        #expect(run.history.series.values(at: 0)?[.penalty] == 0.25)
        // Without a loss it is the standard; a config that is none says nothing.
        try #"{ "recorded": { "classes": 2 } }"#
            .write(toFile: folder / "config.json", atomically: true, encoding: .utf8)
        #expect(try RecordedRun.read(folder.path).history.description.task.chanceLoss == log(2))
        try "[".write(toFile: folder / "config.json", atomically: true, encoding: .utf8)
        #expect(try RecordedRun.read(folder.path).history.description.task.chanceLoss == nil)
    }
}
