import Glibc

/// What the kernel says of this process under `/proc`.
package enum ProcessFacts {
    /// Bytes of this process, nil for what the system does not say.
    package struct Memory: Hashable, Sendable {
        /// What lies in the machine's memory now.
        package var resident: Int?
        /// The most that ever did.
        package var peak: Int?

        /// Reads `VmRSS:   123 kB` and `VmHWM:   456 kB` among the other lines of `/proc/self/status`.
        package init(status: [UInt8]) {
            for line in status.split(separator: UInt8(ascii: "\n")) {
                let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }
                guard words.count == 3, words[2] == "kB", let kilobytes = Int(words[1]) else { continue }
                if words[0] == "VmRSS:" { resident = kilobytes * 1024 }
                if words[0] == "VmHWM:" { peak = kilobytes * 1024 }
            }
        }
    }

    /// The memory of this process in bytes, now and at its highest; reads `/proc/self/status`.
    package static var memory: Memory { Memory(status: contents(of: "/proc/self/status")) }

    /// The path of the program that runs, nil where `/proc` does not say.
    package static var program: String? {
        var path = [UInt8](repeating: 0, count: Int(PATH_MAX))
        let count = readlink("/proc/self/exe", &path, path.count)
        return count > 0 ? String(pathBytes: path[..<count]) : nil
    }

    /// The words of the command line, the program's own first; their bytes need not be UTF-8 (`String.init(pathBytes:)`).
    package static var arguments: [String] {
        (0..<Int(CommandLine.argc)).compactMap { CommandLine.unsafeArgv[$0].map { String(path: $0) } }
    }

    /// A variable of the environment, whose bytes need not be UTF-8; nil where it is not set.
    package static func variable(_ name: String) -> String? { getenv(name).map { String(path: $0) } }

    /// What the processor can do (`avx512f` ...), as its first core says; empty where `/proc` does not say.
    package static var processorFlags: Set<String> {
        let lines = contents(of: "/proc/cpuinfo").split(separator: UInt8(ascii: "\n"))
        guard let flags = lines.first(where: { $0.starts(with: "flags".utf8) }) else { return [] }
        let words = String(decoding: flags, as: UTF8.self).split { " \t:".contains($0) }
        return Set(words.dropFirst().map(String.init))
    }

    /// The bytes of a file whose size nobody knows beforehand; empty where it cannot be read.
    static func contents(of path: String) -> [UInt8] {
        let descriptor = path.withPathBytes { open($0, O_RDONLY | O_CLOEXEC) }
        guard descriptor >= 0 else { return [] }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = read(descriptor, &chunk, chunk.count)
            guard count > 0 else { return bytes }
            bytes += chunk[..<count]
        }
    }
}
