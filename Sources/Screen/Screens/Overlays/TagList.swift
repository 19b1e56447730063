import Cells
import Charts
import Dashboard
import Runs
import Themes

/// The series that a recorded run is read from, each with its newest value and what charts show it as.
struct TagList: SceneView {
    let scene: Scene
    let chooser: Form.TagChooser

    /// Columns of a figure, and of what a series is shown as.
    private static let figure = 10
    private static let use = 20

    func draw(on canvas: inout Canvas) {
        let all = live.description.tags ?? []
        let listed = chooser.listed(of: all)
        let rows = max(1, min(max(1, listed.count), size.height - 11))
        let rect = canvas.box("tags", width: min(76, size.width - 6), rows: rows + 4)
        canvas.write([Self.choice(chooser.use)], in: rect)
        canvas.drawField(chooser.field, prompt: "/ ", x: rect.x, y: rect.y + 1, limit: rect.width)
        let place = listed.firstIndex { $0.name == chooser.selected } ?? 0
        let first = min(max(0, place - rows / 2), max(0, listed.count - rows))
        let nameWidth = max(8, rect.width - 2 - Self.figure - Self.use)
        for (row, tag) in listed.dropFirst(first).prefix(max(0, rect.height - 4)).enumerated() {
            let isSelected = tag.name == chooser.selected
            let y = rect.y + 2 + row
            canvas.write(
                [
                    Span(
                        (isSelected ? "▸ " : "  ") + clip(tag.name, to: nameWidth).leftAligned(in: nameWidth),
                        isSelected ? .brightText : .text),
                    Span(Figure.plain(tag.last ?? .nan).rightAligned(in: Self.figure - 1) + " "),
                    Span(tag.use?.words ?? "", .best),
                ], x: rect.x, y: y, limit: rect.width)
            guard isSelected else { continue }
            canvas.buffer.restyle(Rect(x: rect.x, y: y, width: rect.width, height: 1)) { _ in
                palette[.selection].adding(palette.depth == .mono ? [] : .bold)
            }
        }
        if listed.isEmpty { canvas.write("no such tag", x: rect.x, y: rect.y + 2, .dimText, limit: rect.width) }
        if let error = chooser.error {
            canvas.write("▲ " + error, x: rect.x, y: rect.endY - 2, .warn, limit: rect.width)
        } else if listed.count > rows {
            canvas.write("\(listed.count) in all", x: rect.x, y: rect.endY - 2, .dimText, limit: rect.width)
        }
        canvas.write(
            [
                Span("Enter", .key), .dim(" take it as the \(chooser.use.words)   "), Span("tab", .key),
                .dim(" as what   "),
                Span("Esc", .key), .dim(" back"),
            ], x: rect.x, y: rect.endY - 1, limit: rect.width)
    }

    private static func choice(_ chosen: TagUse) -> [Span] {
        TagUse.allCases.flatMap { use in
            [
                Span(use == chosen ? "●" : "○", use == chosen ? .you : .dimText),
                Span(" \(use.words)   ", use == chosen ? .text : .dimText),
            ]
        }
    }
}
