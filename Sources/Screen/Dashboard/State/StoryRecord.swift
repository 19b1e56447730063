import History
import Runs

/// What the process printed while the dashboard was open, and what is sought in the whole log.
package struct StoryRecord: Sendable {
    /// What the process printed.
    package var output = OutputHistory()
    /// How many lines of the output there were when the view was frozen, those counted that were dropped.
    package var frozenOutput: Int?
    /// What is sought in the whole log, and where it was found.
    package var search = StorySearch()

    /// Nothing printed, nothing sought.
    package init() {}

    /// The whole log as the view shows it.
    package func rows(with run: RunHistory) -> Story {
        let count = min(output.lines.count, frozenOutput.map { max(0, $0 - output.dropped) } ?? .max)
        return Story(events: run.events.count, lines: output.lines[..<count])
    }

    /// The words of a row that a search looks through.
    package func text(of row: Story.Row, in run: RunHistory) -> String {
        switch row {
        case .event(let index):
            let words = run.words(at: index)
            return "\(words.who) \(words.long) \(words.mark.text)"
        case .output(let index): return "\(output.lines[index].stream.name) \(output.lines[index].text)"
        }
    }

    /// Takes in what the process printed.
    /// - Returns: how many lines came.
    mutating func hear(_ bytes: [UInt8], _ stream: PrintedStream, during run: RunHistory, timeOfDay: Double) -> Int {
        let known = output.dropped + output.lines.count
        output.take(bytes, stream, step: run.status.position.step, timeOfDay: timeOfDay, events: run.events.count)
        return output.dropped + output.lines.count - known
    }

    /// Lets the log stand still as long as the view does.
    mutating func freeze() { frozenOutput = output.dropped + output.lines.count }

    /// Lets the log go on.
    mutating func thaw() { frozenOutput = nil }

    // MARK: Searching

    /// Looks for words in the whole log.
    /// - Returns: the newest row that has them.
    mutating func seek(_ words: String, in run: RunHistory) -> Int? {
        search = StorySearch()
        search.words = words
        follow(run)
        return search.rows.last
    }

    /// Looks through the rows that came since.
    package mutating func follow(_ run: RunHistory) {
        guard !search.words.isEmpty else { return }
        let story = rows(with: run)
        if search.dropped != output.dropped || search.searched > story.count {
            search.rows = []
            search.searched = 0
            search.current = nil
            search.dropped = output.dropped
        }
        let sought = search.words.lowercased()
        for row in search.searched..<story.count where text(of: story[row], in: run).lowercased().contains(sought) {
            search.rows.append(row)
        }
        search.searched = story.count
    }

    /// The next row below or above the one at hand that has the words, around the ends; nil where none has.
    /// - Parameter count: rows of the whole log.
    func match(forward: Bool, of count: Int) -> Int? {
        let rows = search.rows
        let current = search.current ?? (forward ? -1 : count)
        return forward ? rows.first { $0 > current } ?? rows.first : rows.last { $0 < current } ?? rows.last
    }
}
