import Foundation
import TestSupport
import Testing

/// A shell in a terminal of its own that a test types into and looks at: a tmux server with a socket of its own.
final class Tmux: Sendable {
    /// Whether tmux is there; without it these tests are skipped.
    static let isInstalled = ["/usr/bin", "/usr/local/bin", "/bin"].contains {
        access($0 + "/tmux", X_OK) == 0
    }

    let scratch: ScratchFolder
    /// In the scratch folder, and gone with it.
    private var socket: String { scratch / "tmux" }

    init(_ scratch: ScratchFolder, columns: Int = 120, rows: Int = 40) async throws {
        self.scratch = scratch
        // A shell without line editing, whose echo is the terminal's.
        try await tmux(
            "-f", "/dev/null", "-u", "new-session", "-d", "-x", "\(columns)", "-y", "\(rows)", "-c", scratch.path,
            "env", "-u", "ENV", "PS1=ready> ", "LC_ALL=C.UTF-8", "COLORTERM=truecolor", "/bin/sh", "-i")
        try await see("ready>")
    }

    deinit {
        var killer: pid_t = 0
        let line: [String] = ["tmux", "-S", socket, "kill-server"]
        let words: [UnsafeMutablePointer<CChar>?] = line.map { strdup($0) } + [nil]
        if posix_spawnp(&killer, "tmux", nil, nil, words, environ) == 0 {
            var ignored: Int32 = 0
            waitpid(killer, &ignored, 0)
        }
        for word in words { free(word) }
    }

    /// Gives tmux a command and takes its answer.
    @discardableResult func tmux(_ words: String...) async throws -> String {
        let process = try RunningProgram(
            ["-S", socket] + words, in: scratch, environment: ["TMUX": nil, "LC_ALL": "C.UTF-8"], program: "tmux")
        let outcome = try await process.outcome()
        guard outcome.code == 0 else { throw TmuxFailure(words: words, errors: outcome.errors) }
        return outcome.output
    }

    /// Presses keys, by tmux's names (`Space`, `C-c`, `Enter`).
    func press(_ keys: String...) async throws {
        for key in keys { try await tmux("send-keys", key) }
    }

    /// Types a line and ends it.
    func enter(_ line: String) async throws {
        try await tmux("send-keys", "-l", line)
        try await press("Enter")
    }

    var screen: String { get async throws { try await tmux("capture-pane", "-p") } }

    /// A format of tmux about the terminal, as `alternate_on`.
    func flag(_ name: String) async throws -> String {
        try await tmux("display-message", "-p", "#{\(name)}").trimmingCharacters(in: .newlines)
    }

    /// Waits until the screen shows a text.
    @discardableResult func see(_ text: String) async throws -> String {
        try await see("\"\(text)\"") { $0.contains(text) ? $0 : nil }
    }

    /// Waits until something can be made of the screen.
    @discardableResult func see<Value>(_ what: String, _ find: (String) -> Value?) async throws -> Value {
        var last = ""
        do {
            return try await eventually(what, within: 60, every: 50) {
                last = try await screen
                return find(last)
            }
        } catch is Overdue { throw Overdue(what: "\(what) on the screen:\n\(last)") }
    }
}

/// tmux refused a command.
struct TmuxFailure: Error {
    let words: [String]
    let errors: String
}
