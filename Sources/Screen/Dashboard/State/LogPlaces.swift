import History

/// Where the overview's log stands, and what is sought in it.
package struct LogPlace: Hashable, Sendable {
    /// The search words; empty where nothing is sought.
    package var filter = ""
    /// How many rows it is scrolled up from its end.
    package var scroll = 0

    /// The log's end.
    package init() {}

    /// Scrolls by a key.
    mutating func take(_ command: KeyCommand, on ground: ViewGround) {
        switch command {
        case .up: scroll(by: 1, of: ground.run)
        case .down: scroll(by: -1, of: ground.run)
        case .pageUp: scroll(by: ground.logPage, of: ground.run)
        case .pageDown: scroll(by: -ground.logPage, of: ground.run)
        case .top: scroll(by: ground.run.events.count, of: ground.run)
        case .bottom: scroll = 0
        default: break
        }
    }

    /// Scrolls up by so many rows, at most until the first event is the last row.
    mutating func scroll(by rows: Int, of run: RunHistory) {
        scroll = min(max(0, scroll + rows), max(0, run.events.count - 1))
    }

    /// Scrolls so that an event is the last row.
    mutating func show(event index: Int, of run: RunHistory) { scroll = max(0, run.events.count - 1 - index) }
}

/// Where the whole log stands.
package struct StoryPlace: Hashable, Sendable {
    /// How many rows it is scrolled up from its end.
    package var scroll = 0
    /// How many columns it is scrolled to the left.
    package var shift = 0

    /// The log's end.
    package init() {}

    /// Scrolls by a key.
    mutating func take(_ command: KeyCommand, on ground: ViewGround) {
        switch command {
        case .up: scroll(by: 1, on: ground)
        case .down: scroll(by: -1, on: ground)
        case .pageUp: scroll(by: ground.storyPage, on: ground)
        case .pageDown: scroll(by: -ground.storyPage, on: ground)
        case .top: scroll(by: ground.story.count, on: ground)
        case .bottom: scroll = 0
        case .left: shift = max(0, shift - 8)
        case .right: shift = min(OutputText.longest, shift + 8)
        default: break
        }
    }

    /// Scrolls up by so many rows, at most until the first row is the uppermost.
    mutating func scroll(by rows: Int, on ground: ViewGround) {
        let most = max(0, ground.story.count - ground.storyPage - 1)
        scroll = min(max(0, scroll + rows), most)
    }

    /// Scrolls so that a row stands in the middle, or as near to it as the ends allow.
    mutating func show(row: Int, on ground: ViewGround) {
        scroll = 0
        scroll(by: ground.story.count - 1 - row - ground.storyPage / 2, on: ground)
    }
}
