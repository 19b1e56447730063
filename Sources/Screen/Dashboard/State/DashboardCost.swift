/// What the dashboard itself takes of the machine; NaN where it was not measured or the system does not say.
package struct DashboardCost: Hashable, Sendable {
    /// Share of one core that the dashboard's thread took lately, 0...1.
    package var cpuShare: Double
    /// Seconds of processor time for one frame: view, difference and terminal.
    package var frameSeconds: Double
    /// The longest frame lately.
    package var slowestFrameSeconds: Double
    /// Bytes sent to the terminal for one frame.
    package var bytesPerFrame: Double
    /// Frames begun in a second, drawn or not.
    package var framesPerSecond: Double

    /// A cost of which what is left out was not measured.
    package init(
        cpuShare: Double = .nan, frameSeconds: Double = .nan, slowestFrameSeconds: Double = .nan,
        bytesPerFrame: Double = .nan, framesPerSecond: Double = .nan
    ) {
        self.cpuShare = cpuShare
        self.frameSeconds = frameSeconds
        self.slowestFrameSeconds = slowestFrameSeconds
        self.bytesPerFrame = bytesPerFrame
        self.framesPerSecond = framesPerSecond
    }
}
