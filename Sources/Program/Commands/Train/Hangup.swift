import CursesTerminal
import Foundation
import Glibc
import Machine
import RunStore

/// What a run with a directory does when its terminal is closed or the line to it is lost.
package enum Hangup: String, Hashable, Sendable, CaseIterable {
    /// It goes on, and `sitter attach` reaches it.
    case detach
    /// It finishes the step, saves and ends.
    case stop

    /// Whether the run goes on without its terminal, if that is what happened and what is wanted; else it is to end.
    /// - Parameter isTerminalLost: whether the terminal's end was seen, which may be before its signal comes.
    func isOutlived(by directory: RunDirectory?, isTerminalLost: Bool = false) -> Bool {
        self == .detach && directory != nil && Interruption.outliveHangup(isTerminalLost: isTerminalLost)
    }

    /// Turns what is printed from here on to the directory's `output.txt`, where it went to the terminal.
    static func leaveTerminal(for directory: RunDirectory?) {
        guard let directory else { return }
        setsid()
        let nothing = open("/dev/null", O_RDWR)
        let output = directory.output.withPathBytes { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666) }
        if nothing >= 0 {
            if isLost(STDIN_FILENO) { dup2(nothing, STDIN_FILENO) }
            for stream in [STDOUT_FILENO, STDERR_FILENO] where isLost(stream) {
                dup2(output >= 0 ? output : nothing, stream)
            }
            close(nothing)
        }
        if output >= 0 { close(output) }
    }

    /// Whether a stream is a terminal, or a pipe whose reader has gone: a file that somebody chose is kept.
    private static func isLost(_ stream: Int32) -> Bool {
        // A terminal that was closed says EIO of everything.
        if isatty(stream) == 1 || errno == EIO { return true }
        var request = pollfd(fd: stream, events: 0, revents: 0)
        return poll(&request, 1, 0) > 0 && Int32(request.revents) & (POLLERR | POLLNVAL) != 0
    }
}
