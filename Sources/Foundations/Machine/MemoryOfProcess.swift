import Foundation

/// What the kernel says of this process's memory.
enum ProcessMemory {
    /// The most bytes that were resident at once since the program began, nil where `/proc` does not say.
    static var peak: Int? { value("VmHWM:") }

    /// Bytes that are resident now.
    static var resident: Int? { value("VmRSS:") }

    private static func value(_ key: String) -> Int? {
        guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) }) else { return nil }
        // `VmHWM:	   12345 kB`
        return line.dropFirst(key.count).split(whereSeparator: \.isWhitespace).first
            .flatMap { Int($0) }.map { $0 * 1024 }
    }
}
