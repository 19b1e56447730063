import Foundation
import Synchronization
import TestSupport

/// A process, of the program if nothing else is said, with its output in files, so that nobody has to read along.
///
/// It starts with no signal ignored or blocked, whatever the tests were started from (`nohup`, `make test &`).
final class RunningProgram: Sendable {
    let identifier: pid_t
    private let scratch: ScratchFolder
    private let name: String
    private let status = Mutex<Int32?>(nil)

    /// - Parameters:
    ///   - environment: changes to the tests' own; nil takes a variable away.
    ///   - output: a descriptor for the standard output in place of a file.
    ///   - terminal: the path of a terminal that becomes its own, for input and output.
    ///   - program: what to run in place of sitter.
    init(
        _ arguments: [String], in scratch: ScratchFolder, environment: [String: String?] = [:], output: Int32? = nil,
        terminal: String? = nil, program: String = Program.path
    ) throws {
        self.scratch = scratch
        name = "process-" + UUID().uuidString.prefix(8)
        guard !program.contains("/") || access(program, X_OK) == 0 else { throw CannotStart(reason: program) }
        var variables = ProcessInfo.processInfo.environment.merging(["HOME": scratch.path]) { $1 }
        for (key, value) in environment { variables[key] = value }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, terminal ?? "/dev/null", terminal == nil ? O_RDONLY : O_RDWR, 0)
        let flags = O_WRONLY | O_CREAT | O_TRUNC
        if let output = output ?? terminal.map({ _ in 0 }) {
            posix_spawn_file_actions_adddup2(&actions, output, 1)
        } else {
            posix_spawn_file_actions_addopen(&actions, 1, Self.outputs(name) + ".out", flags, 0o600)
        }
        posix_spawn_file_actions_addopen(&actions, 2, Self.outputs(name) + ".err", flags, 0o600)

        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var (all, none) = (sigset_t(), sigset_t())
        sigfillset(&all)
        sigemptyset(&none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setsigmask(&attributes, &none)
        // The leader of a new session takes the terminal that it opens for its own. (POSIX_SPAWN_SETSID, 0x80, is hidden.)
        let leads: Int16 = terminal == nil ? 0 : 0x80
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK) | leads)

        var words: [UnsafeMutablePointer<CChar>?] =
            // `env` changes the folder, which this process cannot do for a child alone, and becomes the program.
            (["env", "-C", scratch.path, program] + arguments).map { strdup($0) } + [nil]
        var settings: [UnsafeMutablePointer<CChar>?] = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
        defer {
            for word in words + settings { free(word) }
            words = []
            settings = []
        }
        var child: pid_t = 0
        let failed = posix_spawn(&child, "/usr/bin/env", &actions, &attributes, words, settings)
        guard failed == 0 else { throw CannotStart(reason: String(cString: strerror(failed))) }
        identifier = child
    }

    deinit {
        if status.withLock({ $0 }) == nil {
            kill(identifier, SIGKILL)
            var ignored: Int32 = 0
            waitpid(identifier, &ignored, 0)
        }
        for end in [".out", ".err"] { unlink(Self.outputs(name) + end) }
    }

    private static func outputs(_ name: String) -> String { NSTemporaryDirectory() + "/sitter-" + name }

    /// What it wrote so far.
    var output: String { (try? String(contentsOfFile: Self.outputs(name) + ".out", encoding: .utf8)) ?? "" }
    var errors: String { (try? String(contentsOfFile: Self.outputs(name) + ".err", encoding: .utf8)) ?? "" }

    func send(_ signal: Int32) { kill(identifier, signal) }

    /// Whether it has ended; takes its exit status then.
    var hasEnded: Bool {
        status.withLock { status in
            if status != nil { return true }
            var raw: Int32 = 0
            guard waitpid(identifier, &raw, WNOHANG) == identifier else { return false }
            let signal = raw & 0x7F
            status = signal == 0 ? (raw >> 8) & 0xFF : 128 + signal
            return true
        }
    }

    /// Waits for its end.
    func outcome() async throws -> Program.Outcome {
        try await eventually("the end of the program; it said: \(errors)", every: 5) { hasEnded ? true : nil }
        return Program.Outcome(code: status.withLock { $0 } ?? -1, output: output, errors: errors)
    }
}

/// The program could not be started.
struct CannotStart: Error, CustomStringConvertible {
    let reason: String
    var description: String { "cannot start \(reason); `make build` makes it" }
}
