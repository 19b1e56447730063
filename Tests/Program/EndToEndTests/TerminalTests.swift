import Foundation
import TestSupport
import Testing

/// The dashboard on a real terminal, from outside: typed into, looked at, and left in every way there is.
@Suite(.enabled(if: Tmux.isInstalled, "tmux is not installed: `make test` installs it"))
struct TerminalTests {
    let scratch = ScratchFolder()

    init() throws {
        try scratch.write("endless.json5", Configs.endless)
        try scratch.write("points.json5", Configs.points)
        // Becomes the program, so that its number is known and signals reach it alone.
        try scratch.write(
            "run.sh", "echo $$ > number\nexec '\(Program.path)' train \"$@\"\n")
    }

    /// A terminal in which the program has just been started, and `after` will hold what `stty` says once it has left.
    func start(_ arguments: String, columns: Int = 120, rows: Int = 40) async throws -> Tmux {
        let tmux = try await Tmux(scratch, columns: columns, rows: rows)
        try await tmux.enter("stty -a > before; sh run.sh \(arguments); echo code=$?; stty -a > after; echo over")
        return tmux
    }

    /// Starts the endless run and waits until its dashboard shows that it trains.
    func startEndless(_ arguments: String = "") async throws -> Tmux {
        let tmux = try await start("endless.json5 --log log \(arguments)")
        try await tmux.see("a training run") { screen in
            screen.contains("training") && step(screen) ?? 0 > 2 ? true : nil
        }
        return tmux
    }

    @Test func `begun paused it makes no step until space`() async throws {
        let tmux = try await start("endless.json5 --log log --paused")
        try await tmux.see("● paused")
        try await Task.sleep(for: .milliseconds(500))
        #expect(!(try scratch.text("log")).contains(#""event":"step""#))
        try await tmux.press("Space")
        try await tmux.see("a training run") { step($0) ?? 0 > 2 ? true : nil }
        try await tmux.press("C-c")
        try await Task.sleep(for: .milliseconds(300))
        try await tmux.press("C-c")
        try await expectReturn(tmux, code: 130)
    }

    @Test func `an example that shows only beside another opens with it`() async throws {
        let example = Program.sourceTree + "/examples/lectures/memory-lstm.json5"
        let tmux = try await start("\(example) --paused")
        try await tmux.see("memory-rnn")
        try await tmux.press("q")
        try await Task.sleep(for: .milliseconds(500))
        try await tmux.press("y")
        try await tmux.see("over")
    }

    @Test func `what the process prints stays off the screen and is printed afterwards`() async throws {
        let tmux = try await startEndless()
        let number = try scratch.text("number").trimmingCharacters(in: .newlines)
        // Standing still, so that no evaluations push the words off the list.
        try await tmux.press("Space")
        try await tmux.see("● paused")
        // As a library of the process would: through its own descriptors.
        for (descriptor, text) in [(1, "printed by a library\n"), (2, "\u{1B}[31mwarned by a library\u{1B}[0m\n")] {
            let stream = try #require(FileHandle(forWritingAtPath: "/proc/\(number)/fd/\(descriptor)"))
            try stream.write(contentsOf: Data(text.utf8))
            try stream.close()
        }
        try await tmux.press("6")
        try await tmux.see("printed by a library")
        try await tmux.see("warned by a library")
        try await tmux.press("1")
        try await tmux.see("the overview without the words") {
            $0.contains("accuracy") && !$0.contains("by a library") ? true : nil
        }
        try await tmux.press("C-c")
        try await Task.sleep(for: .milliseconds(300))
        try await tmux.press("C-c")
        try await expectReturn(tmux, code: 130)
        let after = try await tmux.screen
        #expect(after.contains("printed by a library") && after.contains("warned by a library"))
    }

