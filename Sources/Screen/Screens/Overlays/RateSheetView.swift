import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The sheet that sets the rate, beside the chart that shows what it would do.
struct RateSheetView: SceneView {
    let scene: Scene
    let sheet: Overlay.RateSheet

    private static let usualWidth = 62

    func draw(on canvas: inout Canvas) {
        let (width, left, top) = place
        let lines = self.lines(width: width)
        let rect = canvas.box("learning rate", width: width, rows: lines.count, top: top, left: left)
        canvas.write(lines, in: rect)
        canvas.drawField(sheet.field, prompt: "rate = ", x: rect.x, y: rect.y + fieldRow(width), limit: rect.width)
    }

    /// Columns of the inside, and the box's corner; nil for the middle.
    ///
    /// Where the middle would cover the chart of the rate, the box stands right of it, else above or below it.
    private var place: (width: Int, left: Int?, top: Int?) {
        let width = min(Self.usualWidth, size.width - 6)
        guard let chart = layout.plotRects[.schedule] ?? layout.plotRects[.learningRate] else {
            return (width, nil, nil)
        }
        let rows = lines(width: width).count + 2
        let columns = min(size.width, width + 4)
        func clears(_ top: Int, _ left: Int, _ columns: Int, _ rows: Int) -> Bool {
            Rect(x: left, y: top, width: columns, height: rows).intersection(chart).isEmpty
        }
        if clears(max(0, (size.height - rows) / 2), (size.width - columns) / 2, columns, rows) {
            return (width, nil, nil)
        }
        if let divider = layout.dividerX, size.width - divider - 1 >= 28 {
            return (size.width - divider - 5, divider + 1, layout.frame.y + 1)
        }
        let tops = [layout.frame.y, max(0, size.height - 1 - rows)]
        return (width, nil, tops.first { clears($0, (size.width - columns) / 2, columns, rows) } ?? tops[1])
    }

    /// The row of what is typed.
    private func fieldRow(_ width: Int) -> Int { wrapped(nowSpans, to: width).count + (isTight ? 0 : 1) }

    /// Whether there is no room for blank rows.
    private var isTight: Bool { size.height < 16 }

    private func lines(width: Int) -> [[Span]] {
        let draft = RateDraft(sheet, status: live.status, description: live.description)
        var does: [Span] = [.dim("a number, *0.5 or /3")]
        if let error = sheet.error ?? draft.error {
            does = [Span("▲ " + error, .warn)]
        } else if draft.command != nil {
            does = [Span(draft.words(state.person.keys), .you)]
        }
        let gap: [[Span]] = isTight ? [] : [[]]
        return wrapped(nowSpans, to: width) + gap + [[]] + wrapped(does, to: width) + gap + modeLines(width)
            + [[Span("Enter", .key), .dim(" apply   "), Span("Esc", .key), .dim(" drop")]]
    }

    private var nowSpans: [Span] {
        let status = live.status
        let plan = Figure.plain(live.description.schedule.rate(at: status.position.step))
        let now: [Span] = [.dim("now "), Span(Figure.plain(status.learningRate), .rate)]
        switch status.control.multiplier {
        case nil: return now + [.dim(", held; the plan says \(plan)")]
        case 1: return now + [.dim(", as planned")]
        case let multiplier?: return now + [.dim(", the plan's \(plan) \(Figure.factor(multiplier))")]
        }
    }

    /// Which of the two it does.
    private func modeLines(_ width: Int) -> [[Span]] {
        func choice(_ words: String, isChosen: Bool) -> [Span] {
            [Span(isChosen ? "●" : "○", isChosen ? .you : .dimText), Span(" " + words, isChosen ? .text : .dimText)]
        }
        let (rescale, hold) = (
            choice("rescale the plan", isChosen: !sheet.holds), choice("hold the value", isChosen: sheet.holds)
        )
        let tab: [Span] = [Span("tab", .key), .dim(" changes")]
        let one = rescale + [Span("   ")] + hold + [Span("   ")] + tab
        return self.width(of: one) <= width ? [one] : [rescale, hold, tab]
    }

    /// Spans of which the last may be wrapped.
    private func wrapped(_ spans: [Span], to width: Int) -> [[Span]] {
        guard self.width(of: spans) > width, let last = spans.last else { return [spans] }
        let before = Array(spans.dropLast())
        let taken = self.width(of: before)
        var lines: [[Span]] = []
        for (index, line) in HelpPage.wrapped(last.text, to: max(8, width - (lines.isEmpty ? taken : 0))).enumerated() {
            let text = last.text.first == " " && index == 0 ? " " + line : line
            lines.append(index == 0 ? before + [Span(text, last.role)] : [Span(line, last.role)])
        }
        return lines
    }
}
