import CNcurses
import CTerminalRescue
import Cells
import Glibc

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

    /// Rings the bell, or flashes where the person has set it so.
    package func bell() { if !isClosed { send("\u{07}") } }

    /// Whether everything drawn has left for the terminal; while it has not, a line is slow and a frame better skipped.
    package var outputQueueIsEmpty: Bool {
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
        send(modes.on)
        var before = modesBefore
        let bytes = Array(modes.reset.utf8CString.dropLast())
        _ = rescue_arm(output, &before, bytes, bytes.count)
    }

    /// Undoes `enter`.
    func leave() {
        set_term(screen)
        // tmux 3.3 takes rows of an alternate screen that has grown over into the normal one, unless they are empty.
        if isResized, let window {
            werase(window)
            wrefresh(window)
        }
        send(modes.off)
        endwin()
        rescue_disarm()
    }

    /// Takes the terminal again after somebody else had it: a shell between SIGSTOP and SIGCONT leaves its own modes.
    func reclaim() {
        guard !isClosed else { return }
        reset_prog_mode()
        enter()
    }

    /// Writes past ncurses, whose own bytes have all left after each refresh.
    func send(_ text: String) {
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty {
            let written = bytes.withUnsafeBytes { write(output, $0.baseAddress, $0.count) }
            if written > 0 { bytes = bytes.dropFirst(written) } else if errno != EINTR { return }
        }
    }
}
