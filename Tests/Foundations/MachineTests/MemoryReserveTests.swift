import Foundation
import Machine
import TestSupport
import Testing

/// What a control group leaves, as its files say it.
@Suite struct MemoryReserveTests {
    private let root = ScratchFolder()

    private func write(_ group: String, _ files: [String: String]) throws {
        try FileManager.default.createDirectory(atPath: root / group, withIntermediateDirectories: true)
        for (name, text) in files {
            try text.write(toFile: root / "\(group)/\(name)", atomically: true, encoding: .utf8)
        }
    }

    private func left(_ groups: String) -> Int? { MemoryReserve(groups: Array(groups.utf8), root: root.path).left }

    @Test func `without a limit there is none`() throws {
        try write("a", ["memory.max": "max\n", "memory.current": "1000\n"])
        #expect(left("0::/a\n") == nil)
        #expect(left("") == nil && left("nonsense\n") == nil && left("0::/missing\n") == nil)
    }

    @Test func `files that the kernel only keeps do not count`() throws {
        try write(
            "a",
            [
                "memory.max": "1000000\n", "memory.current": "700000\n",
                "memory.stat": "anon 300000\nfile 400000\ninactive_file 250000\nactive_file 150000\n",
            ])
        #expect(left("0::/a\n") == 700_000)
    }

    @Test func `the tightest group above decides`() throws {
        try write("a/b/c", ["memory.max": "max\n"])
        try write("a/b", ["memory.max": "500\n", "memory.current": "100\n"])
        try write("a", ["memory.max": "900\n", "memory.current": "600\n"])
        #expect(left("0::/a/b/c\n") == 300)
        try write(".", ["memory.max": "50\n", "memory.current": "0\n"])
        #expect(left("0::/elsewhere/than/here\n") == 50, "in a container the path is one of the outside")
    }

    @Test func `version 1 has its own files`() throws {
        try write("memory/docker/x", ["memory.limit_in_bytes": "4096\n", "memory.usage_in_bytes": "96\n"])
        #expect(left("12:cpu,cpuacct:/docker/x\n4:memory:/docker/x\n") == 4_000)
        try write("memory/docker/x", ["memory.limit_in_bytes": "9223372036854771712\n"])
        #expect(left("4:memory:/docker/x\n") == nil)
    }
}
