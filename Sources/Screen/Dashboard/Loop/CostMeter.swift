/// What the dashboard's thread takes of the machine, out of its clocks: seconds of the wall, seconds of its processor, and
/// bytes sent to the terminal.
struct CostMeter: Hashable, Sendable {
    /// Seconds between two results.
    private static let interval = 1.0

    private var began = Double.nan
    private var cpuAtBeginning = 0.0
    private var bytesAtBeginning = 0
    private var frames = 0
    private var frameSeconds = 0.0
    private var slowest = 0.0
    private var frameBegan = 0.0

    /// A frame begins: what the run did is asked for, drawn and sent.
    mutating func beginFrame(cpuSeconds: Double) { frameBegan = cpuSeconds }

    mutating func endFrame(cpuSeconds: Double) {
        let seconds = cpuSeconds - frameBegan
        frames += 1
        frameSeconds += seconds
        slowest = max(slowest, seconds)
    }

    /// What was taken since the last result, once a second; else nil.
    /// - Parameters:
    ///   - cpuSeconds: processor time of the thread in all.
    ///   - bytesSent: what the terminal has been sent in all.
    mutating func cost(at now: Double, cpuSeconds: Double, bytesSent: Int) -> DashboardCost? {
        guard now - began < Self.interval else {
            defer { restart(at: now, cpuSeconds, bytesSent) }
            return began.isNaN || frames == 0 ? nil : result(at: now, cpuSeconds, bytesSent)
        }
        return nil
    }

    private func result(at now: Double, _ cpuSeconds: Double, _ bytesSent: Int) -> DashboardCost {
        DashboardCost(
            cpuShare: (cpuSeconds - cpuAtBeginning) / (now - began), frameSeconds: frameSeconds / Double(frames),
            slowestFrameSeconds: slowest, bytesPerFrame: Double(bytesSent - bytesAtBeginning) / Double(frames),
            framesPerSecond: Double(frames) / (now - began))
    }

    private mutating func restart(at now: Double, _ cpuSeconds: Double, _ bytesSent: Int) {
        began = now
        cpuAtBeginning = cpuSeconds
        bytesAtBeginning = bytesSent
        (frames, frameSeconds, slowest) = (0, 0, 0)
    }
}