    /// The step count of the header.
    func step(_ screen: String) -> Int? {
        guard let match = screen.firstMatch(of: /step +([0-9,]+)\//) else { return nil }
        return Int(match.output.1.replacing(",", with: ""))
    }

    func send(_ signal: Int32) throws {
        let number = try #require(pid_t(scratch.text("number").trimmingCharacters(in: .newlines)))
        kill(number, signal)
    }

    /// Waits for the shell to be back and checks that it finds its terminal as it was.
    func expectReturn(_ tmux: Tmux, code: Int32) async throws {
        let found = try await tmux.see("the exit code") { $0.firstMatch(of: /(?m)^code=(\d+)$/)?.output.1 }
        #expect(found == "\(code)")
        try await expectPlainTerminal(tmux)
    }

    func expectPlainTerminal(_ tmux: Tmux) async throws {
        try await eventually("what stty says") { (try? scratch.bytes("after"))?.isEmpty == false ? true : nil }
        try await tmux.see("the end of the line") { $0.contains(/(?m)^over$/) ? true : nil }
        #expect(try scratch.text("before") == scratch.text("after"))
        #expect(try await tmux.flag("alternate_on") == "0")
        #expect(try await tmux.flag("cursor_flag") == "1")
        #expect(try await tmux.flag("mouse_any_flag") == "0")
        #expect(try await tmux.flag("keypad_cursor_flag") == "0")
        // Typing is echoed, in plain colours.
        try await tmux.enter("echo st''ill here")
        try await tmux.see("echo st''ill here")
        try await tmux.see("\nstill here\n")
    }

    @Test func `a run is watched steered and stopped`() async throws {
        let tmux = try await start("--log log --run kept")
        // Curves in braille, and the layers beside them.
        let first = try await tmux.see("curves and layers") { screen in
            let dots = screen.unicodeScalars.count { (0x2801...0x28FF).contains($0.value) }
            return dots > 60 && screen.contains("layers") && screen.contains("conv") && step(screen) ?? 0 > 20
                ? screen : nil
        }
        for panel in ["loss", "accuracy", "learning rate", "log", "demo"] { #expect(first.contains(panel)) }
        // The layers' screen: a histogram of each, and back.
        try await tmux.press("2")
        let layers = try await tmux.see("histograms") { $0.contains("first to last") ? $0 : nil }
        #expect(layers.contains(/[⣀-⣿]{4}/), "histograms are filled")
        try await tmux.press("1")
        try await tmux.see("learning rate")

        try await tmux.press("Space")
        try await tmux.see("● paused")
        try await tmux.see("you  paused")
        let standing = try #require(step(try await tmux.screen))
        try await Task.sleep(for: .milliseconds(700))
        #expect(step(try await tmux.screen) == standing, "the step count stands still")

        try await tmux.press("}")
        // A receipt in the log, a mark on the plot, at once although paused.
        try await tmux.see("the receipt") { $0.contains(/you  rate [0-9.e-]+ → [0-9.e-]+/) ? true : nil }
        try await tmux.see("the mark on the plot") { $0.contains(/you [0-9.e-]+ → [0-9.e-]+/) ? true : nil }
        let receipt = try await eventually("the receipt in the log file") {
            try Log(scratch.text("log")).events("command").first { $0["command"] as? String == "scaleLearningRate" }
        }
        #expect(receipt["accepted"] as? Bool == true)
        #expect(receipt["author"] as? String == "person")
        #expect(receipt["step"] as? Int == standing)
        let old = try #require(receipt["old"] as? Double)
        let new = try #require(receipt["new"] as? Double)
        #expect(abs(new - 2 * old) < 1e-12)

        try await tmux.press("Space")
        try await tmux.see("training again") { step($0) ?? 0 > standing + 5 ? true : nil }

        try await tmux.press("s")
        try await tmux.see("keep best")
        // A sheet takes no input in its first 0.4 s.
        try await Task.sleep(for: .milliseconds(600))
        try await tmux.press("b")
        try await tmux.see("the end of the run") { $0.contains("stopped") ? true : nil }
        try await tmux.press("q")
        try await expectReturn(tmux, code: 0)
        let summary = try await tmux.screen
        #expect(summary.contains("demo: stopped at step "))
        #expect(summary.contains("scaleLearningRate"))
        #expect(summary.contains("kept   best weights: kept/checkpoints/best.safetensors"))
        let log = Log(try scratch.text("log"))
        #expect(log.end?["reason"] as? String == "stopped")
        #expect(log.end?["kept"] as? String == "best")
        #expect(
            try log.events("step").contains {
                $0["step"] as? Int == standing && abs(($0["learningRate"] as? Double ?? 0) - new) < 1e-12
            })
    }

    @Test func `two interrupts by keyboard leave`() async throws {
        let tmux = try await startEndless("--run kept")
        try await tmux.press("C-c")
        try await tmux.see("the quit sheet") { $0.lowercased().contains("quit") ? true : nil }
        try await tmux.press("C-c")
        try await expectReturn(tmux, code: 130)
        #expect(Log(try scratch.text("log")).end?["reason"] as? String == "interrupted")
        #expect(scratch.names(in: "kept/checkpoints").contains("last.safetensors"))
    }

    @Test(arguments: [(SIGTERM, 143), (SIGINT, 130), (SIGHUP, 129)] as [(Int32, Int32)])
    func `a signal gives the terminal back and closes the log`(signal: Int32, code: Int32) async throws {
        let tmux = try await startEndless()
        try send(signal)
        try await expectReturn(tmux, code: code)
        #expect(Log(try scratch.text("log")).end?["reason"] as? String == "interrupted")
    }

    @Test(arguments: [(SIGILL, 132), (SIGSEGV, 139), (SIGABRT, 134)] as [(Int32, Int32)])
    func `a crash gives the terminal back`(signal: Int32, code: Int32) async throws {
        let tmux = try await startEndless()
        try send(signal)
        try await expectReturn(tmux, code: code)
    }

    @Test func `suspending gives the terminal back and foreground takes it again`() async throws {
        let tmux = try await startEndless()
        try await tmux.press("C-z")
        // The shell goes on with its line: the terminal must be as it was.
        let stopped = try await tmux.see("the shell") { $0.firstMatch(of: /(?m)^code=(\d+)$/)?.output.1 }
        #expect(stopped == "148")
        try await expectPlainTerminal(tmux)
        let lines = try Log(scratch.text("log")).lines.count
        try await Task.sleep(for: .milliseconds(500))
        #expect(try Log(scratch.text("log")).lines.count == lines, "training stands still")
        try FileManager.default.removeItem(atPath: scratch / "after")
        try await tmux.enter("clear; fg; echo back=$?; stty -a > after; echo over")
        try await tmux.see("the dashboard again") { $0.contains("learning rate") && step($0) != nil ? true : nil }
        #expect(try await tmux.flag("alternate_on") == "1")
        try send(SIGTERM)
        let found = try await tmux.see("the exit code") { $0.firstMatch(of: /(?m)^back=(\d+)$/)?.output.1 }
        #expect(found == "143")
        try await expectPlainTerminal(tmux)
    }

    @Test func `resizing redraws`() async throws {
        let tmux = try await startEndless()
        for (columns, rows) in [(80, 24), (200, 50), (30, 8), (10, 3), (120, 40)] {
            try await tmux.tmux("resize-window", "-x", "\(columns)", "-y", "\(rows)")
            guard rows > 3 else { continue }
            try await tmux.see("a screen of \(columns)x\(rows)") { screen in
                let lines = screen.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
                let widest = lines.map(\.count).max() ?? 0
                let fills = lines.count == rows && widest > columns * 8 / 10 && widest <= columns
                return fills && step(screen) != nil || columns == 30 && fills ? true : nil
            }
        }
        // Quitting after all that still brings the shell's screen back, with nothing of the frame on it.
        try send(SIGTERM)
        try await expectReturn(tmux, code: 143)
        let lines = try await tmux.screen.split(separator: "\n")
        #expect(
            !lines.contains { $0.contains("│") || $0.contains("learning rate") }, "no row of the last frame is left")
    }

