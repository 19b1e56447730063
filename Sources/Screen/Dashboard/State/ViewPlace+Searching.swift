import History
import Runs

extension ViewPlace {
    /// Filters the layers, or looks for words in the log, whichever `/` means here.
    /// - Returns: what is to be said about it.
    mutating func search(for text: String, in story: inout StoryRecord, on ground: ViewGround) -> Remark? {
        let words = text.split(separator: " ").joined(separator: " ")
        if searchesLayers { return filterLayers(words, of: ground.run) }
        if !hasLog { return searchStory(for: words, in: &story, on: ground) }
        log.filter = words
        guard !words.isEmpty else { return nil }
        guard let newest = ground.run.events(with: words).last else { return Remark("nothing in the log has \(words)") }
        log.show(event: newest, of: ground.run)
        return nil
    }

    private mutating func filterLayers(_ words: String, of run: RunHistory) -> Remark? {
        layers.filter = words
        let listed = layers.listed(of: run)
        if listed.isEmpty {
            layers.filter = ""
            return Remark("no layer has \(words) in its name or kind")
        }
        if !listed.contains(layers.selected) { layers.select(first: true, of: run) }
        return nil
    }

    /// Looks for words in the whole log and goes to the newest row that has them.
    private mutating func searchStory(
        for words: String, in story: inout StoryRecord, on ground: ViewGround
    ) -> Remark? {
        if screen != .log { show(.log, of: ground.run) }
        let newest = story.seek(words, in: ground.run)
        guard !words.isEmpty else { return nil }
        guard let newest else { return Remark("nothing in the log has \(words)") }
        story.search.current = newest
        self.story.show(row: newest, on: ground)
        return nil
    }

    /// n and N: the next match below or above, around the ends.
    /// - Returns: what is to be said about it.
    mutating func goToMatch(forward: Bool, in story: inout StoryRecord, on ground: ViewGround) -> Remark? {
        if searchesLayers {
            if !layers.filter.isEmpty { layers.select(by: forward ? 1 : -1, of: ground.run, wrapping: true) }
        } else if !hasLog {
            if let row = story.match(forward: forward, of: ground.story.count) {
                story.search.current = row
                self.story.show(row: row, on: ground)
            } else if story.search.words.isEmpty {
                return Remark("nothing is sought: / searches the log", for: 2)
            }
        } else {
            let matches = ground.run.events(with: log.filter)
            let shown = ground.run.events.count - 1 - log.scroll
            let next =
                forward ? matches.first { $0 > shown } ?? matches.first : matches.last { $0 < shown } ?? matches.last
            if let next { log.show(event: next, of: ground.run) }
        }
        return nil
    }

    /// Esc: one thing back, the innermost first.
    mutating func goBack(ending search: inout StorySearch) {
        if layers.opened != nil {
            layers.opened = nil
        } else if enlarged != nil {
            enlarged = nil
        } else if screen == .log, !search.words.isEmpty {
            search = StorySearch()
        } else if searchesLayers, !layers.filter.isEmpty {
            layers.filter = ""
        } else if !searchesLayers, !log.filter.isEmpty {
            log.filter = ""
        } else {
            charts.cursorStep = nil
        }
    }
}
