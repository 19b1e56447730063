import Cells
import CursesTerminal
import Testing

private typealias Description = TerminalCapabilities.Description

private func detect(_ environment: [String: String]) -> TerminalCapabilities? {
    let known: [String: Description] = [
        "xterm": Description(colors: 8), "xterm-256color": Description(colors: 256),
        "screen-256color": Description(colors: 256), "linux": Description(colors: 8), "vt100": Description(colors: -1),
        "xterm-direct2": Description(colors: 0x1000000, isDirect: true),
        "glasstty": Description(colors: -1, canAddress: false),
    ]
    return TerminalCapabilities.detect(environment: environment) { known[$0] }
}

@Suite struct TerminalCapabilitiesTests {
    @Test(arguments: [nil, "", "dumb", "unknown", "glasstty", "nobody-knows"])
    func `without a terminal there is nothing to draw on`(name: String?) {
        #expect(detect(name.map { ["TERM": $0] } ?? [:]) == nil)
    }

    @Test(arguments: [
        (["TERM": "xterm-256color"], ColorDepth.palette256),
        (["TERM": "xterm-256color", "COLORTERM": "truecolor"], .trueColor),
        (["TERM": "xterm", "COLORTERM": "24bit"], .trueColor),
        (["TERM": "xterm"], .ansi16),
        (["TERM": "vt100", "COLORTERM": "truecolor"], .mono),
        (["TERM": "xterm-direct2"], .trueColor),
        (["TERM": "xterm-256color", "COLORTERM": "truecolor", "NO_COLOR": "1"], .mono),
        (["TERM": "xterm-256color", "NO_COLOR": ""], .palette256),
        (["TERM": "screen-256color", "COLORTERM": "truecolor", "STY": "1.tty"], .palette256),
        (["TERM": "screen-256color", "COLORTERM": "truecolor", "TMUX": "/tmp/x", "STY": "1.tty"], .trueColor),
    ])
    func `colours follow the environment`(environment: [String: String], colors: ColorDepth) {
        #expect(detect(environment)?.colors == colors)
    }

    @Test func `an unknown relative of xterm is drawn as xterm`() {
        #expect(detect(["TERM": "xterm-kitty"])?.name == "xterm-256color")
    }

    @Test func `glyphs follow the locale`() {
        #expect(detect(["TERM": "xterm", "LANG": "en_US.UTF-8"])?.glyphs == .unicode)
        #expect(detect(["TERM": "xterm", "LANG": "de_DE.utf8", "LC_ALL": ""])?.glyphs == .unicode)
        #expect(detect(["TERM": "xterm", "LANG": "en_US.UTF-8", "LC_ALL": "C"])?.glyphs == .ascii)
        #expect(detect(["TERM": "xterm"])?.glyphs == .ascii)
        #expect(detect(["TERM": "linux", "LANG": "en_US.UTF-8"])?.glyphs == .ascii)
    }
}