    @Test func `ten by three does not crash`() async throws {
        let tmux = try await start("points.json5 --log log --set epochs=200000", columns: 10, rows: 3)
        try await eventually("training") { (try? scratch.text("log"))?.contains(#""step":5,"#) == true ? true : nil }
        try await tmux.press("?", "Escape", "Tab")
        try await Task.sleep(for: .milliseconds(300))
        try send(SIGTERM)
        try await tmux.see("the exit code") { $0.contains("code=143") ? true : nil }
    }

    @Test(arguments: [("q", Int32(0)), ("C-c", 130)])
    func `while data is made the screen says how far it is and can be left`(key: String, code: Int32) async throws {
        let tmux = try await start(
            "--set 'data={ random: { count: 7000, shape: [3, 64, 64] }, memoryLimit: 1e9 }' --set threads=1 --run kept")
        try await tmux.see("how far it is") { $0.contains(/making data \d+ %/) ? true : nil }
        // None of these is for the screen to come.
        try await tmux.press("Space", "6", "?")
        try await tmux.press(key)
        try await expectReturn(tmux, code: code)
        #expect(!scratch.names(in: ".").contains("kept"))
    }

    @Test func `keys typed while data is made are not obeyed later`() async throws {
        let tmux = try await start(
            "--set 'data={ random: { count: 2000, shape: [3, 64, 64] } }' --set threads=1 --set epochs=1000 "
                + "--set 'model=[\"flatten\", { linear: 10 }]' --log log")
        try await tmux.see("how far it is") { $0.contains(/making data \d+ %/) ? true : nil }
        try await tmux.press("Space", "}", "6")
        try await tmux.see("the overview, training") { $0.contains("learning rate") && step($0) ?? 0 > 2 ? true : nil }
        #expect(try Log(scratch.text("log")).events("command").isEmpty)
        try send(SIGTERM)
        try await expectReturn(tmux, code: 143)
    }

    @Test(arguments: ["TERM=dumb", "-u TERM"])
    func `a terminal that cannot place its cursor gets lines`(terminal: String) async throws {
        let tmux = try await Tmux(scratch)
        try await tmux.tmux("pipe-pane", "-o", "exec cat > '\(scratch / "raw")'")
        try await tmux.enter(
            "stty -a > before; env \(terminal) sh run.sh points.json5; echo code=$?; stty -a > after; echo over")
        let screen = try await tmux.see("the summary") { $0.contains("points: done at step 32 of 32") ? $0 : nil }
        #expect(screen.contains("epoch 4/4  step 32"))
        #expect(screen.contains("sitter: no dashboard, TERM"))
        try await expectReturn(tmux, code: 0)
        let isPlain = try scratch.bytes("raw").allSatisfy { $0 >= 0x20 && $0 != 0x7F || $0 == 0x0A || $0 == 0x0D }
        #expect(isPlain, "lines of text and nothing else")
    }
}
