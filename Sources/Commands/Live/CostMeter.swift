import Dashboard
import Foundation

/// Measures what the dashboard's thread takes of the machine; belongs to that thread.
struct CostMeter {
    /// Seconds between two results.
    private static let interval = 1.0

    private var began = Double.nan
    private var cpuAtBeginning = 0.0
    private var bytesAtBeginning: Int?
    private var frames = 0
    private var frameSeconds = 0.0
    private var slowest = 0.0
    private var frameBegan = 0.0

    /// A frame begins: what the run did is asked for, drawn and sent.
    mutating func beginFrame() { frameBegan = Self.cpuSeconds }

    mutating func endFrame() {
        let seconds = Self.cpuSeconds - frameBegan
        frames += 1
        frameSeconds += seconds
        slowest = max(slowest, seconds)
    }

    /// What was taken since the last result, once a second; else nil.
    mutating func cost(at now: Double) -> DashboardCost? {
        guard now - began < Self.interval else {
            defer { restart(at: now) }
            return began.isNaN || frames == 0 ? nil : result(at: now)
        }
        return nil
    }

    private func result(at now: Double) -> DashboardCost {
        let bytes = zip(bytesAtBeginning, Self.bytesWritten).map { Double($1 - $0) / Double(frames) }
        return DashboardCost(
            cpuShare: (Self.cpuSeconds - cpuAtBeginning) / (now - began), frameSeconds: frameSeconds / Double(frames),
            slowestFrameSeconds: slowest, bytesPerFrame: bytes ?? .nan, framesPerSecond: Double(frames) / (now - began))
    }

    private mutating func restart(at now: Double) {
        began = now
        cpuAtBeginning = Self.cpuSeconds
        bytesAtBeginning = Self.bytesWritten
        (frames, frameSeconds, slowest) = (0, 0, 0)
    }

    /// Processor time of this thread.
    private static var cpuSeconds: Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) * 1e-9
    }

    /// Bytes that this thread has written, to the terminal and nowhere else; nil where the system does not count them.
    private static var bytesWritten: Int? {
        let descriptor = open("/proc/thread-self/io", O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = read(descriptor, &bytes, bytes.count)
        let text = String(decoding: bytes[..<max(0, count)], as: UTF8.self)
        guard let line = text.split(separator: "\n").first(where: { $0.hasPrefix("wchar:") }) else { return nil }
        return Int(line.dropFirst(6).trimmingCharacters(in: .whitespaces))
    }
}

/// Both values, nil where one is missing.
private func zip<First, Second>(_ first: First?, _ second: Second?) -> (First, Second)? {
    guard let first, let second else { return nil }
    return (first, second)
}
