import CursesTerminal
import Files
import Foundation
import Glibc
import Machine
import RunStore

/// A run that goes on without its terminal: in a process of its own, which `sitter attach` reaches.
///
/// A process with threads cannot be split in two, so this one ends the run with a checkpoint, and the new one goes on from that
/// with the same bits.
package struct Detachment {
    /// Whether this process was started for a run that somebody left.
    static var isDetached: Bool { getenv(variable) != nil }

    private static let variable = "SITTER_DETACHED"
    /// Seconds that reading the data and the checkpoint may take.
    package static let patience = 120.0

    /// The process that has the run.
    package let process: Int32
    /// Whether it has brought the run to its end already.
    package private(set) var hasEnded = false

    /// What is known of the process after a look.
    package struct Look: Hashable, Sendable {
        /// Its exit code, nil while it is alive.
        package var exitCode: Int32?
        /// Whether it answers at the run's socket.
        package var answers = false
        /// Whether it has claimed the directory.
        package var hasClaim = false
        /// Whether a signal came since.
        package var isInterrupted = false
        /// Seconds since it was started.
        package var seconds = 0.0

        /// A process of which nothing is known yet.
        package init() {}

        /// What to make of it; nil where it is waited for.
        package var verdict: Verdict? {
            if let exitCode { return exitCode == 0 ? .ended : .failed }
            if answers { return .goesOn }
            guard isInterrupted || seconds > Detachment.patience else { return nil }
            return hasClaim ? .goesOn : .late
        }
    }

    /// What became of the process.
    package enum Verdict: Hashable, Sendable {
        case goesOn, ended, failed, late
    }

    /// Starts the process and waits until it has the run.
    ///
    /// - Parameter options: what the command line asked for that the directory does not know.
    /// - Throws: one line, where it ends instead.
    init(of directory: RunDirectory, options: TrainOptions) throws {
        var words = ["sitter", "train", "--resume", directory.path, "--headless"]
        if let speed = options.stepsPerSecond { words += ["--slow", "\(speed)"] }
        let output = directory.output
        do throws(SystemError) {
            process = try SessionProcess.start(
                words, environment: [Self.variable: "1"], input: ("/dev/null", O_RDONLY),
                output: (output, O_WRONLY | O_CREAT | O_APPEND))
        } catch {
            throw UsageError("the run cannot go on by itself: \(error); sitter train --resume goes on")
        }
        let began = MonotonicClock.seconds
        let interruptions = Interruption.count
        var hasTold = false
        while true {
            var look = Look()
            var status: Int32 = 0
            if waitpid(process, &status, WNOHANG) == process {
                look.exitCode = status & 0x7F == 0 ? (status >> 8) & 0xFF : 128 + status & 0x7F
            }
            look.answers = (try? RemoteRun(directory, attends: false))?.process == process
            look.hasClaim = RunLock.holder(of: directory) == process
            look.isInterrupted = Interruption.count > interruptions
            look.seconds = MonotonicClock.seconds - began
            switch look.verdict {
            case .goesOn: return
            case .ended:
                hasEnded = true
                return
            case .failed:
                let last = (try? FileBytes.read(output)).map { String(decoding: $0, as: UTF8.self) } ?? ""
                let line = last.split(separator: "\n").last.map { ": \($0)" } ?? ""
                throw UsageError("the run did not go on by itself\(line)")
            case .late: throw UsageError("process \(process) has not taken the run up yet; \(output) tells why")
            case nil: break
            }
            if !hasTold, look.seconds > 1, isatty(STDERR_FILENO) == 1 {
                hasTold = true
                FileHandle.standardError.say("process \(process) takes the run up; ctrl-C waits no longer\n")
            }
            usleep(20_000)
        }
    }
}
