import CNcurses
import CTerminalRescue
import Cells
import Glibc

/// A full-screen terminal: cells go out through ncurses, bytes come in raw.
///
/// Owned by one thread, and only one may be open at a time: ncurses and the rescue are global. Open it before other
/// threads start, because opening it changes the environment for a moment.
///
/// While it is open, a crash, `exit` or a second interrupt still gives the terminal back (see `Interruption`).
/// Bytes are read by this class and not by ncurses, whose key decoding lets pieces of unknown sequences through.
/// The size is asked of the terminal itself when SIGWINCH came and at each wait, never of `LINES` and `COLUMNS`.
package final class Terminal {
    /// Where the terminal is.
    package enum Device: Hashable, Sendable {
        /// `/dev/tty`, whatever the standard streams are.
        case controlling
        /// Descriptors of a terminal; they are duplicated and stay the caller's.
        case descriptors(input: Int32, output: Int32)
    }

    /// What this terminal shows; colours may be fewer than asked for.
    package let capabilities: TerminalCapabilities
    /// Columns and rows, at least 1 by 1.
    package internal(set) var size: Size

    let input: Int32
    let output: Int32
    /// What leaves for the terminal.
    var line: LineOutput
    /// The terminal's modes before us.
    let modesBefore: termios
    let streams: [UnsafeMutablePointer<FILE>]
    let screen: OpaquePointer
    let modes: ModeSequences
    var window: UnsafeMutablePointer<WINDOW>?
    var pairs: ColorPairs
    /// The frame that stands on the screen; nil when it is unknown.
    var shown: CellBuffer?
    /// What a slow line still lacks of it.
    var pieces = FramePieces()
    var decoder = InputDecoder()
    /// Whether the input has come to an end.
    package internal(set) var isHungUp = false
    /// Whether mouse reports are on; else the terminal selects text with it.
    var hasMouse = true
    /// Whether the size has changed since the terminal was taken.
    var isResized = false
    /// Whether the next SIGCONT is the one that ended our own suspension.
    var isResumed = false
    private(set) var isClosed = false

    /// Takes over the terminal: alternate screen, raw keys, mouse, bracketed paste.
    package init(
        _ device: Device = .controlling, capabilities wanted: TerminalCapabilities
    ) throws(TerminalError) {
        (input, output) = try Self.open(device)
        var before = termios()
        guard tcgetattr(output, &before) == 0 else {
            let reason = String(cString: strerror(errno))
            Self.closeAll([input, output])
            throw .noTerminal(device: "output", reason: reason)
        }
        modesBefore = before
        Self.adoptLocale()
        guard rescue_watch_screen() == 0, let line = LineOutput(terminal: output), let reader = fdopen(input, "r"),
            let writer = fdopen(line.spool, "w")
        else {
            Self.closeAll([input, output])
            throw .noTerminal(device: "output", reason: String(cString: strerror(errno)))
        }
        streams = [reader, writer]
        self.line = line
        guard let (screen, colors) = Self.newScreen(wanted, reader: reader, writer: writer) else {
            line.close()
            fclose(reader)
            fclose(writer)
            Glibc.close(output)
            throw .unknownTerminal(name: wanted.name)
        }
        self.screen = screen
        // Without this ncurses drops frames while keys wait in the input.
        typeahead(-1)
        curs_set(0)
        var granted = wanted
        granted.colors = .mono
        if colors != .mono, start_color() == OK {
            use_default_colors()
            granted.colors = curses_color_count() >= 8 ? colors : .mono
        }
        capabilities = granted
        pairs = ColorPairs(colors: granted.colors)
        modes = ModeSequences(name: wanted.name)
        size = Self.measure(output) ?? Size(width: 80, height: 24)
        resize_term(Int32(size.height), Int32(size.width))
        window = newwin(Int32(size.height), Int32(size.width), 0, 0)
        enter()
    }

    deinit { close() }

    /// Gives the terminal back as it was. Further calls, and drawing afterwards, do nothing.
    package func close() {
        guard !isClosed else { return }
        isClosed = true
        leave()
        set_term(screen)
        if let window { delwin(window) }
        window = nil
        delscreen(screen)
        var before = modesBefore
        tcflush(input, TCIFLUSH)
        tcsetattr(output, TCSANOW, &before)
        line.close()
        for stream in streams { fclose(stream) }
        Glibc.close(output)
    }

    private static func open(_ device: Device) throws(TerminalError) -> (input: Int32, output: Int32) {
        switch device {
        case .controlling:
            let descriptor = Glibc.open("/dev/tty", O_RDWR | O_CLOEXEC)
            guard descriptor >= 0 else {
                throw .noTerminal(device: "/dev/tty", reason: String(cString: strerror(errno)))
            }
            return (descriptor, fcntl(descriptor, F_DUPFD_CLOEXEC, 3))
        case .descriptors(let input, let output):
            guard isatty(input) == 1, isatty(output) == 1 else {
                throw .noTerminal(device: isatty(input) == 1 ? "output" : "input", reason: "is not a terminal")
            }
            return (fcntl(input, F_DUPFD_CLOEXEC, 3), fcntl(output, F_DUPFD_CLOEXEC, 3))
        }
    }

    private static func closeAll(_ descriptors: [Int32]) {
        for descriptor in descriptors where descriptor >= 0 { Glibc.close(descriptor) }
    }

    /// ncurses asks the C locale how wide characters are; only that part of it, so that numbers keep their points.
    private static func adoptLocale() {
        if setlocale(LC_CTYPE, "") == nil { setlocale(LC_CTYPE, "C.UTF-8") }
    }

    /// A screen on a derived description where ncurses takes one, else on the system's own with its palette.
    private static func newScreen(
        _ wanted: TerminalCapabilities, reader: UnsafeMutablePointer<FILE>, writer: UnsafeMutablePointer<FILE>
    ) -> (OpaquePointer, ColorDepth)? {
        var status: Int32 = 0
        guard setupterm(wanted.name, fileno(writer), &status) == OK else { return nil }
        let own = Int(tigetnum("colors"))
        let derived = TerminalDescription(ofLoaded: wanted.name, trueColor: wanted.colors == .trueColor)
        del_curterm(curses_current_terminal())

        let before = getenv("TERMINFO").map { String(cString: $0) }
        setenv("TERMINFO", derived.environmentValue, 1)
        let screen = newterm(derived.name, writer, reader)
        if let before { setenv("TERMINFO", before, 1) } else { unsetenv("TERMINFO") }
        if let screen { return (screen, wanted.colors) }
        guard let screen = newterm(wanted.name, writer, reader) else { return nil }
        let most: ColorDepth = own >= 256 ? .palette256 : own >= 8 ? .ansi16 : .mono
        return (screen, min(wanted.colors, most))
    }

    /// Columns and rows as the terminal's driver knows them, nil where it does not.
    static func measure(_ descriptor: Int32) -> Size? {
        var measured = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &measured) == 0, measured.ws_col > 0, measured.ws_row > 0 else {
            return nil
        }
        // Nobody looks at more, and a wrong report must not cost memory.
        return Size(width: min(Int(measured.ws_col), 2_000), height: min(Int(measured.ws_row), 1_000))
    }
}
