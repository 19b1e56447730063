/// What is sought in the whole log, and the rows found so far.
package struct StorySearch: Hashable, Sendable {
    /// As it was typed; empty while nothing is sought.
    package var words = ""
    /// Rows with the words, oldest first.
    package var rows: [Int] = []
    /// Rows that were looked through.
    package var searched = 0
    /// The row that n and N stand at.
    package var current: Int?
    /// Lines of output dropped before: rows have other numbers afterwards.
    package var dropped = 0

    /// Nothing is sought.
    package init() {}
}
