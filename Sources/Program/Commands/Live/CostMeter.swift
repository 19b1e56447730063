import Dashboard
import Machine

/// Measures what the dashboard's thread takes of the machine; belongs to that thread.
struct CostMeter {
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
    mutating func beginFrame() { frameBegan = ProcessorClock.secondsOfThread }

    mutating func endFrame() {
        let seconds = ProcessorClock.secondsOfThread - frameBegan
        frames += 1
        frameSeconds += seconds
        slowest = max(slowest, seconds)
    }

    /// What was taken since the last result, once a second; else nil.
    /// - Parameter bytesSent: what the terminal has been sent in all.
    mutating func cost(at now: Double, bytesSent: Int) -> DashboardCost? {
        guard now - began < Self.interval else {
            defer { restart(at: now, bytesSent) }
            return began.isNaN || frames == 0 ? nil : result(at: now, bytesSent)
        }
        return nil
    }

    private func result(at now: Double, _ bytesSent: Int) -> DashboardCost {
        DashboardCost(
            cpuShare: (ProcessorClock.secondsOfThread - cpuAtBeginning) / (now - began),
            frameSeconds: frameSeconds / Double(frames),
            slowestFrameSeconds: slowest, bytesPerFrame: Double(bytesSent - bytesAtBeginning) / Double(frames),
            framesPerSecond: Double(frames) / (now - began))
    }

    private mutating func restart(at now: Double, _ bytesSent: Int) {
        began = now
        cpuAtBeginning = ProcessorClock.secondsOfThread
        bytesAtBeginning = bytesSent
        (frames, frameSeconds, slowest) = (0, 0, 0)
    }
}
