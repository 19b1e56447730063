import Cells
import Charts
import Dashboard
import History
import Runs
import Themes

extension PanelID {
    /// The overview's log.
    package static let log = PanelID("log", .rows(.log))
}

/// The run's story, newest at the bottom; a short log folds old evaluations before receipts.
struct LogPanel: Panel {
    static let id = PanelID.log

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable { .events(of: state) }

    var title: String { "log" }
    var note: [Span] { state.view.log.filter.isEmpty ? [] : [.dim("/ "), Span(state.view.log.filter)] }
    var readOuts: [[Span]] { state.view.log.scroll > 0 ? [[.dim("\(state.view.log.scroll) newer below")]] : [] }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let rows = panel.height - 1
        guard rows > 0 else { return }
        let shown = logRows(rows)
        for (row, index) in shown.enumerated() { drawEvent(index, in: panel, y: panel.y + 1 + row, on: &canvas) }
        if shown.isEmpty {
            let words = state.view.log.filter.isEmpty ? "nothing yet" : "nothing with “\(state.view.log.filter)”"
            canvas.write(clip(words, to: panel.width - 2), x: panel.x + 1, y: panel.y + 1, .dimText)
        }
    }

    /// Indices into the events, oldest first, at most `rows` of them.
    private func logRows(_ rows: Int) -> [Int] {
        let events = run.events
        if !state.view.log.filter.isEmpty || state.view.log.scroll > 0 {
            let found = state.view.log.filter.isEmpty ? Array(events.indices) : events.indices.filter(isSought)
            // Scrolling counts events, also where only those with the words are listed.
            let last = events.count - 1 - state.view.log.scroll
            let end = max(min(rows, found.count), found.count { $0 <= last })
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

    private func isSought(_ index: Int) -> Bool { Self.isSought(index, state.view.log.filter, in: run) }

    /// Whether an event is listed where so many words are sought.
    static func isSought(_ index: Int, _ filter: String, in run: RunHistory) -> Bool {
        let words = run.words(at: index)
        let sought = filter.lowercased()
        return words.long.lowercased().contains(sought) || words.who.contains(sought)
            || words.text.lowercased().contains(sought)
    }

    private func isEvaluation(_ event: RunEvent) -> Bool {
        if case .evaluation = event.content { true } else { false }
    }

    private func drawEvent(_ index: Int, in panel: Rect, y: Int, on canvas: inout Canvas) {
        let words = run.words(at: index)
        let end = panel.endX - 1
        let total = run.description.lengths.totalSteps
        var x = canvas.write(
            FigureField.steps(words.step, asWideAs: total), x: panel.x + 1, y: y, .dimText, limit: panel.width - 2)
        x = canvas.write(
            " " + words.who.leftAligned(in: 4) + " ", x: x, y: y, ColorRole(author: words.who), limit: end - x)
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
        x = canvas.write(text, x: x, y: y, role, limit: end - x)
        defer {
            if !state.view.log.filter.isEmpty, index == run.events.count - 1 - state.view.log.scroll {
                canvas.highlight(Rect(x: panel.x, y: y, width: panel.width, height: 1), orBold: true)
            }
        }
        guard !mark.isEmpty else { return }
        let markRole: ColorRole = words.mark == .best ? .best : .bad
        let long = "  " + mark
        canvas.write(
            x + displayWidth(shown(long)) <= end ? long : " " + String(mark.prefix(1)), x: x, y: y, markRole,
            limit: end - x)
    }
}
