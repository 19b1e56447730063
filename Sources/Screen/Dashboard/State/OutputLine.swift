/// A line that the process printed.
package struct OutputLine: Hashable, Sendable {
    /// Where it was printed.
    package var stream: PrintedStream
    /// What a screen can show of it, without its line end.
    package var text: String
    /// Updates finished when it came.
    package var step: Int
    /// When it came, in seconds since midnight.
    package var timeOfDay: Double
    /// How many events of the run came before it.
    package var events: Int

    /// A line that came at a step and a time of day, after so many events.
    package init(stream: PrintedStream, text: String, step: Int, timeOfDay: Double, events: Int) {
        self.stream = stream
        self.text = text
        self.step = step
        self.timeOfDay = timeOfDay
        self.events = events
    }
}
