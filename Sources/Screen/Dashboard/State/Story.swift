import Runs

/// The whole log: the run's events and the lines that the process printed, one row each in the order in which they came.
package struct Story: Sendable {
    /// What stands in a row.
    package enum Row: Hashable, Sendable {
        /// An index into the run's events.
        case event(Int)
        /// An index into the output's lines.
        case output(Int)
    }

    /// How many events there are.
    package let events: Int
    private let lines: ArraySlice<OutputLine>

    /// - Parameter lines: in order of the events that came before them.
    package init(events: Int, lines: ArraySlice<OutputLine>) {
        self.events = events
        self.lines = lines
    }

    /// How many rows there are.
    package var count: Int { events + lines.count }

    /// What stands in a row, the oldest in row 0. O(log n).
    package subscript(row: Int) -> Row {
        // Line i stands below the events before it and the lines before it.
        var (low, high) = (0, lines.count)
        while low < high {
            let middle = (low + high) / 2
            if rowOfLine(middle) <= row { low = middle + 1 } else { high = middle }
        }
        let index = low - 1
        if index >= 0, rowOfLine(index) == row { return .output(lines.startIndex + index) }
        return .event(row - low)
    }

    private func rowOfLine(_ index: Int) -> Int { min(events, lines[lines.startIndex + index].events) + index }
}
