import Files
import Foundation
import History
import RunStore
import Runs
import TestSupport
import Testing

/// What a journal and its marks say of where a run can go on.
@Suite struct RunPastTests {
    private let folder = ScratchFolder()

    /// A run of four steps with a checkpoint before each, a change by hand after the second.
    private func record() throws -> RunDirectory {
        let directory = try RunDirectory.prepare(folder / "run")
        let run = LiveRun(Sample.description)
        let sinks: [any ReportSink] = [
            try LogWriter(folder / "log", layers: []),
            try Journal(directory.journal, description: Sample.description, began: 5, log: folder / "log"),
            try EventFileWriter(directory.eventFile(began: 5, host: "box"), layers: [], began: 5),
        ]
        var recording = Recording(run: run, sinks: sinks)
        for step in 0..<4 {
            recording.take([.checkpoint(number: step, Position(step: step))], at: Double(step))
            if step == 2 { recording.take([.receipt(Sample.receipt(2, .setLearningRate(0.5)))], at: 2.5) }
            recording.take([.step(Sample.step(step))], at: Double(step) + 0.5)
        }
        recording.close(at: 4)
        return directory
    }

    @Test func `each checkpoint knows how much of each file is its past`() throws {
        let past = try RunPast(try record())
        #expect(past.begin.log == (folder / "log") && past.begin.time == 5)
        for number in 0..<4 {
            let point = try #require(past.point(of: number))
            #expect(point.position == Position(step: number) && point.seconds == Double(number))
            #expect(point.log?.path == (folder / "log"))
            let log = try folder.bytes("log").prefix(try #require(point.log?.length))
            #expect(log.count(where: { $0 == UInt8(ascii: "\n") }) == number + (number > 2 ? 1 : 0))
            #expect(log.isEmpty || log.last == UInt8(ascii: "\n"))
            let journal = String(decoding: try folder.bytes("run/journal.ndjson").prefix(point.journal), as: UTF8.self)
            #expect(journal.hasSuffix("\n") && journal.contains("\"number\":\(number),"))
        }
        #expect(past.point(of: 4) == nil)
    }

    @Test func `what was changed by hand after a checkpoint is to be done again, what came before is told`() throws {
        let past = try RunPast(try record())
        let (before, after) = (try #require(past.point(of: 2)), try #require(past.point(of: 3)))
        #expect(before.commands.map(\.command) == [.setLearningRate(0.5)] && before.events.isEmpty)
        #expect(after.commands.isEmpty && after.events.count == 1)
    }

    /// Each is part of what the run's numbers depend on.
    static let tuning: [RunCommand] = [
        .setWeightDecay(0.1), .setMomentum(0.5), .setBeta1(0.5), .setGradientClipping(1),
        .setDropout(DropoutChange(p: 0.5)), .setPatience(3), .setEvaluationInterval(7), .setEpochs(9), .setBatchSize(8),
        .freeze("0"),
        .unfreeze("0"), .reinitialize("0"), .reinitializeDeadUnits("0"), .clearOptimizerState,
    ]

    @Test func `what changes a run beside its rate is done again and counts as changed by hand`() throws {
        let directory = try RunDirectory.prepare(folder / "run")
        let sinks: [any ReportSink] = [
            try Journal(directory.journal, description: Sample.description, began: 5, log: nil)
        ]
        var recording = Recording(run: LiveRun(Sample.description), sinks: sinks)
        recording.take([.checkpoint(number: 0, Position(step: 0))], at: 1)
        recording.take(Self.tuning.map { .receipt(Sample.receipt(3, $0)) }, at: 2)
        recording.take(Self.tuning.map { .receipt(Sample.receipt(4, $0, .refused("no"))) }, at: 3)
        recording.close(at: 4)
        let past = try RunPast(directory)
        #expect(past.point(of: 0)?.commands.map(\.command) == Self.tuning)
        #expect(past.changesByHand == Self.tuning.count && past.epochs == 9)
    }

    @Test func `half a line and lines that are none are passed over`() throws {
        let directory = try record()
        var bytes = try folder.bytes("run/journal.ndjson")
        bytes += Array("{\"event\":\"checkpoint\",\"step\":9".utf8)
        try folder.write("run/journal.ndjson", bytes)
        #expect(try RunPast(directory).point(of: 3) != nil)
        let lines = try folder.text("run/journal.ndjson").split(separator: "\n")
        try folder.write(
            "run/journal.ndjson", lines[0] + "\n\u{1}nonsense\n" + lines.dropFirst().joined(separator: "\n"))
        #expect(try RunPast(directory).point(of: 2) != nil)
        try folder.write("run/journal.ndjson", "")
        #expect(throws: FileError.self) { try RunPast(directory) }
    }

    @Test func `files that go on are cut to the past and grow from there`() throws {
        let directory = try record()
        let point = try #require(try RunPast(directory).point(of: 2))
        var log = try LogWriter(continuing: folder / "log", layers: [], at: try #require(point.log?.length))
        #expect(log.length == point.log?.length)
        log.record(.step(Sample.step(2)), at: 9)
        try log.close()
        #expect(try folder.lines("log").count == 4)
        let name = try #require(folder.names(in: "run").first { $0.hasPrefix("events.") })
        var events = try EventFileWriter(
            continuing: folder / "run/\(name)", layers: [], began: 5, at: try #require(point.eventFile))
        events.record(.step(Sample.step(2)), at: 9)
        try events.close()
        let steps = try RecordedRun.read(folder / "run").history.series.stepRange
        #expect(steps == 0...2)
    }

    @Test func `a file that has less than its past is refused`() throws {
        let directory = try record()
        let point = try #require(try RunPast(directory).point(of: 3))
        try folder.write("log", "{}\n")
        #expect(throws: FileError.self) {
            try LogWriter(continuing: folder / "log", layers: [], at: try #require(point.log?.length))
        }
        #expect(try folder.text("log") == "{}\n")
    }
}
