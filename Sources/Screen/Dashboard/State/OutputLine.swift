/// A line that the process printed.
package struct OutputLine: Hashable, Sendable {
    package var stream: PrintedStream
    package var text: String
    /// Updates finished when it came.
    package var step: Int
    package var timeOfDay: Double
    /// How many events of the run came before it.
    package var events: Int

    package init(stream: PrintedStream, text: String, step: Int, timeOfDay: Double, events: Int) {
        self.stream = stream
        self.text = text
        self.step = step
        self.timeOfDay = timeOfDay
        self.events = events
    }
}
