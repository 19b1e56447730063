import Files
import Foundation
import RunStore
import Runs
import Settings
import Synchronization
import TestSupport
import Testing

@Suite struct LogWriterTests {
    private let folder = ScratchFolder()

    /// The lines that these reports make, without their line ends.
    private func lines(_ reports: [Report], at seconds: Double = 0) throws -> [String] {
        var log = try LogWriter(folder / "log", layers: Sample.layers, overwrites: true)
        for report in reports { log.record(report, at: seconds) }
        try log.close()
        let lines = try folder.lines("log")
        #expect(lines.last == "")
        return lines.dropLast()
    }

    @Test
    func `a step`() throws {
        #expect(
            try lines([.step(Sample.step(101))]) == [
                #"{"event":"step","step":101,"branch":0,"epoch":1,"loss":0.5,"penalty":0.25,"accuracy":0.75,"#
                    + #""learningRate":0.1,"gradientNorm":1.5,"samplesPerSecond":1000}"#
            ])
    }

    @Test
    func `a step without classes whose loss is not finite`() throws {
        var step = Sample.step(3, loss: .nan, accuracy: .nan)
        step.gradientNorm = .infinity
        step.penalty = -.infinity
        #expect(
            try lines([.step(step), .notFinite(step.position, loss: .nan, gradientNorm: .infinity)]) == [
                #"{"event":"step","step":3,"branch":0,"epoch":0,"loss":"NaN","penalty":"-Infinity","accuracy":null,"#
                    + #""learningRate":0.1,"gradientNorm":"Infinity","samplesPerSecond":1000}"#
            ])
    }

    @Test(arguments: [0.75, .nan])
    func `a step's line, written byte by byte, is that of its table`(accuracy: Double) throws {
        var step = Sample.step(7, accuracy: accuracy)
        step.penalty = 1e-300
        let object = JSON(writing: step).compact
        #expect(try lines([.step(step)]) == [#"{"event":"step","# + object.dropFirst()])
        let read = try FieldReader(.records).read(
            StepReport.self, among: Setting.parse(text: object, file: "log").object())
        #expect(JSON(writing: read).compact == object)
    }

    @Test
    func `an evaluation, with and without accuracy`() throws {
        #expect(
            try lines([.evaluation(Sample.evaluation(100)), .evaluation(Sample.evaluation(200, accuracy: nil))]) == [
                #"{"event":"evaluation","step":100,"branch":0,"epoch":0,"loss":0.125,"accuracy":0.875}"#,
                #"{"event":"evaluation","step":200,"branch":0,"epoch":0,"loss":0.125,"accuracy":null}"#,
            ])
    }

    @Test
    func `layers`() throws {
        let counts = (0..<64).map(String.init).joined(separator: ",")
        let zeros = Array(repeating: "0", count: 64).joined(separator: ",")
        #expect(
            try lines([.layers(Sample.layersReport(20), logged: true)]) == [
                #"{"event":"layers","step":20,"branch":0,"layers":["#
                    + #"{"name":"0","kind":"conv2d","mean":0.5,"std":0.25,"min":-0.1,"max":1.5,"zeros":0.5,"#
                    + #""saturated":null,"neverFired":0,"sampled":true,"#
                    + #""histogram":{"low":-0.1,"high":1.5,"counts":[\#(counts)]},"#
                    + #""signalNorm":1e-05,"gradientNorm":2,"updateRatio":0.001},"#
                    + #"{"name":"3.body.0","kind":"linear","mean":"NaN","std":"NaN","min":"NaN","max":"NaN","#
                    + #""zeros":null,"saturated":null,"neverFired":null,"sampled":false,"#
                    + #""histogram":{"low":0,"high":0,"counts":[\#(zeros)]},"#
                    + #""signalNorm":"NaN","gradientNorm":"NaN","updateRatio":null}]}"#
            ])
    }

    @Test
    func `commands: accepted, about the rate, refused`() throws {
        let receipts = [
            Sample.receipt(5, .setLearningRate(0.01), .accepted(old: 0.1, new: 0.01)),
            Sample.receipt(6, .pause, by: .script),
            Sample.receipt(7, .scaleLearningRate(.nan), by: .policy("plateau"), .refused("the rate is \"held\"")),
            Sample.receipt(8, .stop(keep: .best), by: .policy("earlyStopping")),
        ]
        #expect(
            try lines(receipts.map { .receipt($0) }) == [
                #"{"event":"command","step":5,"branch":0,"author":"person","command":"setLearningRate","#
                    + #""accepted":true,"old":0.1,"new":0.01,"reason":null}"#,
                #"{"event":"command","step":6,"branch":0,"author":"script","command":"pause","#
                    + #""accepted":true,"old":null,"new":null,"reason":null}"#,
                #"{"event":"command","step":7,"branch":0,"author":"plateau","command":"scaleLearningRate","#
                    + #""accepted":false,"old":null,"new":null,"reason":"the rate is \"held\""}"#,
                #"{"event":"command","step":8,"branch":0,"author":"earlyStopping","command":"stop","#
                    + #""accepted":true,"old":null,"new":null,"reason":null}"#,
            ])
    }

    @Test
    func `the end, with and without a best evaluation`() throws {
        let bare = EndSummary(position: Position(branch: 1, step: 9), reason: .notFinite, kept: .last, best: nil)
        #expect(
            try lines([.end(Sample.end), .end(bare)]) == [
                #"{"event":"end","step":200,"branch":0,"reason":"earlyStopping","kept":"best","#
                    + #""bestStep":100,"bestLoss":0.125,"bestAccuracy":0.875}"#,
                #"{"event":"end","step":9,"branch":1,"reason":"notFinite","kept":"last","#
                    + #""bestStep":null,"bestLoss":null,"bestAccuracy":null}"#,
            ])
    }

    @Test
    func `what depends on time stays out`() throws {
        let progress = RunProgress(position: Position(step: 1), epoch: 0, control: .planned, learningRate: 0.1)
        let timed: [Report] = [
            .progress(progress), .phase(.training, Position(step: 0)), .note(.disk, "full", Position(step: 1)),
            .layers(Sample.layersReport(1), logged: false),
        ]
        let core: [Report] = [.step(Sample.step(0)), .evaluation(Sample.evaluation(1)), .end(Sample.end)]
        let one = try lines(core, at: 1)
        let other = try lines(timed + core.flatMap { [$0] + timed }, at: 77)
        #expect(one == other)
    }

    @Test
    func `a log that cannot be opened says why`() throws {
        #expect(throws: FileError(path: folder / "no/log", .missingFolder(folder / "no"))) {
            try LogWriter(folder / "no/log", layers: [])
        }
        #expect(throws: FileError(path: folder.path, .isFolder)) { try LogWriter(folder.path, layers: []) }
    }

    @Test
    func `an older log is kept unless it is to be overwritten; an empty file is none`() throws {
        try folder.write("log", "old\n")
        let error = FileError(
            path: folder / "log",
            .malformed("is there already, with 4 bytes; choose another name, or replace it with --overwrite"))
        #expect(throws: error) { try LogWriter(folder / "log", layers: []) }
        #expect(throws: error) { try LogWriter.refuseOlder(folder / "log", overwrites: false) }
        #expect(try folder.text("log") == "old\n")
        var log = try LogWriter(folder / "log", layers: [], overwrites: true)
        try log.close()
        #expect(try folder.text("log") == "")
        _ = try LogWriter(folder / "log", layers: [])
    }

    /// What waits in a thread of its own: tests share few.
    private final class Opening: Sendable {
        private let result = Mutex<Result<Void, any Error>?>(nil)

        init(_ progress: WorkProgress, _ body: @escaping @Sendable () throws -> Void) {
            let thread = Thread { [self] in
                let outcome = Result { try WorkProgress.$current.withValue(progress) { try body() } }
                result.withLock { $0 = outcome }
            }
            thread.start()
        }

        func end() async throws {
            while true {
                if let outcome = result.withLock({ $0 }) { return try outcome.get() }
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }

    @Test func `a pipe without a reader is waited for until there is one`() async throws {
        let path = folder / "pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let progress = WorkProgress()
        let opening = Opening(progress) {
            var log = try LogWriter(path, layers: [])
            log.record(.step(Sample.step(1)), at: 0)
            try log.close()
        }
        while progress.words != "waiting for a reader of \(path)" { try await Task.sleep(for: .milliseconds(5)) }
        let reader = try #require(FileHandle(forReadingAtPath: path))
        try await opening.end()
        let text = try #require(String(data: reader.readToEnd() ?? Data(), encoding: .utf8))
        #expect(text.hasPrefix(#"{"event":"step","step":1,"#) && text.hasSuffix("}\n"))
    }

    @Test func `nobody waits for a reader that nobody wants any more`() async throws {
        let path = folder / "pipe"
        #expect(mkfifo(path, 0o600) == 0)
        let progress = WorkProgress()
        let opening = Opening(progress) { _ = try LogWriter(path, layers: []) }
        while !progress.words.hasPrefix("waiting") { try await Task.sleep(for: .milliseconds(5)) }
        progress.cancel()
        await #expect(throws: FileError.self) { try await opening.end() }
    }
}
