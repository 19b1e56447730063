/// What the process printed while the dashboard was open: the newest lines.
package struct OutputHistory: Hashable, Sendable {
    /// Lines that are kept at most.
    package static let capacity = 10_000

    /// The newest lines, oldest first.
    package private(set) var lines: [OutputLine] = []
    /// Lines that were dropped for newer ones.
    package private(set) var dropped = 0
    private var texts: [PrintedStream: OutputText] = [:]

    /// Nothing printed yet.
    package init() {}

    /// Takes bytes in that came at a moment.
    package mutating func take(
        _ bytes: [UInt8], _ stream: PrintedStream, step: Int, timeOfDay: Double, events: Int
    ) {
        var text = texts[stream] ?? OutputText()
        for line in text.take(bytes) {
            lines.append(OutputLine(stream: stream, text: line, step: step, timeOfDay: timeOfDay, events: events))
        }
        texts[stream] = text
        guard lines.count > Self.capacity else { return }
        let excess = lines.count - Self.capacity * 3 / 4
        lines.removeFirst(excess)
        dropped += excess
    }

    /// What is printed and has no line end yet, the error stream's first.
    package var unfinished: String? {
        for stream in [PrintedStream.standardError, .standardOutput] {
            if let text = texts[stream]?.unfinished, !text.isEmpty { return text }
        }
        return nil
    }
}
