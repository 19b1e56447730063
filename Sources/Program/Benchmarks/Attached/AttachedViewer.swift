import Cells
import Commands
import Foundation
import Glibc
import Machine
import RunStore

/// A real `sitter attach` in a process of its own, on a pseudo-terminal of 200x50 that nobody looks at.
final class AttachedViewer {
    private let process: pid_t
    private let terminal: PseudoTerminal
    private let output = AwaitedOutput()
    private let began: Double

    /// Starts it.
    /// - Parameters:
    ///   - place: a folder for what it remembers.
    ///   - title: what the window is named after the first frame, and not before it.
    init(of directory: RunDirectory, place: String, title: String) throws {
        output.expect(Array(title.utf8))
        terminal = try PseudoTerminal(width: 200, height: 50) { [output] in output.take($0) }
        guard let device = terminal.device else { throw UsageError("sitter bench: no viewer can be started") }
        began = MonotonicClock.seconds
        process = try SessionProcess.start(
            ["sitter", "attach", directory.path],
            environment: [
                "NO_COLOR": nil, "TERM": "xterm-256color", "XDG_STATE_HOME": place, "XDG_CONFIG_HOME": place,
            ], input: (device, O_RDWR), output: (device, O_RDWR))
    }

    /// Waits for the first frame: seconds since the process was started.
    func firstFrame(timeout: Double = 60) throws -> Double {
        guard let seen = output.wait(timeout: timeout) else {
            throw UsageError("sitter bench: the viewer showed nothing within \(Int(timeout)) s")
        }
        return seen - began
    }

    /// The most memory that it ever had, in bytes.
    var peakMemory: Int { Self.memory(of: process) }

    /// Processor time of all its threads.
    var cpuSeconds: Double { ThreadTimes.seconds(of: process) }

    /// Stops it in its tracks, or lets it go on.
    func stand(still: Bool) { kill(process, still ? SIGSTOP : SIGCONT) }

    /// Ends it.
    func close() {
        stand(still: false)
        kill(process, SIGTERM)
        var status: Int32 = 0
        while waitpid(process, &status, 0) < 0, errno == EINTR {}
        terminal.close()
    }

    private static func memory(of process: Int32) -> Int {
        let status = (try? Data(contentsOf: URL(fileURLWithPath: "/proc/\(process)/status"))) ?? Data()
        return ProcessFacts.Memory(status: Array(status)).peak ?? 0
    }
}
