import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The log screen's whole log.
    package static let story = PanelID("story", .rows(.story))
}

/// Everything that happened and whatever the process printed, newest at the bottom.
struct StoryPanel: Panel {
    static let id = PanelID.story

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable { .story(of: state) }

    var title: String { "log" }

    var note: [Span] {
        let search = state.story.search
        return search.words.isEmpty ? [] : [.dim("/ "), Span(search.words)]
    }

    var readOuts: [[Span]] {
        var groups: [[Span]] = []
        let search = state.story.search
        if !search.words.isEmpty {
            let place = search.current.flatMap { search.rows.firstIndex(of: $0) }.map { "\(Figure.count($0 + 1)) of " }
            groups.append([Span((place ?? "") + Figure.count(search.rows.count)), .dim(" found")])
        }
        if state.view.story.scroll > 0 { groups.append([.dim("\(Figure.count(state.view.story.scroll)) newer below")]) }
        if state.view.story.shift > 0 { groups.append([.dim("from column \(state.view.story.shift + 1)")]) }
        if state.story.output.dropped > 0 {
            groups.append([.dim("\(Figure.count(state.story.output.dropped)) lines dropped")])
        }
        if groups.isEmpty { groups.append([Span(Figure.count(state.storyRows.count)), .dim(" rows")]) }
        return groups
    }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        drawRows(
            in: Rect(x: panel.x + 1, y: panel.y + 1, width: panel.width - 2, height: panel.height - 1), on: &canvas)
    }

    /// The rows without a frame around them.
    func drawRows(in rect: Rect, on canvas: inout Canvas) {
        guard !rect.isEmpty else { return }
        let story = state.storyRows
        // A line without an end, such as a bar of progress, stands below all others.
        let unfinished =
            state.view.story.scroll == 0 && state.run.frozenSince == nil ? state.story.output.unfinished : nil
        let rows = rect.height - (unfinished == nil ? 0 : 1)
        let end = max(min(rows, story.count), story.count - state.view.story.scroll)
        let first = max(0, end - rows)
        for row in first..<max(first, end) { drawRow(row, of: story, in: rect, y: rect.y + row - first, on: &canvas) }
        if let unfinished, rows >= 0 {
            canvas.write(clip(unfinished, to: rect.width), x: rect.x, y: rect.y + min(rows, end - first), .dimText)
        }
        if story.count == 0, unfinished == nil { canvas.write("nothing yet", x: rect.x, y: rect.y, .dimText) }
    }

    private func drawRow(_ row: Int, of story: Story, in rect: Rect, y: Int, on canvas: inout Canvas) {
        let isCurrent = state.story.search.current == row
        // Below 30 columns who and what are worth more than when.
        let isTiny = rect.width < 30
        let total = run.description.lengths.totalSteps
        let (step, seconds, who, text, role): (Int, Double?, String, String, ColorRole)
        var mark: (text: String, role: ColorRole)?
        switch story[row] {
        case .event(let index):
            let words = run.words(at: index)
            (step, who) = (words.step, words.who)
            seconds = state.run.beganTimeOfDay.map { $0 + run.events[index].seconds }
            let fixed = isTiny ? 5 : (rect.width < 60 ? 9 : 18) + FigureField.steps(total, asWideAs: 0).count
            let room = rect.width - fixed - (words.mark == .none ? 0 : 2)
            let forms = rect.width < 60 ? [words.text] : [words.long, words.text]
            text = forms.first { displayWidth(shown($0)) <= room } ?? words.short
            role = words.isTrouble ? .bad : .text
            if words.mark != .none { mark = (words.mark.text, words.mark == .best ? .best : .bad) }
        case .output(let index):
            let line = state.story.output.lines[index]
            (step, seconds, who) = (line.step, line.timeOfDay, line.stream.name)
            (text, role) = (line.text, line.stream == .standardError ? .warn : .text)
        }
        var x = rect.x
        if rect.width >= 60 {
            x = canvas.write((seconds.map(wholeClock) ?? "        ") + " ", x: x, y: y, .dimText)
        }
        if !isTiny {
            x = canvas.write(FigureField.steps(step, asWideAs: total) + " ", x: x, y: y, .dimText, limit: rect.endX - x)
        }
        x = canvas.write(
            who.leftAligned(in: isTiny ? 4 : 6) + " ", x: x, y: y, ColorRole(author: who), limit: rect.endX - x)
        let start = x
        let shifted = state.view.story.shift > 0 ? String(text.dropFirst(state.view.story.shift)) : text
        x = canvas.write(clip(shifted, to: max(0, rect.endX - x)), x: x, y: y, role, limit: rect.endX - x)
        if let mark {
            let fits = x + displayWidth(shown(mark.text)) + 2 <= rect.endX
            canvas.write(
                fits ? "  " + mark.text : " " + mark.text.prefix(1), x: x, y: y, mark.role, limit: rect.endX - x)
        }
        markFound(y: y, from: start, to: x, on: &canvas)
        if isCurrent { canvas.highlight(Rect(x: rect.x, y: y, width: rect.width, height: 1), orBold: true) }
    }

    /// Turns over what was sought, wherever it stands in a row.
    private func markFound(y: Int, from start: Int, to end: Int, on canvas: inout Canvas) {
        // As it stands on the screen, where a wide letter has two columns.
        let sought = displayScalars(shown(state.story.search.words).lowercased())
        guard !sought.isEmpty, end - start >= sought.count else { return }
        var x = start
        while x + sought.count <= end {
            let fits = sought.indices.allSatisfy {
                let glyph = canvas.buffer[x + $0, y].glyph
                return glyph == sought[$0] || glyph.properties.lowercaseMapping.unicodeScalars.first == sought[$0]
            }
            if fits {
                canvas.buffer.restyle(Rect(x: x, y: y, width: sought.count, height: 1)) { $0.adding(.reverse) }
                x += sought.count
            } else {
                x += 1
            }
        }
    }
}
