import Cells
import Charts
import Dashboard
import Runs
import Themes

extension PanelID {
    /// The rate screen's list of changes.
    package static let rateChanges = PanelID("rateChanges", .rows(.own { $0.story.rateChanges.count }))
}

/// Who changed the rate, when, and from what to what; the newest below.
struct RateChangesPanel: Panel {
    static let id = PanelID.rateChanges

    let scene: Scene

    static func table(of state: DashboardState) -> PanelTable {
        var table = PanelTable("step", "who", "old", "new", "what")
        for change in state.run.history.story.rateChanges {
            table.add([
                String(change.position.step), EventWords.who(change.author),
                PanelTable.number(state.run.history.rate(before: change)),
                PanelTable.number(change.new), change.label,
            ])
        }
        return table
    }

    var title: String { "changes" }
    var readOuts: [[Span]] { scroll > 0 ? [[.dim("\(scroll) newer below")]] : [] }

    /// Rows scrolled up from the end.
    private var scroll: Int { state.view.scrolls[.rateChanges] ?? 0 }

    func draw(in panel: Rect, on canvas: inout Canvas) {
        let changes = run.story.rateChanges
        let rows = panel.height - 1
        guard !changes.isEmpty else {
            canvas.write("as planned so far", x: panel.x + 1, y: panel.y + 1, .dimText, limit: panel.width - 2)
            return
        }
        let end = max(min(rows, changes.count), changes.count - scroll)
        let total = run.description.lengths.totalSteps
        for (row, change) in changes[max(0, end - rows)..<end].enumerated() {
            let y = panel.y + 1 + row
            let limit = panel.endX - 1
            var x = canvas.write(
                FigureField.steps(change.position.step, asWideAs: total) + " ", x: panel.x + 1, y: y, .dimText,
                limit: panel.width - 2)
            let who = EventWords.who(change.author)
            x = canvas.write(who.leftAligned(in: 4) + " ", x: x, y: y, ColorRole(author: who), limit: limit - x)
            x = canvas.write(
                FigureField.figure(run.rate(before: change)) + " → ", x: x, y: y, .dimText, limit: limit - x)
            x = canvas.write(Figure.plain(change.new).leftAligned(in: 6), x: x, y: y, limit: limit - x)
            // What the label says beyond author and rates: the factor, or a new plan.
            let label = change.label.hasPrefix(who + " ") ? String(change.label.dropFirst(who.count + 1)) : change.label
            guard label != Figure.plain(change.new), limit - x >= displayWidth(shown(label)) + 1 else { continue }
            canvas.write(" " + label, x: x, y: y, .dimText, limit: limit - x)
        }
    }
}
