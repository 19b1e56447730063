import CNcurses
import Cells
import Glibc

/// What a terminal can show, found out before anything is drawn on it.
package struct TerminalCapabilities: Hashable, Sendable {
    /// The terminal's name for terminfo: `TERM`, or a relative where the system does not know it.
    package var name: String
    /// How many colours reach the screen.
    package var colors: ColorDepth
    /// What its font and encoding can draw.
    package var glyphs: GlyphSet

    /// A terminal of a name, with what it can show.
    package init(name: String, colors: ColorDepth, glyphs: GlyphSet) {
        self.name = name
        self.colors = colors
        self.glyphs = glyphs
    }

    /// What terminfo says about a terminal.
    package struct Description: Hashable, Sendable {
        /// How many colours it says it has.
        package var colors: Int
        /// Whether colours are 24-bit values in its own colour sequences.
        package var isDirect: Bool
        /// Whether the cursor can be placed.
        package var canAddress: Bool

        /// What a description says, read or made up.
        package init(colors: Int, isDirect: Bool = false, canAddress: Bool = true) {
            self.colors = colors
            self.isDirect = isDirect
            self.canAddress = canAddress
        }
    }

    /// What the environment's terminal can show, nil where there is none to draw on (no `TERM`, a dumb or an unknown one).
    ///
    /// - Parameters:
    ///   - environment: `TERM`, `COLORTERM`, `NO_COLOR`, `LC_ALL`, `LC_CTYPE`, `LANG`, `TMUX` and `STY` are read.
    ///   - describe: what terminfo knows under a name, nil where it knows nothing.
    package static func detect(
        environment: [String: String], describe: (String) -> Description? = systemDescription
    ) -> TerminalCapabilities? {
        guard let wanted = environment["TERM"], !wanted.isEmpty, wanted != "dumb", wanted != "unknown" else {
            return nil
        }
        // A remote machine often lacks the entries of younger terminals, which all speak xterm.
        let candidates = [wanted] + (speaksXterm(wanted) ? ["xterm-256color", "xterm"] : [])
        for name in candidates {
            guard let description = describe(name), description.canAddress else { continue }
            return TerminalCapabilities(
                name: name, colors: colors(environment, wanted, description), glyphs: glyphs(environment, wanted))
        }
        return nil
    }

    private static func speaksXterm(_ name: String) -> Bool {
        let families = [
            "xterm", "screen", "tmux", "rxvt", "alacritty", "foot", "konsole", "kitty", "wezterm", "ghostty", "contour",
            "st-", "vte", "gnome", "putty", "mintty", "iterm", "nsterm",
        ]
        return families.contains { name.lowercased().hasPrefix($0) }
    }

    private static func colors(
        _ environment: [String: String], _ name: String, _ description: Description
    ) -> ColorDepth {
        guard (environment["NO_COLOR"] ?? "").isEmpty else { return .mono }
        let promised = ["truecolor", "24bit"].contains((environment["COLORTERM"] ?? "").lowercased())
        // GNU screen hands COLORTERM on but garbles 24-bit colours; tmux, which uses the same names, translates them.
        let isOldScreen = environment["STY"] != nil && environment["TMUX"] == nil && name.hasPrefix("screen")
        if description.isDirect || name.hasSuffix("-direct") || (promised && !isOldScreen && description.colors >= 8) {
            return .trueColor
        }
        switch description.colors {
        case 256...: return .palette256
        case 8...: return .ansi16
        default: return .mono
        }
    }

    private static func glyphs(_ environment: [String: String], _ name: String) -> GlyphSet {
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].lazy.compactMap { environment[$0] }.first { !$0.isEmpty } ?? ""
        let charset = locale.lowercased().filter { $0 != "-" }
        // The Linux console has no braille in its fonts.
        return charset.contains("utf8") && name != "linux" ? .unicode : .ascii
    }

    /// What this system's terminfo knows about a terminal. Not to be called while a `Terminal` is open.
    package static func systemDescription(_ name: String) -> Description? {
        var status: Int32 = 0
        guard setupterm(name, 1, &status) == OK else { return nil }
        defer { del_curterm(curses_current_terminal()) }
        return Description(
            colors: Int(tigetnum("colors")),
            isDirect: tigetflag("RGB") > 0 || tigetnum("RGB") > 0 || curses_string_capability("RGB") != nil,
            canAddress: curses_string_capability("cup") != nil)
    }
}
