import Runs

extension DashboardState {
    /// Takes what happened in the run.
    mutating func absorb(_ changes: RunChanges) -> [Effect] {
        let known = live.events.count
        if frozenSince == nil { history.apply(changes) } else { liveHistory?.apply(changes) }
        statusAt = now
        if beganTimeOfDay == nil { beganTimeOfDay = timeOfDay - changes.status.secondsElapsed }
        let isNews = isFollowing
        isFollowing = true
        if logScroll > 0, frozenSince == nil { logScroll += changes.events.count }
        if storyScroll > 0, frozenSince == nil { storyScroll += changes.events.count }
        followSearch()
        followPhase()
        keepInRange()
        if frozenSince == nil { followEnd() }
        return isNews ? tell(from: known) : []
    }

    /// Keeps selections inside what there is.
    private mutating func keepInRange() {
        let layers = history.description.layers.count
        selectedLayer = min(max(0, selectedLayer), max(0, layers - 1))
        if let opened = openedLayer, !(0..<layers).contains(opened) { openedLayer = nil }
        logScroll = min(max(0, logScroll), max(0, history.events.count - 1))
        storyScroll = min(max(0, storyScroll), max(0, story.count - 1))
        changesScroll = min(max(0, changesScroll), max(0, history.rateChanges.count - 1))
    }

    /// Closes what asks about a run that has ended meanwhile, and forgets a pause that has come.
    private mutating func followPhase() {
        if awaitedPause == phase.isPaused { awaitedPause = nil }
        guard phase.isFinished else { return }
        awaitedPause = nil
        switch overlay {
        case .rate, .schedule, .stop, .quit:
            overlay = nil
            interruptedAt = nil
        case .help, .palette, .search, .form, nil: break
        }
    }

    /// Says the news among the events from an index on: a refusal before a receipt, trouble before both.
    private mutating func tell(from first: Int) -> [Effect] {
        var said: (text: String, isTrouble: Bool)?
        var effects: [Effect] = []
        for index in first..<max(first, live.events.count) {
            let words = live.words(at: index)
            switch live.events[index].content {
            case .receipt(let receipt):
                receiptAt = now
                if receipt.command == .pause || receipt.command == .resume { awaitedPause = nil }
                if said?.isTrouble != true || words.isTrouble {
                    said = (words.who == "you" ? words.text : "\(words.who): \(words.text)", words.isTrouble)
                }
            case .notFinite:
                said = (words.text, true)
                if effects.isEmpty, bell.contains(.notFinite) { effects.append(.bell) }
            case .ended:
                said = (words.text, words.isTrouble)
                if effects.isEmpty, bell.contains(.finish) { effects.append(.bell) }
            case .note(.person, let text) where said == nil:
                receiptAt = now
                said = ("note: \(text)", false)
            case .evaluation, .note: break
            }
        }
        if let said { say(said.text, isTrouble: said.isTrouble, for: said.isTrouble ? 8 : 4) }
        return effects
    }
}
