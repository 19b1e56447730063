import Glibc

/// Starts this program again as a process in a session of its own: what closes this terminal does not concern it.
package enum SessionProcess {
    /// `POSIX_SPAWN_SETSID`, which glibc shows to GNU sources alone.
    private static let ownSession: Int32 = 0x80

    /// A file that a stream of the process is, and how it is opened: flags of `open`.
    package typealias Stream = (path: String, flags: Int32)

    /// Starts it; no signal is held back in it.
    /// - Parameters:
    ///   - words: its command line, the program's name first.
    ///   - environment: what is put in place of, or beside, the variables of this process; nil takes one away.
    ///   - input: its standard input; a terminal given here becomes the one that the session is controlled by.
    ///   - output: its standard output and error.
    /// - Returns: the process.
    package static func start(
        _ words: [String], environment: KeyValuePairs<String, String?>, input: Stream, output: Stream
    ) throws(SystemError) -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for (place, stream) in [input, output].enumerated() {
            _ = stream.path.withPathBytes {
                posix_spawn_file_actions_addopen(&actions, Int32(place), $0, stream.flags, 0o666)
            }
        }
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(ownSession | POSIX_SPAWN_SETSIGMASK))
        var process: pid_t = 0
        let added = environment.compactMap { name, value in value.map { "\(name)=\($0)" } }
        let code = withPointers(words) { words in
            withPointers(added) { added in
                // The words of the environment need not be text.
                var variables: [UnsafeMutablePointer<CChar>?] = []
                var place = 0
                while let variable = environ[place] {
                    place += 1
                    let isReplaced = environment.contains { name, _ in
                        strncmp(variable, "\(name)=", name.utf8.count + 1) == 0
                    }
                    if !isReplaced { variables.append(variable) }
                }
                place = 0
                while let variable = added[place] {
                    variables.append(variable)
                    place += 1
                }
                variables.append(nil)
                return posix_spawn(&process, "/proc/self/exe", &actions, &attributes, words, &variables)
            }
        }
        guard code == 0 else { throw SystemError(code: code) }
        return process
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = texts.map { $0.withPathBytes { strdup($0) } } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { body($0.baseAddress!) }
    }
}
