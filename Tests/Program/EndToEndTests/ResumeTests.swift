import Foundation
import TestSupport
import Testing

/// A run that is broken off goes on as if nothing had happened.
///
/// `SITTER_KILLS=100` makes so many kills of each config in place of a few.
@Suite struct ResumeTests {
    let scratch = ScratchFolder()

    /// What a config needs to be told apart by bits: everything that a state may forget.
    enum Course: String, CaseIterable, CustomTestStringConvertible {
        case dropoutAndBatchNorm, mixupAndAugmentation, policies, streamedFromDisk

        var testDescription: String { rawValue }

        var config: String {
            switch self {
            case .dropoutAndBatchNorm:
                """
                {
                  data: { digits: 320 }, validation: { fraction: 0.2 }, preprocessing: [{ standardize: "all" }],
                  model: [
                    { conv2d: { filters: 4, kernel: 3, padding: 1 } }, "batchNorm", "relu", { maxPool2d: 2 },
                    "flatten", { dropout: 0.3 }, { linear: 16 }, "tanh", { linear: 10 },
                  ],
                  optimizer: { adam: { learningRate: 0.01 } }, schedule: { cosine: { warmup: 4 } },
                  epochs: 12, batchSize: 32, seed: 3, statistics: { every: 5 }, checkpoints: { steps: 3, keep: 4 },
                }
                """
            case .mixupAndAugmentation:
                """
                {
                  data: { digits: 256 }, validation: { fraction: 0.25 },
                  augmentation: [{ randomCrop: 1 }, { cutout: 3 }, { mixup: 0.3 }],
                  model: ["flatten", { linear: 24 }, "batchNorm", "relu", { linear: 10 }],
                  optimizer: { sgd: { learningRate: 0.1, momentum: 0.9, weightDecay: 1e-4 } },
                  epochs: 20, batchSize: 24, seed: 5, checkpoints: { steps: 2, keep: 3 },
                }
                """
            case .policies:
                """
                {
                  data: { blobs: { count: 320, classes: 4, spread: 2 } }, validation: { fraction: 0.5 },
                  model: [{ linear: 16 }, "tanh", { linear: 4 }],
                  optimizer: { rmsprop: { learningRate: 0.05 } },
                  plateau: { patience: 2, factor: 0.5 }, earlyStopping: { patience: 12 },
                  epochs: 40, batchSize: 16, seed: 7, checkpoints: { steps: 7 },
                }
                """
            case .streamedFromDisk:
                """
                {
                  data: { idx: { images: "images.idx", labels: "labels.idx", classes: 4 }, memoryLimit: 10 },
                  model: ["flatten", { linear: 12 }, "relu", { linear: 4 }],
                  optimizer: { adamW: { learningRate: 0.01 } },
                  epochs: 60, batchSize: 5, seed: 9, checkpoints: { steps: 5 },
                }
                """
            }
        }
    }

    private static let kills = ProcessInfo.processInfo.environment["SITTER_KILLS"].flatMap { Int($0) } ?? 3

    private func prepare(_ course: Course) throws {
        try scratch.write("net.json5", course.config)
        try scratch.write("images.idx", Configs.images)
        try scratch.write("labels.idx", Configs.labels)
    }

