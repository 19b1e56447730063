import Foundation
import TestSupport
import Testing

/// The program under each kind of terminal: what it writes is what the terminal's own description knows, and nothing else.
extension TerminalTests {
    struct Kind: Sendable {
        let name: String
        /// What a colour of text looks like on it; nil where there is none.
        let color: String?
        var hasAlternateScreen = true
        var hidesCursor = true
        var hasMouse = true
        var isASCII = false
    }

    static let kinds = [
        Kind(name: "xterm-256color", color: "\u{1B}[38;5;"), Kind(name: "tmux-256color", color: "\u{1B}[38;5;"),
        Kind(name: "screen", color: "\u{1B}[32m"),
        Kind(name: "linux", color: "\u{1B}[32m", hasAlternateScreen: false, hasMouse: false, isASCII: true),
        Kind(name: "vt100", color: nil, hasAlternateScreen: false, hidesCursor: false, hasMouse: false),
        Kind(name: "xterm-direct", color: "\u{1B}[38;2;"),
    ]

    /// Three at a time: they mostly wait.
    @Test func `every kind of terminal gets what it knows`() async throws {
        for start in stride(from: 0, to: Self.kinds.count, by: 3) {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for kind in Self.kinds[start..<min(start + 3, Self.kinds.count)] {
                    // Each in a folder of its own.
                    group.addTask { try await TerminalTests().expectToKnow(what: kind) }
                }
                try await group.waitForAll()
            }
        }
    }

    private func expectToKnow(what kind: Kind) async throws {
        var known = try #require(
            try await sequences(of: kind.name), "Debian's ncurses-term describes it: `make setup-tests` installs it")
        let tmux = try await Tmux(scratch, columns: 100, rows: 30)
        try await tmux.tmux("pipe-pane", "-o", "exec cat > '\(scratch / "raw")'")
        try await tmux.enter(
            "stty -a > before; env -u COLORTERM -u NO_COLOR TERM=\(kind.name) sh run.sh endless.json5 --log log --run kept; "
                + "echo code=$?; stty -a > after; echo over")
        let first = try await tmux.see("the frame") { screen in
            step(screen) ?? 0 > 2 && screen.contains("learning rate") && screen.contains("? help") ? screen : nil
        }
        #expect(first.contains("╭") == !kind.isASCII && first.contains("+--") == kind.isASCII, "\(kind.name)")
        #expect(try await tmux.flag("alternate_on") == (kind.hasAlternateScreen ? "1" : "0"), "\(kind.name)")
        #expect(try await tmux.flag("cursor_flag") == (kind.hidesCursor ? "0" : "1"), "\(kind.name)")
        #expect(try await tmux.flag("mouse_any_flag") == (kind.hasMouse ? "1" : "0"), "\(kind.name)")

        // Four printable keys within 0.4 s would look like typing for another window.
        for (key, answer) in [
            ("Space", "● paused"), ("2", "first to last"), ("?", "one step while paused"), ("?", "first to last"),
            ("6", "you    paused"), ("q", "quit?"),
        ] {
            try await tmux.press(key)
            try await tmux.see(kind.isASCII ? answer.replacing("●", with: "@") : answer)
            try await Task.sleep(for: .milliseconds(120))
        }
        // A sheet takes no input in its first 0.4 s.
        try await Task.sleep(for: .milliseconds(500))
        try await tmux.press("y")
        // Whatever is left of the frame, the summary stands on lines of its own.
        try await tmux.see("the summary") { $0.contains(/(?m)^endless: [a-z]+ at step [0-9]/) ? true : nil }
        try await expectReturn(tmux, code: 0)

        let raw = try scratch.bytes("raw")
        if kind.hasMouse {
            // Beyond terminfo, for terminals that report a mouse: reports of mouse, focus and paste, and the title.
            for mode in [1000, 1002, 1004, 1006, 2004] {
                known.allow("\u{1B}[?\(mode)h")
                known.allow("\u{1B}[?\(mode)l")
            }
            for title in ["\u{1B}[22;2t", "\u{1B}[23;2t", "\u{1B}]2;", "\u{1B}\\"] { known.allow(title) }
        }
        if kind.color == "\u{1B}[38;2;" {
            // The widespread spelling of 24-bit colours; some entries have the one with colons.
            for base in [3, 4] { known.allow("\u{1B}[\(base)8;2;%p1%d;%p1%d;%p1%dm") }
        }
        #expect(Array(Set(known.unknown(in: raw)).prefix(10)) == [], "\(kind.name)")
        let text = String(decoding: raw, as: UTF8.self)
        if let color = kind.color {
            #expect(text.utf8.count > 1_000 && raw.contains(color.utf8), "\(kind.name): no colour came")
        } else {
            #expect(!text.contains(/\u{1B}\[[0-9;:]*[34]([0-79]|8[;:])[0-9;:]*m/), "\(kind.name): colours")
        }
    }

    /// What a terminal understands, nil where the system does not know it.
    private func sequences(of name: String) async throws -> TerminalSequences? {
        let outcome = try await RunningProgram(["-1", "-x", name], in: scratch, program: "infocmp").outcome()
        return outcome.code == 0 ? TerminalSequences(infocmp: outcome.output) : nil
    }

    @Test func `sequences are read from a description`() {
        let known = TerminalSequences(
            infocmp: """
                test|a terminal,
                	am,
                	colors#8,
                	cup=\\E[%i%p1%d;%p2%dH$<5>,
                	kcuu1=\\EOA,
                	setaf=\\E[%?%p1%{8}%<%t3%p1%d%e%p1%{16}%<%t9%p1%{8}%-%d%e38;5;%p1%d%;m,
                	sgr0=\\E[m^O,
                """)
        #expect(known.names == ["cup", "setaf", "sgr0"])
        let fine = "\u{1B}[2;3Htext\u{1B}[31m\u{1B}[94m\u{1B}[38;5;208m\u{1B}[m\u{F}\u{1B}[m\r\n"
        #expect(known.unknown(in: Array(fine.utf8)) == [])
        let wrong = "a\u{1B}OAb\u{1B}[?1049h\u{1B}[38;2;1;2;3mc\u{7}"
        #expect(known.unknown(in: Array(wrong.utf8)).map { $0.prefix(6) } == ["\\EOAb\\", "\\E[?10", "\\E[38;", "^G"])
    }
}
