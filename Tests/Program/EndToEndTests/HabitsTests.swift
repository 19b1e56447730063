import Foundation
import TestSupport
import Testing

/// A person's settings, themes, notes and exports, from outside.
extension TerminalTests {
    @Test func `a persons habits are kept`() async throws {
        try scratch.write(
            ".config/sitter/config.json5", "{ screen: 2, keys: { pause: \"P\" }, bell: true, frameRate: 20 }")
        let tmux = try await startEndless("--run kept")
        // The settings' first screen, and the settings' key.
        try await tmux.see("P pause")
        try await tmux.press("1")
        try await tmux.see("learning rate")
        // A note at this step, in the log's panel and in the journal.
        try await tmux.press("m")
        try await tmux.see("note at step")
        try await Task.sleep(for: .milliseconds(500))
        try await tmux.enter("nothing moves")
        try await tmux.see("you  nothing moves")
        // The loss as CSV.
        try await tmux.press("E")
        try await tmux.see("numbers of loss")
        try await Task.sleep(for: .milliseconds(500))
        try await tmux.press("C-u")
        try await tmux.enter("loss.csv")
        try await tmux.see("where it went") { $0.contains(" rows to ") && $0.contains("/loss.csv") ? true : nil }
        let table = try scratch.text("loss.csv").split(separator: "\n")
        #expect(table[0].hasPrefix("step,epoch,loss,") && table[1].hasPrefix("0,0,") && table.count > 3)
        // Another theme, kept for the next time.
        try await tmux.press("t")
        try await tmux.see("Enter keep")
        try await tmux.tmux("send-keys", "-l", "sitter-paper")
        try await tmux.see("▸ sitter-paper")
        try await Task.sleep(for: .milliseconds(500))
        try await tmux.press("Enter")
        try await tmux.see("theme sitter-paper")
        // A key that is no more the pause's.
        try await tmux.press("P")
        try await tmux.see("paused")
        try await tmux.press("q")
        try await tmux.see("quit?")
        try await Task.sleep(for: .milliseconds(500))
        try await tmux.press("y")
        try await expectReturn(tmux, code: 0)
        #expect(try scratch.text("kept/journal.ndjson").contains("\"text\":\"nothing moves\""))
        let view = try scratch.text(".local/state/sitter/view.json")
        #expect(view.contains("\"theme\": \"sitter-paper\"") && view.contains("\"screen\": \"overview\""))
    }

    @Test func `who only watches changes nothing`() async throws {
        let tmux = try await startEndless("--readonly")
        try await tmux.see("read only")
        try await tmux.press("Space")
        try await tmux.see("this run cannot be steered from here")
        try await tmux.press("m")
        try await Task.sleep(for: .seconds(1))
        #expect(!(try scratch.text("log").contains("\"event\":\"command\"")))
        // Leaving leaves the run to itself.
        try await tmux.press("q")
        try await tmux.see("progress on the plain screen") { $0.contains("loss") && !$0.contains("╭") ? true : nil }
        #expect(try await tmux.flag("alternate_on") == "0")
        try await tmux.press("C-c")
        try await expectReturn(tmux, code: 130)
    }

    @Test func `a setting keeps every run, unless the command line says where or that none is`() async throws {
        try scratch.write("habits.json5", "{ save: true }")
        let train = ["train", "points.json5", "--headless", "--settings", "habits.json5", "--set", "epochs=1"]
        for (more, folders) in [(["--no-save"], 0), (["--run", "mine"], 0), ([], 1)] {
            let outcome = try await Program.run(train + more, in: scratch)
            #expect(outcome.code == 0, "\(outcome.errors)")
            #expect(scratch.names(in: "runs").count == folders, "\(more)")
        }
        #expect(scratch.exists("mine/journal.ndjson"))
    }

    @Test func `settings that are wrong stop everything`() async throws {
        try scratch.write("habits.json5", "{\n  theme: \"nord\",\n  frameRat: 3,\n}\n")
        let outcome = try await Program.run(
            "train", "points.json5", "--headless", "--settings", "habits.json5", "--log", "log", in: scratch)
        #expect(outcome.code == 2)
        #expect(
            outcome.errorLines.first == "sitter: habits.json5:3:3: frameRat: unknown key; did you mean \"frameRate\"?")
        #expect(!scratch.exists("log"))
    }
}