    @Test(arguments: Course.allCases)
    func `killed at any moment and resumed it has the bits the log and the curves of a run without a break`(
        _ course: Course
    ) async throws {
        try prepare(course)
        let whole = try await Program.run(
            "train", "net.json5", "--headless", "--run", "whole", "--log", "whole.log", in: scratch)
        try #require(whole.code == 0, "\(whole.errors)")
        var random = SplitMix64(seed: UInt64(course.rawValue.utf8.reduce(0) { $0 + Int($1) }))
        var killed = 0
        repeat {
            for name in ["run", "run.log"] { try? FileManager.default.removeItem(atPath: scratch / name) }
            try await finish(killing: Self.kills, &killed, &random)
            #expect(try Log(scratch.text("run.log")).withoutSpeed == Log(scratch.text("whole.log")).withoutSpeed)
            for weights in ["best", "last"] {
                let path = "checkpoints/\(weights).safetensors"
                #expect(try scratch.bytes("run/" + path) == scratch.bytes("whole/" + path), "\(weights)")
            }
            #expect(
                !(scratch.names(in: "run") + scratch.names(in: "run/checkpoints")).contains { $0.hasSuffix(".tmp") })
        } while killed < Self.kills
    }

    /// Begins a run and resumes it until it has ended, with kills at random moments: now in its first steps, now while a checkpoint is
    /// written, now at its end.
    private func finish(killing most: Int, _ killed: inout Int, _ random: inout SplitMix64) async throws {
        let begin = ["train", "net.json5", "--headless", "--run", "run", "--log", "run.log"]
        var arguments = begin
        while true {
            let process = try RunningProgram(arguments, in: scratch)
            if killed < most {
                try await Task.sleep(for: .milliseconds(Int(random.next() % 200)))
                process.send(SIGKILL)
            }
            let outcome = try await process.outcome()
            if outcome.code == 0 || outcome.errors.contains("has ended at step") { return }
            if outcome.code == 128 + SIGKILL {
                killed += 1
            } else {
                try #require(outcome.errors.contains("go on"), "\(outcome.errors)")
            }
            // Killed before its first checkpoint was in the journal there was no run: it begins again.
            let hasBegun = (try? scratch.text("run/journal.ndjson"))?.contains(#""event":"checkpoint""#) == true
            if hasBegun, outcome.code != 128 + SIGKILL { throw Overdue(what: "a run that goes on: \(outcome.errors)") }
            if !hasBegun {
                for name in ["run", "run.log"] { try? FileManager.default.removeItem(atPath: scratch / name) }
            }
            arguments = hasBegun ? ["train", "--resume", "run", "--headless"] : begin
        }
    }

    /// A run of points that is killed on its way, and the last step of which a checkpoint is.
    private func killedRun() async throws -> Int {
        try scratch.write("net.json5", Course.policies.config.replacing("earlyStopping: { patience: 12 },", with: ""))
        let process = try RunningProgram(
            ["train", "net.json5", "--headless", "--run", "run", "--log", "run.log", "--slow", "150"], in: scratch)
        try await eventually("the checkpoint before step 35") {
            (try? scratch.text("run/journal.ndjson"))?.contains(#""event":"checkpoint","step":35,"#) == true
                ? true : nil
        }
        process.send(SIGKILL)
        _ = try await process.outcome()
        let lines = try scratch.text("run/journal.ndjson").split(separator: "\n")
        let last = try #require(lines.last { $0.contains(#""event":"checkpoint""#) })
        return try #require(last.firstMatch(of: /"step":(\d+)/).flatMap { Int($0.output.1) })
    }

    @Test func `what was changed by hand after the checkpoint is made again, however often it is killed before`()
        async throws
    {
        let step = try await killedRun() + 40
        let whole = try await Program.run(
            ["train", "net.json5", "--headless", "--run", "whole", "--commands", "script.ndjson"],
            in: {
                try scratch.write("script.ndjson", "{\"step\":\(step),\"scaleLearningRate\":0.5}\n")
                return scratch
            }())
        try #require(whole.code == 0, "\(whole.errors)")
        // As the journal of a run has it that somebody steered.
        let receipt =
            #"{"event":"command","step":\#(step),"branch":0,"author":"person","command":{"scaleLearningRate":0.5},"#
            + #""accepted":true,"old":0.05,"new":0.025,"reason":null,"seconds":1}"# + "\n"
        let journal = try scratch.text("run/journal.ndjson")
        try scratch.write("run/journal.ndjson", journal[...(try #require(journal.lastIndex(of: "\n")))] + receipt)
        for _ in 0..<3 {
            let process = try RunningProgram(["train", "--resume", "run", "--headless", "--slow", "20"], in: scratch)
            try await Task.sleep(for: .milliseconds(300))
            process.send(SIGKILL)
            _ = try await process.outcome()
        }
        let rest = try await Program.run("train", "--resume", "run", "--headless", in: scratch)
        try #require(rest.code == 0, "\(rest.errors)")
        let commands = try Log(scratch.text("run.log")).events("command").filter { $0["author"] as? String == "person" }
        #expect(commands.compactMap { $0["step"] as? Int } == [step])
        for weights in ["best", "last"] {
            let path = "checkpoints/\(weights).safetensors"
            #expect(try tensorBytes(scratch.bytes("run/" + path)) == tensorBytes(scratch.bytes("whole/" + path)))
        }
    }

    @Test func `a run that goes on with another log leaves the one before as it was, and knows which is its own`()
        async throws
    {
        _ = try await killedRun()
        let process = try RunningProgram(
            ["train", "--resume", "run", "--headless", "--log", "second.log", "--slow", "100"], in: scratch)
        try await eventually("steps in the second log") {
            (try? scratch.text("second.log"))?.contains(#""event":"step""#) == true ? true : nil
        }
        process.send(SIGTERM)
        _ = try await process.outcome()
        let first = try scratch.text("run.log")
        let rest = try await Program.run("train", "--resume", "run", "--headless", in: scratch)
        #expect(rest.code == 0, "\(rest.errors)")
        #expect(try scratch.text("run.log") == first)
        let steps = try Log(scratch.text("second.log")).events("step").compactMap { $0["step"] as? Int }
        #expect(steps == Array(try #require(steps.first)..<400))
    }

    @Test func `a signal ends it so that it goes on with its whole script`() async throws {
        try scratch.write("net.json5", Course.dropoutAndBatchNorm.config)
        try scratch.write(
            "script.ndjson",
            """
            {"step":20,"scaleLearningRate":0.5}
            {"step":50,"evaluate":true}
            {"step":80,"setSchedule":{"cosine":{}}}
            """)
        let script = ["--headless", "--commands", "script.ndjson"]
        let whole = try await Program.run(
            ["train", "net.json5", "--run", "whole", "--log", "whole.log"] + script, in: scratch)
        try #require(whole.code == 0, "\(whole.errors)")
        let process = try RunningProgram(
            ["train", "net.json5", "--run", "run", "--log", "run.log", "--slow", "100"] + script, in: scratch)
        try await eventually("step 30") {
            (try? scratch.text("run.log"))?.contains(#""event":"step","step":30,"#) == true ? true : nil
        }
        process.send(SIGTERM)
        #expect(try await process.outcome().code == 143)
        let rest = try await Program.run("train", "--resume", "run", "--headless", in: scratch)
        #expect(rest.code == 0, "\(rest.errors)")
        #expect(try Log(scratch.text("run.log")).withoutSpeed == Log(scratch.text("whole.log")).withoutSpeed)
    }

    @Test func `a damaged checkpoint is passed over with a word`() async throws {
        try scratch.write("net.json5", Course.policies.config)
        let whole = try await Program.run(
            "train", "net.json5", "--headless", "--run", "run", "--log", "log", "--slow", "150", in: scratch)
        try #require(whole.code == 0, "\(whole.errors)")
        let before = try Log(scratch.text("log")).withoutSpeed
        let names = scratch.names(in: "run/checkpoints").filter { $0.hasPrefix("step-") }.sorted()
        try #require(names.count > 2, "\(names)")
        var bytes = try scratch.bytes("run/checkpoints/" + names[names.count - 1])
        bytes[bytes.count - 3] ^= 1
        try Data(bytes).write(to: URL(fileURLWithPath: scratch / "run/checkpoints/" + names[names.count - 1]))
        try Data(try scratch.bytes("run/checkpoints/" + names[names.count - 2]).prefix(500)).write(
            to: URL(fileURLWithPath: scratch / "run/checkpoints/" + names[names.count - 2]))
        let rest = try await Program.run("train", "--resume", "run", "--headless", in: scratch)
        #expect(rest.code == 0, "\(rest.errors)")
        #expect(rest.output.contains("checkpoint passed over: run/checkpoints/\(names[names.count - 1]): is damaged"))
        #expect(rest.output.contains("\(names[names.count - 2]): is cut off"))
        #expect(try Log(scratch.text("log")).withoutSpeed == before)
    }

    @Test func `of two processes on one run the second is refused`() async throws {
        try scratch.write("endless.json5", Configs.endless)
        let process = try RunningProgram(["train", "endless.json5", "--headless", "--run", "run"], in: scratch)
        try await eventually("a checkpoint") {
            scratch.names(in: "run/checkpoints").contains { $0.hasPrefix("step-") } ? true : nil
        }
        let second = try await Program.run("train", "--resume", "run", "--headless", in: scratch)
        #expect(second.code == 2)
        #expect(
            second.errors
                == "sitter: run: this run is alive in another process; sitter attach run opens it, or stop it first\n")
        let list = try await Program.run("runs", ".", in: scratch)
        #expect(list.output.contains("running"))
        process.send(SIGKILL)
        _ = try await process.outcome()
        #expect(try await Program.run("runs", ".", "--where", "state=crashed", in: scratch).output.contains("run  "))
    }

    @Test(arguments: [
        (["train", "--resume", "nowhere"], "nowhere: no such file"),
        (["train", "net.json5", "--resume", "run"], "leave a config out"),
        (["train", "--resume", "run", "--weights", "w"], "leave --weights out"),
        (
            ["train", "--resume", "run", "--set", "batchSize=8"],
            "--set batchSize: the run in run goes on with what it began"
        ),
        (
            ["train", "--resume", "run", "--set", "optimizer=adam"],
            "another run: its optimizer remembers nothing, not exp_avg"
        ),
        (["train", "--resume", "run", "--set", "epochs=2"], "run: stands at step 32; epochs=2 ends at step 16"),
        (["train", "--resume", "run"], "has ended at step 32 (completed); --set epochs=8 goes on"),
        (["train", "net.json5", "--save", "--run", "x"], "--save names the run's directory by itself"),
        (["train", "net.json5", "--no-save", "--run", "x"], "--no-save and --run x say two things"),
        (["train", "net.json5", "--restore", "x"], "--restore: \"x\" are no weights; write best or last"),
    ])
    func `what cannot be resumed is refused in one line`(_ arguments: [String], _ words: String) async throws {
        try scratch.write("net.json5", Configs.points)
        #expect(try await Program.run("train", "net.json5", "--headless", "--run", "run", in: scratch).code == 0)
        let outcome = try await Program.run(arguments + ["--headless"], in: scratch)
        #expect(outcome.code == 2)
        #expect(outcome.errors.contains(words) && outcome.errorLines.count == 2, "\(outcome.errors)")
    }

    @Test func `a plan that ends before what was done is refused, and costs the run nothing`() async throws {
        let step = try await killedRun()
        let names = { (scratch.names(in: "run") + scratch.names(in: "run/checkpoints")).sorted() }
        let before = (names(), try scratch.bytes("run/journal.ndjson"), try scratch.bytes("run.log"))
        let outcome = try await Program.run(
            "train", "--resume", "run", "--headless", "--set", "epochs=2", in: scratch)
        #expect(outcome.code == 2)
        #expect(outcome.errors == "sitter: run: stands at step \(step); epochs=2 ends at step 20\n")
        #expect(names() == before.0, "nothing is set aside")
        #expect(try scratch.bytes("run/journal.ndjson") == before.1 && scratch.bytes("run.log") == before.2)
    }

    @Test func `a run that is done goes on with more epochs, and its files tell it as one`() async throws {
        try scratch.write("net.json5", Configs.points)
        #expect(
            try await Program.run("train", "net.json5", "--headless", "--run", "run", "--log", "log", in: scratch).code
                == 0)
        let more = try await Program.run("train", "--resume", "run", "--headless", "--set", "epochs=6", in: scratch)
        #expect(more.code == 0, "\(more.errors)")
        let steps = try Log(scratch.text("log")).events("step").compactMap { $0["step"] as? Int }
        #expect(steps == Array(0..<48))
        #expect(try Log(scratch.text("log")).events("end").count == 1)
        #expect(try scratch.text("run/config.json").contains("\"epochs\": 6"))
    }

    @Test func `runs that cannot be read are named beside those that can`() async throws {
        try scratch.write("net.json5", Configs.points)
        #expect(try await Program.run("train", "net.json5", "--headless", "--run", "run", in: scratch).code == 0)
        try scratch.write("bad/config.json", "{ name: ")
        try scratch.write("other/readme", "no run")
        let list = try await Program.run("runs", ".", in: scratch)
        #expect(list.code == 0 && list.output.contains("finished"))
        #expect(list.errors.hasPrefix("sitter: a folder cannot be read: bad (config.json:1:"), "\(list.errors)")
        #expect(list.errorLines.count == 2)
    }

    @Test func `files of weights carry what whoever uses them needs`() async throws {
        try scratch.write("net.json5", Configs.points)
        #expect(
            try await Program.run(
                "train", "net.json5", "--headless", "--run", "run", "--set", "preprocessing=[\"standardize\"]",
                in: scratch
            ).code == 0)
        let digest = try RunningProgram(["run/config.json"], in: scratch, program: "sha256sum")
        let sum = try await digest.outcome().output.prefix(64)
        for name in ["best", "last", "step-000000032-1"] {
            let file = try scratch.bytes("run/checkpoints/\(name).safetensors")
            let length = file.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
            let header = try #require(
                try JSONSerialization.jsonObject(with: Data(file[8..<8 + length])) as? [String: Any])
            let metadata = try #require(header["__metadata__"] as? [String: String])
            #expect(metadata["config"] == String(sum))
            let steps = try #require(
                try JSONSerialization.jsonObject(with: Data((metadata["preprocessing"] ?? "").utf8)) as? [[String: Any]]
            )
            #expect(steps.count == 1 && steps[0]["step"] as? String == "standardize")
            #expect((steps[0]["mean"] as? [Double])?.count == 2 && (steps[0]["std"] as? [Double])?.count == 2)
        }
    }
}
