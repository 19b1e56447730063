import Cells
import Charts
import Runs
import Themes

extension Pen {
    /// The run's story, newest at the bottom; a short log folds old evaluations before receipts.
    mutating func drawLog() {
        guard let panel = layout.panelRects[.log] else { return }
        let rows = panel.height - 1
        guard rows > 0 else { return }
        let shown = logRows(rows)
        for (row, index) in shown.enumerated() { drawEvent(index, in: panel, y: panel.y + 1 + row) }
        if shown.isEmpty {
            let words = state.view.logFilter.isEmpty ? "nothing yet" : "nothing with “\(state.view.logFilter)”"
            write(clip(words, to: panel.width - 2), x: panel.x + 1, y: panel.y + 1, .dimText)
        }
    }

    /// Indices into the events, oldest first, at most `rows` of them.
    func logRows(_ rows: Int) -> [Int] {
        let events = run.events
        if !state.view.logFilter.isEmpty || state.view.logScroll > 0 {
            let found = state.view.logFilter.isEmpty ? Array(events.indices) : events.indices.filter(isSought)
            let end = max(min(rows, found.count), found.count - state.view.logScroll)
            return Array(found[max(0, end - rows)..<end])
        }
        guard events.count > rows else { return Array(events.indices) }
        var evaluations = 0
        for event in events where isEvaluation(event) { evaluations += 1 }
        let others = events.count - evaluations
        // At least half of the rows go to evaluations where there are so many.
        let kept = max(min(evaluations, (rows + 1) / 2), rows - others)
        var evaluationsLeft = min(kept, rows)
        var othersLeft = rows - evaluationsLeft
        var found: [Int] = []
        for index in events.indices.reversed() where evaluationsLeft + othersLeft > 0 {
            if isEvaluation(events[index]) {
                guard evaluationsLeft > 0 else { continue }
                evaluationsLeft -= 1
            } else {
                guard othersLeft > 0 else { continue }
                othersLeft -= 1
            }
            found.append(index)
        }
        return found.reversed()
    }

    private func isSought(_ index: Int) -> Bool {
        let words = run.words(at: index)
        let sought = state.view.logFilter.lowercased()
        return words.long.lowercased().contains(sought) || words.who.contains(sought)
            || words.text.lowercased().contains(sought)
    }

    private func isEvaluation(_ event: RunEvent) -> Bool {
        if case .evaluation = event.content { true } else { false }
    }

    private mutating func drawEvent(_ index: Int, in panel: Rect, y: Int) {
        let words = run.words(at: index)
        let end = panel.endX - 1
        let total = run.description.totalSteps
        var x = write(
            Figures.steps(words.step, asWideAs: total), x: panel.x + 1, y: y, .dimText, limit: panel.width - 2)
        x = write(" " + filled(words.who, to: 4) + " ", x: x, y: y, role(ofAuthor: words.who), limit: end - x)
        var mark = words.mark.text
        // A line that says what is wrong needs no sign beside it where there is no room for both.
        if words.mark == .trouble, displayWidth(shown(words.short)) + 2 > end - x { mark = "" }
        let room = end - x - (mark.isEmpty ? 0 : 2)
        let forms = panel.width >= 60 ? [words.long, words.text, words.short] : [words.text, words.short]
        let narrow = panel.width < 36 ? [words.short] : forms
        let text = narrow.first { displayWidth(shown($0)) <= room } ?? clip(words.short, to: room)
        let isFresh =
            index == run.events.count - 1 && state.notices.receiptAt.map { state.clock.now - $0 < 1.5 } ?? false
        let role: ColorRole = words.isTrouble ? .bad : isFresh ? .brightText : .text
        x = write(text, x: x, y: y, role, limit: end - x)
        guard !mark.isEmpty else { return }
        let markRole: ColorRole = words.mark == .best ? .best : .bad
        let long = "  " + mark
        write(
            x + displayWidth(shown(long)) <= end ? long : " " + String(mark.prefix(1)), x: x, y: y, markRole,
            limit: end - x)
    }

    func role(ofAuthor who: String) -> ColorRole {
        switch who {
        case "you": .you
        case "script", "rule", "plan": .planned
        case "disk": .warn
        default: .dimText
        }
    }
}
