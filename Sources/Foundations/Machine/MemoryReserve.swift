import Glibc

/// How much memory this process may still take, where somebody has set a limit: `ulimit -v` and `-d`, or the control group of a
/// container.
///
/// The kernel kills whoever goes beyond the limit of a control group, and an allocator may look for memory for ever: who needs much
/// asks before.
package struct MemoryReserve: Sendable {
    /// Where control groups are told: `/proc/self/cgroup`'s text, and the folder that the hierarchy is mounted on.
    private let folders: [String]

    /// The limits of this process.
    package static let own = MemoryReserve(
        groups: ProcessFacts.contents(of: "/proc/self/cgroup"), root: "/sys/fs/cgroup")

    /// Limits as files say them.
    ///
    /// - Parameters:
    ///   - groups: `0::/a/b` and, of version 1, `4:memory:/a/b`, a line each.
    ///   - root: where the hierarchies are mounted.
    package init(groups: [UInt8], root: String) {
        var found: [String] = []
        for line in String(decoding: groups, as: UTF8.self).split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
            guard parts.count == 3 else { continue }
            let isUnified = parts[0] == "0" && parts[1].isEmpty
            guard isUnified || parts[1].split(separator: ",").contains("memory") else { continue }
            // Every group above counts as well; within a container the path may be one of the outside.
            var path = Substring(parts[2])
            while true {
                while path.last == "/" { path.removeLast() }
                found.append("\(root)\(isUnified ? "" : "/memory")\(path)")
                guard let slash = path.lastIndex(of: "/") else { break }
                path = path[..<slash]
            }
        }
        folders = found
    }

    /// Bytes that the control group with the least room left still has; nil where none has a limit.
    package var left: Int? {
        folders.compactMap { folder -> Int? in
            func number(_ name: String) -> Int? {
                let text = String(decoding: ProcessFacts.contents(of: "\(folder)/\(name)"), as: UTF8.self)
                return Int(text.trimmed)
            }
            // "max" is no number; version 1 has a number close to 2^63 in its place.
            guard let limit = number("memory.max") ?? number("memory.limit_in_bytes"), limit < 1 << 60 else {
                return nil
            }
            guard let used = number("memory.current") ?? number("memory.usage_in_bytes") else { return limit }
            return limit - max(0, used - cached(in: folder))
        }.min()
    }

    /// Bytes of files that the kernel keeps only as long as nobody needs the room.
    private func cached(in folder: String) -> Int {
        let text = String(decoding: ProcessFacts.contents(of: "\(folder)/memory.stat"), as: UTF8.self)
        return text.split(separator: "\n").reduce(0) { sum, line in
            let words = line.split(separator: " ")
            guard words.count == 2, ["inactive_file", "active_file"].contains(words[0]) else { return sum }
            return sum + (Int(words[1]) ?? 0)
        }
    }

    /// Why so many bytes cannot be had in one piece, one clause without a full stop; nil where they can.
    package func lack(of bytes: Int) -> String? {
        if let left, bytes > left { return "the container's limit leaves \(Self.size(max(0, left)))" }
        return Self.hasAddresses(bytes) ? nil : Self.noMore
    }

    /// Ends the program with a line where so many bytes cannot be had in one piece. Costs a few system calls.
    /// - Parameter purpose: what needs them, as in `the data`.
    package func demand(_ bytes: Int, for purpose: String) {
        if let reason = lack(of: bytes) { Self.end(bytes, purpose, reason) }
    }

    /// The same for memory of which most will never be touched: no control group counts it.
    package func demandAddresses(_ bytes: Int, for purpose: String) {
        guard Self.hasAddresses(bytes) else { Self.refuse(bytes, for: purpose) }
    }

    private static func hasAddresses(_ bytes: Int) -> Bool {
        let trial = mmap(nil, bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
        guard trial != MAP_FAILED else { return false }
        munmap(trial, bytes)
        return true
    }

    private static let noMore = "there is no more (ulimit -v or -d, or the machine's memory)"

    /// Ends the program with a line: so many bytes were not to be had.
    package static func refuse(_ bytes: Int, for purpose: String) -> Never {
        end(bytes, purpose, noMore)
    }

    private static func end(_ bytes: Int, _ purpose: String, _ reason: String) -> Never {
        Exhaustion.end(
            "out of memory: \(purpose) takes \(size(bytes)), and \(reason); raise the limit, or make data, model or batch "
                + "smaller"
        )
    }

    private static func size(_ bytes: Int) -> String { "\((bytes + (1 << 20) - 1) >> 20) MB" }
}
