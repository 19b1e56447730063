import Foundation
import TestSupport
import Testing

/// Runs that are watched and steered from other processes, and that outlive their terminal.
@Suite struct AttachTests {
    let scratch = ScratchFolder()

    init() throws { try scratch.write("endless.json5", Configs.endless) }

    private func begin(_ more: String...) async throws -> RunningProgram {
        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "log", "--run", "run"] + more, in: scratch)
        try await eventually("a socket") { scratch.names(in: "run").contains("socket") ? true : nil }
        return process
    }

    private func send(_ commands: String...) async throws -> Program.Outcome {
        try await Program.run(["send", "run"] + commands, in: scratch)
    }

    /// What a run says of itself.
    private func status() async throws -> [String: Any] {
        let outcome = try await send()
        let line = outcome.output.split(separator: "\n").last.map(String.init) ?? ""
        return try #require(
            try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any], "\(outcome.errors)")
    }

    /// Stops the run and waits until its end is written.
    private func stop() async throws {
        #expect(try await send(#"{"stop":{"keep":"last"}}"#).code == 0)
        try await eventually("the end") { try Log(scratch.text("log")).end == nil ? nil : true }
    }

    @Test func `a run is steered from a shell, with receipts`() async throws {
        let process = try await begin()
        let outcome = try await send(#"{"setLearningRate":0.01}"#, "{pause: true}", #"{"note":"from a cron job"}"#)
        #expect(outcome.code == 0, "\(outcome.errors)")
        let lines = outcome.output.split(separator: "\n")
        #expect(lines.count == 3)
        #expect(lines.first?.contains(#""command":{"setLearningRate":0.01},"accepted":true"#) == true)
        #expect(try await status()["phase"] as? String == "paused")
        let again = try await send(#"{"pause":true}"#)
        #expect(again.code == 1 && again.output.contains(#""accepted":false"#))
        let wrong = try await send(#"{"setLerningRate":1}"#)
        #expect(wrong.code == 2)
        #expect(wrong.errors.hasPrefix("sitter: command:1:2: setLerningRate: unknown key"))
        #expect(wrong.errorLines.count == 2)
        #expect(try await send(#"{"resume":true}"#, #"{"stop":{"keep":"best"}}"#).code == 0)
        #expect(try await process.outcome().code == 0)
        let log = Log(try scratch.text("log"))
        #expect(log.end?["reason"] as? String == "stopped" && log.end?["kept"] as? String == "best")
        #expect(try scratch.text("run/journal.ndjson").contains("from a cron job"))
        #expect(!scratch.names(in: "run").contains("socket"))
        let late = try await send(#"{"pause":true}"#)
        #expect(late.code == 2)
        #expect(late.errors == "sitter: run: no process trains this run; sitter train --resume run goes on with it\n")
    }

    @Test func `a lost line does not end a run with a directory`() async throws {
        let process = try await begin()
        process.send(SIGHUP)
        let step = try #require(try await status()["step"] as? Int)
        try await eventually("more steps") { try await status()["step"] as? Int ?? 0 > step + 20 ? true : nil }
        process.send(SIGTERM)
        let outcome = try await process.outcome()
        #expect(outcome.code == 143)
        #expect(try Log(scratch.text("log")).end?["reason"] as? String == "interrupted")
        #expect(outcome.output.contains("endless: interrupted at step"), "a file that was chosen goes on")
    }

    @Test func `who asks for the end right after a hangup is heard`() async throws {
        for pause in [0, 20, 60] {
            try? FileManager.default.removeItem(atPath: scratch / "run")
            let process = try await begin("--overwrite")
            process.send(SIGHUP)
            try await Task.sleep(for: .milliseconds(pause))
            process.send(SIGTERM)
            #expect(try await process.outcome().code == 143)
        }
    }

    @Test func `a terminal whose end is seen before its signal leaves the run going too`() async throws {
        let terminal = WatchedTerminal(width: 120, height: 40)
        // Nobody but this process may hold the person's end.
        for descriptor in 3..<1_024 as Range<Int32> { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
        // The system tells the shell, which leads the session, and nobody else until that has gone.
        let process = try RunningProgram(
            ["-c", "trap : HUP; '\(Program.path)' train endless.json5 --log log --run run; exit $?"], in: scratch,
            environment: ["TERM": "xterm-256color"], terminal: terminal.device, program: "/bin/sh")
        try await eventually("steps") {
            (try? scratch.text("log"))?.contains(#""event":"step","step":3,"#) == true ? true : nil
        }
        terminal.hangUp()
        try await eventually("its words in output.txt") {
            (try? scratch.text("run/output.txt"))?.contains("files in run") == true ? true : nil
        }
        try await stop()
        #expect(try await process.outcome().code == 0)
        #expect(try Log(scratch.text("log")).end?["reason"] as? String == "stopped")
    }

    @Test func `it ends where the settings say so, and without a directory`() async throws {
        try scratch.write(".config/sitter/config.json5", #"{ onHangup: "stop" }"#)
        let process = try await begin()
        process.send(SIGHUP)
        #expect(try await process.outcome().code == 129)
        try FileManager.default.removeItem(atPath: scratch / "run")
        try scratch.write(".config/sitter/config.json5", "{}")
        try scratch.write("habits.json5", #"{ onHangup: "stop" }"#)
        let own = try await begin("--settings", "habits.json5", "--overwrite")
        own.send(SIGHUP)
        #expect(try await own.outcome().code == 129)
        let second = try RunningProgram(["train", "endless.json5", "--headless", "--log", "second"], in: scratch)
        try await eventually("steps") {
            (try? scratch.text("second"))?.contains(#""event":"step""#) == true ? true : nil
        }
        second.send(SIGHUP)
        #expect(try await second.outcome().code == 129)
    }
}

/// The same in a terminal.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed: `make test` installs it"))
struct AttachTerminalTests {
    let scratch = ScratchFolder()

    init() throws { try scratch.write("endless.json5", Configs.endless) }

    private func send(_ command: String) async throws -> Program.Outcome {
        try await Program.run(["send", "run", command], in: scratch)
    }

    private func startTraining(_ more: String = "") async throws -> Tmux {
        let tmux = try await Tmux(scratch)
        try await tmux.enter(
            "'\(Program.path)' train endless.json5 --run run --log log \(more); echo code=$?")
        try await tmux.see("a training run") { step($0) ?? 0 > 2 ? true : nil }
        return tmux
    }

    private func step(_ screen: String) -> Int? {
        screen.firstMatch(of: /step +([0-9,]+)/).flatMap { Int($0.output.1.filter { $0 != "," }) }
    }

    private func end() async throws {
        #expect(try await send(#"{"stop":{"keep":"last"}}"#).code == 0)
        try await eventually("the end") { try Log(scratch.text("log")).end == nil ? nil : true }
    }

    @Test func `detached it goes on in a process of its own, and attached it is whole`() async throws {
        let tmux = try await startTraining()
        try await tmux.press("d")
        let left = try await tmux.see("code=0")
        #expect(left.contains("sitter attach run comes back to it"))
        try await tmux.enter("clear; '\(Program.path)' attach run; echo left=$?")
        try await tmux.see("a training run") { step($0) ?? 0 > 2 ? true : nil }
        try await tmux.press("Space")
        try await tmux.see("● paused")
        #expect(try await send(#"{"pause":true}"#).code == 1)
        // Detached while it stands still, it stands still.
        try await tmux.press("d")
        #expect(try await tmux.see("left=0").contains("endless: is paused in process "))
        #expect(try await send(#"{"status":true}"#).output.contains(#""phase":"paused""#))
        try await end()
        let log = Log(try scratch.text("log"))
        let steps = try log.events("step").compactMap { $0["step"] as? Int }
        #expect(steps == Array(0..<steps.count), "no step twice, none missing")
        #expect(try scratch.text("run/journal.ndjson").contains(#""event":"resume""#))
    }

    @Test func `a run whose checkpoint cannot be written is not left, and goes on here`() async throws {
        let tmux = try await startTraining()
        let folder = scratch / "run/checkpoints"
        try FileManager.default.moveItem(atPath: folder, toPath: scratch / "run/aside")
        try await tmux.press("d")
        try await tmux.see("the run stays here: run/checkpoints")
        #expect(try await send(#"{"status":true}"#).output.contains(#""phase":"#))
        try FileManager.default.moveItem(atPath: scratch / "run/aside", toPath: folder)
        try await tmux.press("d")
        try await tmux.see("code=0")
        try await end()
        let steps = try Log(scratch.text("log")).events("step").compactMap { $0["step"] as? Int }
        #expect(steps == Array(0..<steps.count), "no step twice, none missing")
    }

    @Test func `a run that no other process could reach is not left`() async throws {
        let process = try RunningProgram(["train", "endless.json5", "--headless", "--run", "run"], in: scratch)
        try await eventually("a socket") { scratch.names(in: "run").contains("socket") ? true : nil }
        process.send(SIGTERM)
        _ = try await process.outcome()
        // In the socket's place is what cannot be taken away.
        try scratch.write("run/socket/file", "")
        let tmux = try await Tmux(scratch)
        try await tmux.enter("'\(Program.path)' train --resume run; echo code=$?")
        try await tmux.see("a training run") { step($0) ?? 0 > 2 ? true : nil }
        try await tmux.press("d")
        try await tmux.see("the run stays here: other processes cannot reach it")
        try await tmux.press("C-c", "C-c")
        try await tmux.see("code=130")
    }

    @Test func `other runs are drawn behind one that is attached`() async throws {
        try scratch.write("points.json5", Configs.points)
        let other = try await Program.run("train", "points.json5", "--headless", "--run", "other", in: scratch)
        #expect(other.code == 0, "\(other.errors)")
        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "log", "--run", "run"], in: scratch)
        try await eventually("a socket") { scratch.names(in: "run").contains("socket") ? true : nil }
        let tmux = try await Tmux(scratch)
        try await tmux.enter("clear; '\(Program.path)' attach run --compare other; echo left=$?")
        try await tmux.see("the other run") { step($0) ?? 0 > 2 && $0.contains(" other ") ? true : nil }
        try await tmux.press("d")
        try await tmux.see("left=0")
        try await end()
        #expect(try await process.outcome().code == 0)
    }

    @Test func `two viewers see one run, and one that is killed costs the other nothing`() async throws {
        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "log", "--run", "run"], in: scratch)
        try await eventually("a socket") { scratch.names(in: "run").contains("socket") ? true : nil }
        let first = try await Tmux(scratch)
        try await first.enter("sh -c 'echo $$ > number; exec \"\(Program.path)\" attach run'")
        try await first.see("a training run") { step($0) ?? 0 > 2 ? true : nil }
        let second = try await Tmux(ScratchFolder())
        try await second.enter("cd '\(scratch.path)'; '\(Program.path)' attach run --readonly; echo left=$?")
        try await second.see("a training run") { step($0) ?? 0 > 2 ? true : nil }
        try await first.press("Space")
        try await second.see("● paused")
        let number = try scratch.text("number").trimmingCharacters(in: .newlines)
        kill(try #require(pid_t(number)), SIGKILL)
        #expect(try await send(#"{"resume":true}"#).code == 0)
        try await second.see("training") { $0.contains("▸ training") ? true : nil }
        try await second.press("q")
        try await second.see("left=0")
        try await end()
        #expect(try await process.outcome().code == 0)
    }

    @Test func `a terminal that is closed leaves the run going`() async throws {
        var tmux: Tmux? = try await startTraining()
        _ = try await tmux?.tmux("kill-session")
        tmux = nil
        let before = try Log(scratch.text("log")).events("step").count
        try await eventually("more steps") {
            try Log(scratch.text("log")).events("step").count > before + 20 ? true : nil
        }
        #expect(try await send(#"{"status":true}"#).output.contains(#""phase":""#))
        try await end()
        try await eventually("the summary in output.txt") {
            (try? scratch.text("run/output.txt"))?.contains("endless: stopped at step") == true ? true : nil
        }
        #expect(try scratch.text("run/output.txt").contains("files in run\n"))
    }

    @Test func `a finished run is watched with another behind it, and one that is alive at its socket`() async throws {
        try scratch.write("points.json5", Configs.points)
        for run in ["first", "second"] {
            let outcome = try await Program.run("train", "points.json5", "--headless", "--run", run, in: scratch)
            #expect(outcome.code == 0, "\(outcome.errors)")
        }
        let tmux = try await Tmux(scratch)
        try await tmux.enter("'\(Program.path)' watch first second; echo left=$?")
        try await tmux.see("a finished run") { $0.contains("■ finished") && $0.contains("second") ? true : nil }
        try await tmux.press("2")
        try await tmux.see("its layers") { $0.contains("first to last") ? true : nil }
        try await tmux.press("Space")
        try await tmux.see("read only")
        try await tmux.press("q")
        try await tmux.see("left=0")
        let alone = try await Program.run("watch", "first", in: scratch)
        #expect(alone.code == 2)
        #expect(alone.errors == "sitter: watch: a terminal is due; sitter runs lists runs without one\n")

        let process = try RunningProgram(
            ["train", "endless.json5", "--headless", "--log", "log", "--run", "run"], in: scratch)
        try await eventually("a socket") { scratch.names(in: "run").contains("socket") ? true : nil }
        try await tmux.enter("clear; '\(Program.path)' watch run; echo gone=$?")
        try await tmux.see("▸ training")
        try await end()
        try await tmux.see("stopped at step")
        try await tmux.press("q")
        try await tmux.see("gone=0")
        #expect(try await process.outcome().code == 0)
    }
}
