import Runs

extension DashboardState {
    /// Whether `/` filters the layers; elsewhere it searches the log.
    package var searchesLayers: Bool { screen == .layers || screen == .updates || focus.listsLayers }

    /// Indices of the events whose words contain the log's search words.
    package var logMatches: [Int] {
        let words = logFilter.lowercased()
        guard !words.isEmpty else { return [] }
        return history.events.indices.filter { index in
            let line = history.words(at: index)
            return "\(line.who) \(line.text) \(line.mark.text)".lowercased().contains(words)
        }
    }

    mutating func search(for text: String) {
        let words = text.split(separator: " ").joined(separator: " ")
        if searchesLayers {
            layerFilter = words
            if visibleLayers.isEmpty {
                say("no layer has \(words) in its name or kind")
                layerFilter = ""
            } else if !visibleLayers.contains(selectedLayer) {
                selectLayer(first: true)
            }
        } else if screen != .overview {
            searchStory(for: words)
        } else {
            logFilter = words
            guard !words.isEmpty else { return }
            if let newest = logMatches.last { showEvent(newest) } else { say("nothing in the log has \(words)") }
        }
    }

    /// n and N: the next match below or above, around the ends.
    mutating func goToMatch(forward: Bool) {
        if searchesLayers {
            if !layerFilter.isEmpty { selectLayer(by: forward ? 1 : -1, wrapping: true) }
            return
        }
        if screen != .overview { return goToStoryMatch(forward: forward) }
        let matches = logMatches
        guard let first = matches.first, let last = matches.last else { return }
        let shown = history.events.count - 1 - logScroll
        let next = forward ? matches.first { $0 > shown } ?? first : matches.last { $0 < shown } ?? last
        showEvent(next)
    }

    /// Scrolls the log so that an event is its last row.
    private mutating func showEvent(_ index: Int) {
        logScroll = max(0, history.events.count - 1 - index)
    }
}
