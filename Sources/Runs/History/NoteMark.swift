import Runs

/// Words that somebody left at a step.
package struct NoteMark: Hashable, Sendable {
    /// The updates finished before.
    package var step: Int
    /// Who left them.
    package var author: Author
    /// The words, as they were written.
    package var text: String

    /// A note of an author at a step.
    package init(step: Int, author: Author, text: String) {
        self.step = step
        self.author = author
        self.text = text
    }
}
