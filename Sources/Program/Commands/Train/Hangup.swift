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

    /// Goes on without a terminal, if that is what happened and what is wanted; else the run is to end.
    ///
    /// What is printed from here on goes to the directory's `output.txt`.
    func isOutlived(by directory: RunDirectory?) -> Bool {
        guard self == .detach, let directory, Interruption.outliveHangup() else { return false }
        setsid()
        let nothing = open("/dev/null", O_RDWR)
        let output = directory.output.withPathBytes { open($0, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666) }
        if nothing >= 0 {
            dup2(nothing, STDIN_FILENO)
            for stream in [STDOUT_FILENO, STDERR_FILENO] { dup2(output >= 0 ? output : nothing, stream) }
            close(nothing)
        }
        if output >= 0 { close(output) }
        return true
    }
}
