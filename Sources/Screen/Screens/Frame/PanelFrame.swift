import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The one frame with its shared rulings, the panels' titles and read-outs in them, and the numbers of axes in the border.
struct PanelFrame: SceneView {
    let scene: Scene
    let screen: any PanelScreen.Type

    func draw(on canvas: inout Canvas) {
        guard !layout.frame.isEmpty else { return }
        var frame = Frame(bounds: layout.frame, style: palette[.frame])
        let bottom = layout.frame.endY - 1
        for type in scene.panels {
            guard let rect = layout.panelRects[type.id], rect.height > 0 else { continue }
            let panel = type.init(scene: scene)
            frame.headings.append(heading(of: panel, rect))
            if let ticks = panel.ticks(below: rect) { frame.axes.append(ticks) }
        }
        frame.headings += screen.headings(scene)
        for heading in frame.headings where heading.y > layout.frame.y {
            frame.rulings.append(.horizontal(y: heading.y, from: heading.from, through: heading.through))
        }
        if let x = layout.dividerX {
            frame.rulings.append(.vertical(x: x, from: layout.dividerTop ?? layout.frame.y, through: bottom))
        }
        if let rows = StepAxisRows(scene: scene) { frame.axes.append(rows.ticks) }
        frame.draw(into: &canvas.buffer, glyphs: glyphs)
        drawReceipt(between: frame.headings, on: &canvas)
    }

    private func heading<Shown: Panel>(of panel: Shown, _ rect: Rect) -> Frame.Heading {
        let isFocused = state.view.focus == Shown.id && state.overlay.shown == nil
        let note = panel.note
        let insets = panel.insets
        var heading = Frame.Heading(
            y: rect.y, from: rect.x - 1, through: rect.endX, title: shown(panel.title), titleStyle: palette[.title],
            focus: isFocused ? palette[.focusFrame] : nil, note: look.runs(note), leftInset: insets.left,
            rightInset: insets.right)
        var groups = panel.readOuts
        let noteWidth = width(of: note)
        let taken =
            heading.leftInset + displayWidth(heading.title) + (isFocused ? 4 : 2)
            + (noteWidth > 0 ? noteWidth + 3 : 0) + 2 + heading.rightInset
        let gap = String(repeating: " ", count: insets.gap ?? (layout.width >= .full ? 3 : 2))
        func joined() -> [Span] { Array(groups.joined(separator: [.dim(gap)])) }
        while !groups.isEmpty, width(of: joined()) + taken > rect.width { groups.removeLast() }
        heading.readOuts = look.runs(joined())
        return heading
    }

    /// With one pane the last receipt stands in the loss panel's lower border.
    private func drawReceipt(between headings: [Frame.Heading], on canvas: inout Canvas) {
        guard layout.width < .compact, layout.panelRects[.log] == nil, let loss = layout.panelRects[.loss],
            let index = run.events.lastIndex(where: { if case .receipt = $0.content { true } else { false } })
        else { return }
        let words = run.words(at: index)
        let spans = [
            Span(" " + Figure.count(words.step) + " ", .dimText),
            Span(words.who + " ", ColorRole(author: words.who)),
            Span(
                words.short + " ",
                words.isTrouble ? .bad : state.notices.isReceiptBright(at: state.clock.now) ? .brightText : .text),
        ]
        guard let heading = headings.first(where: { $0.y == loss.endY }) else { return }
        let gap = heading.longestGap
        guard gap.count >= width(of: spans) + 2 else { return }
        canvas.write(spans, x: gap.lowerBound + 1, y: heading.y)
    }
}
