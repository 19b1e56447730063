import CNcurses
import CTerminalRescue
import Cells
import Foundation
import Glibc
import Machine

extension Terminal {
    /// Gives the terminal to the shell and stops the process group, as Ctrl-Z does elsewhere; returns when it continues.
    package func suspend() {
        guard !isClosed else { return }
        leave()
        rescue_stop()
        enter()
        isResumed = true
    }

    /// Sets the window title where there is one; the old one comes back on `close`. Control characters are dropped.
    package func setTitle(_ title: String) {
        guard modes.hasTitle, !isClosed else { return }
        let shown = title.unicodeScalars.filter { $0.properties.generalCategory != .control }
        send("\u{1B}]2;" + String(String.UnicodeScalarView(shown.prefix(200))) + "\u{1B}\\")
    }

    /// Takes the mouse, or lets the terminal have it for selecting text.
    package func setMouse(_ isOurs: Bool) {
        hasMouse = isOurs
        if !isClosed { send(isOurs ? modes.mouseOn : modes.mouseOff) }
    }

    /// The longest text in bytes that goes to a clipboard: terminals drop longer ones.
    package static let longestCopy = 74_994 / 4 * 3

    /// Sends a text to the terminal's clipboard (OSC 52), where it is short enough and the terminal of a kind that has one. Whether
    /// the terminal allows it nobody is told.
    /// - Returns: whether it was sent.
    package func copy(_ text: String) -> Bool {
        guard modes.hasTitle, !isClosed, text.utf8.count <= Self.longestCopy else { return false }
        send("\u{1B}]52;c;" + Data(text.utf8).base64EncodedString() + "\u{1B}\\")
        return true
    }

    /// Rings the bell, or flashes where the person has set it so.
    package func bell() { if !isClosed { send("\u{07}") } }

    /// Bytes that have left for the terminal since it was taken.
    package var bytesSent: Int { line.sent }

    /// Whether everything drawn has left for the terminal; while it has not, a line is slow and a frame better skipped.
    package var outputQueueIsEmpty: Bool {
        let now = MonotonicClock.seconds
        line.pump(at: now)
        guard line.hasArrived(at: now) else { return false }
        var waiting: Int32 = 0
        return ioctl(output, UInt(TIOCOUTQ), &waiting) != 0 || waiting == 0
    }

    /// Switches on what ncurses does not, and draws the next frame whole.
    func enter() {
        shown = nil
        isResized = false
        // ncurses enters the alternate screen with the first refresh; the modes have to follow it.
        if let window {
            werase(window)
            clearok(window, true)
            wrefresh(window)
        }
        setModes()
        send(modes.on)
        if !hasMouse { send(modes.mouseOff) }
        var before = modesBefore
        let bytes = Array(modes.reset.utf8CString.dropLast())
        _ = rescue_arm(output, &before, bytes, bytes.count)
    }

    /// Keys one by one, without echo or signals, and output as it is. ncurses, which writes into memory, cannot set them.
    private func setModes() {
        var modes = modesBefore
        modes.c_iflag &= ~tcflag_t(BRKINT | ICRNL | INLCR | IGNCR | INPCK | ISTRIP | IXON | PARMRK)
        modes.c_oflag &= ~tcflag_t(ONLCR | TABDLY)
        modes.c_lflag &= ~tcflag_t(ECHO | ECHONL | ICANON | IEXTEN | ISIG)
        modes.c_cflag = modes.c_cflag & ~tcflag_t(CSIZE | PARENB) | tcflag_t(CS8)
        withUnsafeMutableBytes(of: &modes.c_cc) { codes in
            codes[Int(VMIN)] = 1
            codes[Int(VTIME)] = 0
        }
        tcsetattr(output, TCSANOW, &modes)
    }

    /// Undoes `enter`.
    func leave() {
        set_term(screen)
        // What a slow line still holds nobody needs any more; CAN and ST end what may have been cut in two.
        if line.drop(at: MonotonicClock.seconds) { line.send("\u{18}\u{1B}\\", at: MonotonicClock.seconds) }
        // tmux 3.3 takes rows of an alternate screen that has grown over into the normal one, unless they are empty.
        if isResized, let window {
            werase(window)
            wrefresh(window)
        }
        send(modes.off)
        endwin()
        send("")
        line.finish(within: 5, clock: { MonotonicClock.seconds })
        rescue_disarm()
        var before = modesBefore
        tcsetattr(output, TCSANOW, &before)
    }

    /// Takes the terminal again after somebody else had it: a shell between SIGSTOP and SIGCONT leaves its own modes.
    func reclaim() {
        guard !isClosed else { return }
        enter()
    }

    /// Sends what ncurses has written since, and text behind it.
    func send(_ text: String) { line.send(text, at: MonotonicClock.seconds) }
}
