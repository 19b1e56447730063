import Runs

extension DashboardState {
    /// Takes in what the process printed.
    mutating func hear(_ bytes: [UInt8], _ stream: PrintedStream) {
        let known = output.dropped + output.lines.count
        output.take(
            bytes, stream, step: live.status.position.step, timeOfDay: timeOfDay, events: live.events.count)
        if storyScroll > 0, frozenSince == nil { storyScroll += output.dropped + output.lines.count - known }
        followSearch()
    }

    /// Rows of a page of the whole log.
    private var storyPage: Int { max(1, (panelRects[.story]?.height ?? 20) - 2) }

    mutating func scrollStory(_ command: KeyCommand) {
        switch command {
        case .up: scrollStory(by: 1)
        case .down: scrollStory(by: -1)
        case .pageUp: scrollStory(by: storyPage)
        case .pageDown: scrollStory(by: -storyPage)
        case .top: scrollStory(by: story.count)
        case .bottom: storyScroll = 0
        case .left: storyShift = max(0, storyShift - 8)
        case .right: storyShift = min(OutputText.longest, storyShift + 8)
        default: break
        }
    }

    /// Scrolls the whole log up by so many rows, at most until its first row is the uppermost.
    mutating func scrollStory(by rows: Int) {
        let most = max(0, story.count - storyPage - 1)
        storyScroll = min(max(0, storyScroll + rows), most)
    }

    mutating func scrollChanges(_ command: KeyCommand) {
        switch command {
        case .up: scrollChanges(by: 1)
        case .down: scrollChanges(by: -1)
        case .pageUp: scrollChanges(by: 8)
        case .pageDown: scrollChanges(by: -8)
        case .top: scrollChanges(by: history.rateChanges.count)
        case .bottom: changesScroll = 0
        default: moveAlongChart(command)
        }
    }

    mutating func scrollChanges(by rows: Int) {
        changesScroll = min(max(0, changesScroll + rows), max(0, history.rateChanges.count - 1))
    }

    // MARK: Searching

    /// Looks for words in the whole log and goes to the newest row that has them.
    mutating func searchStory(for words: String) {
        if screen != .log { show(.log) }
        storySearch = StorySearch()
        guard !words.isEmpty else { return }
        storySearch.words = words
        followSearch()
        if let newest = storySearch.rows.last {
            showStory(row: newest)
        } else {
            say("nothing in the log has \(words)")
        }
    }

    /// Looks through the rows that came since.
    package mutating func followSearch() {
        guard !storySearch.words.isEmpty else { return }
        let story = story
        if storySearch.dropped != output.dropped || storySearch.searched > story.count {
            storySearch.rows = []
            storySearch.searched = 0
            storySearch.current = nil
            storySearch.dropped = output.dropped
        }
        let sought = storySearch.words.lowercased()
        for row in storySearch.searched..<story.count where storyText(story[row]).lowercased().contains(sought) {
            storySearch.rows.append(row)
        }
        storySearch.searched = story.count
    }

    /// n and N: the next row below or above that has the words, around the ends.
    mutating func goToStoryMatch(forward: Bool) {
        let rows = storySearch.rows
        guard let first = rows.first, let last = rows.last else {
            if storySearch.words.isEmpty { say("nothing is sought: / searches the log", for: 2) }
            return
        }
        let current = storySearch.current ?? (forward ? -1 : story.count)
        showStory(row: forward ? rows.first { $0 > current } ?? first : rows.last { $0 < current } ?? last)
    }

    /// Scrolls so that a row stands in the middle, or as near to it as the ends allow.
    private mutating func showStory(row: Int) {
        storySearch.current = row
        storyScroll = 0
        scrollStory(by: story.count - 1 - row - storyPage / 2)
    }
}
