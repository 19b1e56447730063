import Cells
import Dashboard

/// The list of runs as a person moves in it: which is chosen, which are marked to be drawn behind it, what names must contain.
package struct RunList: Hashable, Sendable {
    /// One run as it is shown.
    package struct Row: Hashable, Sendable {
        /// Its directory, by which it is told from others.
        package let path: String
        /// Its cells, as many as there are columns.
        package let cells: [String]

        /// A run's cells.
        package init(path: String, cells: [String]) { (self.path, self.cells) = (path, cells) }
    }

    /// What a key comes to outside the list.
    package enum Answer: Hashable, Sendable {
        case nothing
        /// Open the chosen run with the marked ones behind it.
        case open(String, behind: [String])
        /// Order the runs by the next column.
        case sort
        /// Read the directories again.
        case reread
        case leave
    }

    /// The columns' heads.
    package let heads: [String]
    /// All runs in their order.
    package private(set) var rows: [Row]
    /// The chosen run; nil where none is shown.
    package private(set) var chosen: String?
    /// Runs to be drawn behind the one that is opened, in the order in which they were marked.
    package private(set) var marked: [String] = []
    /// What names must contain.
    package private(set) var filter = TextField()
    /// Whether keys are letters of the filter.
    package private(set) var isFiltering = false

    /// A list whose newest run, the last one, is chosen.
    package init(heads: [String], rows: [Row]) {
        (self.heads, self.rows) = (heads, rows)
        chosen = rows.last?.path
    }

    /// Those that are shown.
    package var shown: [Row] {
        let words = filter.text.lowercased()
        return words.isEmpty ? rows : rows.filter { ($0.cells.first ?? "").lowercased().contains(words) }
    }

    /// Takes the runs as they are now, in another order or with news.
    package mutating func take(_ rows: [Row]) {
        self.rows = rows
        marked.removeAll { path in !rows.contains { $0.path == path } }
        keepChosen()
    }

    /// Takes a key.
    package mutating func press(_ key: InputEvent.Key) -> Answer {
        if isFiltering { return type(key) }
        let known = KeyTable.standard.known(key)
        switch known {
        case .up, .character("k"): move(by: -1)
        case .down, .character("j"): move(by: 1)
        case .pageUp: move(by: -10)
        case .pageDown: move(by: 10)
        case .home, .character("g"): move(by: -rows.count)
        case .end, .character("G"): move(by: rows.count)
        case .character(" "): mark()
        case .character("/"): isFiltering = true
        case .character("s"): return .sort
        case .character("r"): return .reread
        case .character("q"): return .leave
        case .escape:
            if filter.text.isEmpty { return .leave }
            filter = TextField()
            keepChosen()
        case .enter:
            guard let chosen else { return .nothing }
            return .open(chosen, behind: marked.filter { $0 != chosen })
        default: break
        }
        return .nothing
    }

    private mutating func type(_ key: InputEvent.Key) -> Answer {
        switch key {
        case .enter: isFiltering = false
        case .escape: (isFiltering, filter) = (false, TextField())
        case .up: move(by: -1)
        case .down: move(by: 1)
        default: _ = filter.edit(key)
        }
        keepChosen()
        return .nothing
    }

    private mutating func move(by count: Int) {
        let shown = shown
        guard !shown.isEmpty else { return }
        let place = shown.firstIndex { $0.path == chosen } ?? 0
        chosen = shown[min(max(0, place + count), shown.count - 1)].path
    }

    private mutating func mark() {
        guard let chosen else { return }
        if let place = marked.firstIndex(of: chosen) { marked.remove(at: place) } else { marked.append(chosen) }
        move(by: 1)
    }

    private mutating func keepChosen() {
        let shown = shown
        if !shown.contains(where: { $0.path == chosen }) { chosen = shown.last?.path }
    }
}
