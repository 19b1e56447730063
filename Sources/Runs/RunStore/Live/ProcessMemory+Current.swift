import Glibc
import Runs

extension ProcessMemory {
    /// The memory of this process, from `/proc/self/status`; zeros where there is none.
    static func current() -> ProcessMemory {
        let descriptor = open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return ProcessMemory() }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 8192)
        let count = read(descriptor, &bytes, bytes.count)
        return parse(bytes[..<max(0, count)])
    }

    /// Reads `VmRSS:   123 kB` and `VmHWM:   456 kB` among other lines.
    package static func parse(_ bytes: ArraySlice<UInt8>) -> ProcessMemory {
        var memory = ProcessMemory()
        for line in bytes.split(separator: UInt8(ascii: "\n")) {
            let words = String(decoding: line, as: UTF8.self).split { $0 == " " || $0 == "\t" }
            guard words.count == 3, words[2] == "kB", let kilobytes = Int(words[1]) else { continue }
            if words[0] == "VmRSS:" { memory.resident = kilobytes * 1024 }
            if words[0] == "VmHWM:" { memory.peak = kilobytes * 1024 }
        }
        return memory
    }
}
