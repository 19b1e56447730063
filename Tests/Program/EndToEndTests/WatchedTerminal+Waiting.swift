import TestSupport

extension WatchedTerminal {
    /// Waits until the text after so many bytes contains words, and says how many bytes that took.
    func bytes(until words: String, after start: Int) async throws -> Int {
        try await eventually("\"\(words)\" on the slow line; it shows: \(text(after: start))") {
            text(after: start).contains(words) ? count - start : nil
        }
    }
}
