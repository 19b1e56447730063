import Glibc
import Machine
import Searching

/// A process that trains, at the other end of two pipes.
///
/// This is the border to other machines: with words of a launcher before its own (`srun --ntasks=1`) the process may be anywhere
/// where the folder of the search is.
final class WorkerProcess {
    /// The run that it was given; nil while it has none.
    var job: SearchJob?
    /// Whether it was asked to stop that run.
    var isStopping = false
    private let process: pid_t
    private var input: Int32
    private let lines: LinePipe
    private var hasEnded = false

    /// Starts it.
    /// - Parameters:
    ///   - lock: the claim on the search's folder, which it holds until it ends.
    ///   - complaints: the file that its standard error is added to.
    ///   - launcher: words before its own.
    init(threads: Int, folds: Int, lock: SearchLock, complaints: String, launcher: [String] = []) throws {
        let (orders, news) = (try Self.openPipe(), try Self.openPipe())
        let program = launcher.isEmpty ? "/proc/self/exe" : ProcessFacts.program ?? "sitter"
        let words =
            launcher + [
                launcher.isEmpty ? "sitter" : program, "search", "--worker", "\(threads)", "--folds", "\(folds)",
            ]
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, orders[0], 0)
        posix_spawn_file_actions_adddup2(&actions, news[1], 1)
        _ = complaints.withPathBytes {
            posix_spawn_file_actions_addopen(&actions, 2, $0, O_WRONLY | O_CREAT | O_APPEND, 0o666)
        }
        posix_spawn_file_actions_adddup2(&actions, lock.descriptor, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        // A session of its own: ctrl-C at the terminal is for the searching process, which then ends the orders.
        posix_spawnattr_setflags(&attributes, Int16(0x80 | POSIX_SPAWN_SETSIGMASK))
        var pointers = words.map { $0.withPathBytes { strdup($0) } } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        var spawned: pid_t = 0
        let code = pointers.withUnsafeMutableBufferPointer { words in
            launcher.isEmpty
                ? posix_spawn(&spawned, program, &actions, &attributes, words.baseAddress!, environ)
                : posix_spawnp(&spawned, launcher[0], &actions, &attributes, words.baseAddress!, environ)
        }
        close(orders[0])
        close(news[1])
        (process, input, lines) = (spawned, orders[1], LinePipe(news[0]))
        guard code == 0 else {
            hasEnded = true
            throw UsageError("no process can be started for a trial: \(SystemError(code: code))")
        }
    }

    /// A pipe that no other process that is started keeps open.
    private static func openPipe() throws -> [Int32] {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw UsageError("no process can be started for a trial: \(SystemError(code: errno))")
        }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        return ends
    }

    deinit {
        leave()
        if !hasEnded { _ = waitpid(process, nil, WNOHANG) }
    }

    /// What to wait for news at.
    var descriptor: Int32 { lines.descriptor }

    /// Whether it tells no more.
    var isGone: Bool { lines.isClosed }

    /// What it has told, after `LinePipe.wait` has said that there is something.
    func news() -> [SearchEvent] { lines.read().compactMap { SearchEvent(line: $0) } }

    /// Asks it for something; it may be gone.
    func send(_ order: WorkerOrder) {
        guard input >= 0 else { return }
        let bytes = order.line
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { write(input, $0.baseAddress! + written, $0.count - written) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            written += count
        }
    }

    /// Ends the orders: it saves its run and leaves.
    func leave() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// How it ended, in words; nil while it has not. Looks once.
    func farewell() -> String? {
        guard !hasEnded else { return "" }
        var status: Int32 = 0
        guard waitpid(process, &status, WNOHANG) == process else { return nil }
        hasEnded = true
        return status & 0x7F == 0 ? "exit code \((status >> 8) & 0xFF)" : "signal \(status & 0x7F)"
    }

    /// Ends it at once.
    func kill() { if !hasEnded { Glibc.kill(process, SIGKILL) } }
}

/// One run of a trial, to be made by some process.
struct SearchJob: Hashable, Sendable {
    let trial: Int
    let fold: Int
}
